import { createHash } from 'node:crypto';
import { HarmoniError } from '../errors.ts';
import type { TrackList } from '../tracks/track.ts';
import { cleanText } from './clean-text.ts';
import { readCsvList } from './csv-list.ts';
import { emptyList } from './empty-list.ts';
import { readJson } from './json-lists.ts';
import { type InputFile, readJsonFile, refuseLarge } from './read-file.ts';

const csv = /\.csv$/i;
const accountJson = /^(?:YourLibrary|Playlist|playlists)[\w ()-]*\.json$/i;
const history = /^(?:StreamingHistory|Streaming_History|endsong).*\.json$/i;

/** Whether a file of this name, found in a folder or an archive, holds lists. */
export function holdsLists(name: string): boolean {
  // macOS puts a "._" file of its own beside each file in an archive.
  return !name.startsWith('.') && (csv.test(name) || accountJson.test(name));
}

export function isHistory(name: string): boolean {
  return history.test(name);
}

/**
 * The lists in one file, by what it is. What list one is, its file's place and its own name say.
 * @throws HarmoniError
 */
export async function readListFile(file: InputFile, signal: AbortSignal): Promise<readonly TrackList[]> {
  const timesNamed = new Map<string, number>();
  return (await listsIn(file, signal)).map((list) => {
    const times = (timesNamed.get(list.name) ?? 0) + 1;
    timesNamed.set(list.name, times);
    // A CSV is one list, whatever it calls itself.
    const own = csv.test(file.name) ? [] : [list.name, String(times)];
    const place = [file.path, file.inside ?? '', ...own].join('\0');
    const origin = `file:${createHash('sha256').update(place).digest('hex').slice(0, 24)}`;
    return { ...list, origin, sourceFile: file.path };
  });
}

async function listsIn(file: InputFile, signal: AbortSignal): Promise<readonly TrackList[]> {
  if (csv.test(file.name)) {
    refuseLarge(file);
    const bytes = file.open(signal);
    return [await readCsvList({ name: listName(file.name), fileName: file.name, bytes, signal })];
  }
  const content = readJson(file.name, await readJsonFile(file, signal));
  if (content.kind === 'history') throw historyOnly(file.name);
  if (content.kind === 'unknown') {
    throw new HarmoniError('source-empty', `${file.name} doesn't contain a song list that HARMONI knows.`, {
      fix: 'Use {"tracks": [{"artist", "track"}]}, or YourLibrary.json or Playlist1.json from the account export.',
    });
  }
  return content.lists;
}

function listName(fileName: string): string {
  return cleanText(fileName.replace(csv, '')) || 'Playlist';
}

/** What was listened to is no list of what is liked: nobody wants all of it. */
export function historyOnly(name: string): HarmoniError {
  return new HarmoniError('source-empty', `${name} is your listening history, not a list to download.`, {
    fix: 'Request "Account data" on Spotify\'s privacy page. It contains YourLibrary.json and Playlist1.json.',
  });
}

/**
 * The lists in many files. One that cannot be read costs only itself: it is an empty list whose row 0 says why.
 * @throws HarmoniError when no file has a song
 */
export async function readListFiles(
  files: readonly InputFile[],
  label: string,
  signal: AbortSignal,
): Promise<readonly TrackList[]> {
  const lists: TrackList[] = [];
  const failures: HarmoniError[] = [];
  for (const file of files) {
    try {
      lists.push(...(await readListFile(file, signal)));
    } catch (error) {
      if (!(error instanceof HarmoniError)) throw error;
      failures.push(error);
      const skipped = [{ row: 0, reason: error.message, text: file.name }];
      lists.push({ name: listName(file.name), tracks: [], skipped, folder: 'own' });
    }
  }
  if (lists.some(({ tracks }) => tracks.length > 0)) return lists;
  const [first, second] = failures;
  if (first !== undefined && (second === undefined || failures.length === files.length)) throw first;
  throw emptyList(
    label,
    lists.flatMap(({ skipped }) => skipped),
  );
}
