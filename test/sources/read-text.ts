import { readText } from '../../src/sources/read-lists.ts';
import type { ReadOptions } from '../../src/sources/source.ts';
import type { Track, TrackList } from '../../src/tracks/track.ts';

/** The lists in a text or in bytes, as a file of this name would be read. */
export async function listsOf(
  name: string,
  content: string | Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly TrackList[]> {
  async function* open() {
    yield Buffer.from(content);
  }
  return readText({ name, path: '', open }, { signal: new AbortController().signal, ...options });
}

/** The one list in it. */
export async function listOf(...given: Parameters<typeof listsOf>): Promise<TrackList> {
  const [list, second] = await listsOf(...given);
  if (list === undefined || second !== undefined) throw new Error('There is not one list.');
  return list;
}

/** As Apple's programs and Excel's "Unicode text" write it. */
export function utf16(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, 'utf16le');
}

export const nameOf = ({ artist, track }: Track): string => `${artist} | ${track}`;
