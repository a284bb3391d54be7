import { basename, join, resolve } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { isHistory, mayHoldLists, withLists } from './find-lists.ts';
import { historyOnly } from './json-format.ts';
import { mostFiles } from './limits.ts';
import { isRegularFile, kindOfPath, listFolder, openInputFile } from './read-file.ts';
import { readListFiles } from './read-lists.ts';
import type { Source } from './source.ts';

/** A folder of CSVs and other lists, or an unpacked account export or Takeout, whose files may be some folders deeper. */
export const folder: Source = {
  kind: 'a folder of playlist files, or an account export',
  accepts: async (input) => (await kindOfPath(input)) === 'folder',
  async read(input, options) {
    const label = basename(resolve(input));
    const found = await filesIn(input);
    const paths = found.filter((path) => mayHoldLists(basename(path)));
    if (paths.length > mostFiles) {
      throw new HarmoniError('source-too-large', `${label} has more than ${mostFiles} playlist files.`, {
        fix: 'Choose single files, or a folder with fewer.',
      });
    }
    const files = await withLists(await Promise.all(paths.map(openInputFile)), options.signal);
    if (files.length === 0) {
      if (found.some((path) => isHistory(basename(path)))) throw historyOnly(label);
      throw new HarmoniError(
        'source-empty',
        `The folder ${label} contains no playlist files and no account export.`,
      );
    }
    return readListFiles(files, label, options);
  },
};

const byName = new Intl.Collator('en', { numeric: true });
/** Spotify calls the folder in its archive "Spotify Account Data" or "MyData"; Takeout's are within each other. */
const exportFolder = /spotify|my.?data|takeout|youtube|^playlists$|music[- (]+library/i;
const deepest = 4;

async function filesIn(path: string, depth = 0): Promise<readonly string[]> {
  const entries = [...(await listFolder(path))].sort((a, b) => byName.compare(a.name, b.name));
  const files: string[] = [];
  for (const { name } of entries) {
    const file = join(path, name);
    // A FIFO would be waited for.
    if (await isRegularFile(file)) files.push(file);
  }
  const folders = entries.filter((entry) => entry.isDirectory() && exportFolder.test(entry.name));
  for (const { name } of depth < deepest ? folders : []) {
    files.push(...(await filesIn(join(path, name), depth + 1)));
  }
  return files;
}
