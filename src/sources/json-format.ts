import { HarmoniError } from '../errors.ts';
import { addLines } from './add-lines.ts';
import { collectRows } from './collect-rows.ts';
import { type FileFormat, wholeText } from './file-format.ts';
import { readJson } from './json-lists.ts';
import { withoutNumbers } from './numbering.ts';
import { readSongLine } from './song-line.ts';

/** A track list, a save file of spotDL, or a file of Spotify's account export; what it is, its content tells. */
export const jsonFormat: FileFormat = {
  title: 'JSON',
  names: /\.(?:json|spotdl)$/i,
  begins: (head) => /^\s*(?:\[\s*["{[\]]|\{\s*["}])/.test(head),
  async read(input) {
    const { fileName, name } = input;
    const content = readJson(fileName, name, parseJson(await wholeText(input), fileName));
    if (content.kind === 'history') throw historyOnly(fileName);
    if (content.kind === 'unknown') {
      throw new HarmoniError('source-empty', `${fileName} doesn't contain a song list that HARMONI knows.`, {
        fix: 'Use {"tracks": [{"artist", "track"}]}, or YourLibrary.json or Playlist1.json from the account export.',
      });
    }
    if (content.kind === 'lists') return content.lists;
    const collector = collectRows(fileName, name);
    await addLines(collector, withoutNumbers(content.lines).map(readSongLine), input);
    return collector.lists();
  },
};

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${fileName} isn't valid JSON. It may be damaged or cut off.`;
    throw new HarmoniError('source-broken', message, { cause });
  }
}

/** What was listened to is no list of what is liked: nobody wants all of it. */
export function historyOnly(name: string): HarmoniError {
  return new HarmoniError('source-empty', `${name} is your listening history, not a list to download.`, {
    fix: 'Request "Account data" on Spotify\'s privacy page. It contains YourLibrary.json and Playlist1.json.',
  });
}
