import type { Dirent } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { mostFiles } from './limits.ts';
import { kindOfPath, listFolder, openInputFile } from './read-file.ts';
import { historyOnly, holdsLists, isHistory, readListFiles } from './read-lists.ts';
import type { Source } from './source.ts';

/** A folder of Exportify CSVs, or the unpacked account export, whose files may be one folder deeper. */
export const folder: Source = {
  kind: 'a folder of Exportify CSVs or an account export',
  accepts: async (input) => (await kindOfPath(input)) === 'folder',
  async read(input, { signal }) {
    const label = basename(resolve(input));
    const found = await filesIn(input);
    const paths = found.filter((path) => holdsLists(basename(path)));
    if (paths.length > mostFiles) {
      throw new HarmoniError('source-too-large', `${label} has more than ${mostFiles} playlist files.`, {
        fix: 'Choose single files, or a folder with fewer.',
      });
    }
    if (paths.length === 0) {
      if (found.some((path) => isHistory(basename(path)))) throw historyOnly(label);
      throw new HarmoniError('source-empty', `The folder ${label} has no .csv file and no account export.`);
    }
    return readListFiles(await Promise.all(paths.map(openInputFile)), label, signal);
  },
};

const byName = new Intl.Collator('en', { numeric: true });
/** Spotify calls the folder in its archive "Spotify Account Data" or "MyData". */
const exportFolder = /spotify|my.?data/i;

/** A FIFO would be waited for. */
const isReadable = (entry: Dirent): boolean => entry.isFile() || entry.isSymbolicLink();

async function filesIn(path: string): Promise<readonly string[]> {
  const entries = [...(await listFolder(path))].sort((a, b) => byName.compare(a.name, b.name));
  const files = entries.filter(isReadable).map(({ name }) => join(path, name));
  const folders = entries.filter((entry) => entry.isDirectory() && exportFolder.test(entry.name));
  for (const { name } of folders) {
    for (const entry of await listFolder(join(path, name))) {
      if (isReadable(entry)) files.push(join(path, name, entry.name));
    }
  }
  return files;
}
