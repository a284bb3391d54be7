import { HarmoniError } from '../errors.ts';
import { decodeText, withLineFeeds } from './decode-text.ts';
import { fileFormats } from './file-formats.ts';
import type { InputFile } from './read-file.ts';
import { isSongLine } from './song-line.ts';

const lists = /\.(?:csv|tsv|m3u8?|spotdl)$/i;
const accountJson = /^(?:YourLibrary|Playlist|playlists)[\w ()-]*\.json$/i;
const history = /^(?:StreamingHistory|Streaming_History|endsong).*\.json$/i;
/** Files that may be anything: what they begin with tells. */
const texts = /\.(?:txt|xml)$/i;

/** Whether a file of this name, found in a folder or an archive, may hold lists. */
export function mayHoldLists(name: string): boolean {
  // macOS puts a "._" file of its own beside each file in an archive.
  return !name.startsWith('.') && (lists.test(name) || accountJson.test(name) || texts.test(name));
}

export function isHistory(name: string): boolean {
  return history.test(name);
}

/** Those of the files that hold lists, as far as their names and beginnings tell. */
export async function withLists(
  files: readonly InputFile[],
  signal: AbortSignal,
): Promise<readonly InputFile[]> {
  const found: InputFile[] = [];
  for (const file of files) {
    if (!texts.test(file.name) || isListText(await headOf(file, signal))) found.push(file);
  }
  return found;
}

async function headOf(file: InputFile, signal: AbortSignal): Promise<string> {
  try {
    for await (const head of withLineFeeds(decodeText(file.open(signal), file.name))) return head;
  } catch (error) {
    if (!(error instanceof HarmoniError)) throw error;
  }
  return '';
}

/** A list of songs, and not a readme: most of its lines are "Artist - Title" or links. Pure. */
function isListText(head: string): boolean {
  if (fileFormats.some((format) => format.begins(head))) return true;
  const lines = head
    .slice(0, 4096)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(0, 30);
  return lines.filter(isSongLine).length > lines.length * 0.6;
}

/** Google Takeout has tables of other things beside those of playlists: comments, subscriptions, channels. */
export function isOfTakeout({ path, inside = '' }: Pick<InputFile, 'path' | 'inside'>): boolean {
  return /(?:^|[\\/])(?:Takeout|YouTube[^\\/]*)[\\/]/i.test(`${path}/${inside}`);
}
