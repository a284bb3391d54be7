import { openInputFile } from './read-file.ts';
import { readListFile } from './read-lists.ts';
import type { Source } from './source.ts';

/** One playlist that was exported with Exportify. The list has the file's name. */
export const csvFile: Source = {
  kind: 'an Exportify CSV',
  accepts: (input) => /\.csv$/i.test(input),
  read: async (input, { signal }) => readListFile(await openInputFile(input), signal),
};
