import { emptyList } from './empty-list.ts';
import { openInputFile } from './read-file.ts';
import { readListFile } from './read-lists.ts';
import type { Source } from './source.ts';

/** tracks.json, or a single file of Spotify's account export; what it is, its content tells. */
export const jsonFile: Source = {
  kind: 'a song list (JSON) or a file from the account export',
  accepts: (input) => /\.json$/i.test(input),
  async read(input, { signal }) {
    const file = await openInputFile(input);
    const lists = await readListFile(file, signal);
    if (lists.some(({ tracks }) => tracks.length > 0)) return lists;
    throw emptyList(
      file.name,
      lists.flatMap(({ skipped }) => skipped),
    );
  },
};
