import { extname } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { decodeText, withLineFeeds } from './decode-text.ts';
import { emptyList } from './empty-list.ts';
import { fileFormats, isListName } from './file-formats.ts';
import { isRegularFile, openInputFile } from './read-file.ts';
import { readListFile } from './read-lists.ts';
import type { Source } from './source.ts';

/** A file with lists, of any of the formats in file-formats.ts. A list that its file gives no name has the file's. */
export const listFile: Source = {
  kind: 'a file with a list of songs',
  accepts: async (input) => {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) return false;
    return isListName(input) || (await isListByContent(input));
  },
  async read(input, options) {
    const file = await openInputFile(input);
    const lists = await readListFile(file, options);
    if (lists.some(({ tracks }) => tracks.length > 0)) return lists;
    throw emptyList(
      file.name,
      lists.flatMap(({ skipped }) => skipped),
    );
  },
};

/** A file of another name, or of none: its first line says that it can be nothing else, or it is a text without an extension. */
async function isListByContent(path: string): Promise<boolean> {
  if (!(await isRegularFile(path))) return false;
  try {
    const file = await openInputFile(path);
    const bytes = file.open(new AbortController().signal);
    for await (const head of withLineFeeds(decodeText(bytes, file.name))) {
      return extname(path) === '' || fileFormats.some((format) => format.begins(head));
    }
  } catch (error) {
    if (!(error instanceof HarmoniError)) throw error;
  }
  return false;
}
