import { basename } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { isHistory, mayHoldLists, withLists } from './find-lists.ts';
import { historyOnly } from './json-format.ts';
import { largestArchiveBytes, mostFiles } from './limits.ts';
import { openInputFile } from './read-file.ts';
import { readListFiles } from './read-lists.ts';
import type { Source } from './source.ts';
import { openZip } from './zip-files.ts';

/** An export as it came: Spotify's (my_spotify_data.zip), Google Takeout's, Exportify's "Export All". Nothing is unpacked to disk. */
export const archive: Source = {
  kind: 'an account export or other lists (.zip)',
  accepts: (input) => /\.zip$/i.test(input),
  async read(input, options) {
    const label = basename(input);
    await openInputFile(input);
    using zip = await openZip(input, mostFiles);
    const candidates = zip.files.filter(({ name }) => mayHoldLists(name));
    if (candidates.reduce((sum, file) => sum + file.sizeBytes, 0) > largestArchiveBytes) {
      throw new HarmoniError('source-too-large', `${label} would unpack to more than 256 MiB.`, {
        fix: 'Check where the file comes from. An account export is far smaller.',
      });
    }
    const files = await withLists(candidates, options.signal);
    if (files.length === 0) {
      if (zip.files.some(({ name }) => isHistory(name))) throw historyOnly(label);
      throw new HarmoniError('source-empty', `${label} has no playlists or library in it.`, {
        fix: 'Request "Account data" on Spotify\'s privacy page, or use Export All in Exportify.',
      });
    }
    return await readListFiles(files, label, options);
  },
};
