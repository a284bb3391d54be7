import { basename } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { largestArchiveBytes, mostFiles } from './limits.ts';
import { openInputFile } from './read-file.ts';
import { historyOnly, holdsLists, isHistory, readListFiles } from './read-lists.ts';
import type { Source } from './source.ts';
import { openZip } from './zip-files.ts';

/** Spotify's account export as it came (my_spotify_data.zip), or Exportify's "Export All". Nothing is unpacked to disk. */
export const archive: Source = {
  kind: 'the account export (.zip)',
  accepts: (input) => /\.zip$/i.test(input),
  async read(input, { signal }) {
    const label = basename(input);
    await openInputFile(input);
    using zip = await openZip(input, mostFiles);
    const files = zip.files.filter(({ name }) => holdsLists(name));
    if (files.length === 0) {
      if (zip.files.some(({ name }) => isHistory(name))) throw historyOnly(label);
      throw new HarmoniError('source-empty', `${label} has no playlists or library in it.`, {
        fix: 'Request "Account data" on Spotify\'s privacy page, or use Export All in Exportify.',
      });
    }
    if (files.reduce((sum, file) => sum + file.sizeBytes, 0) > largestArchiveBytes) {
      throw new HarmoniError('source-too-large', `${label} would unpack to more than 256 MiB.`, {
        fix: 'Check where the file comes from. An account export is far smaller.',
      });
    }
    return await readListFiles(files, label, signal);
  },
};
