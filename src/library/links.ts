import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { atOnce } from '../system/at-once.ts';
import type { LibrarySong } from './songs.ts';

const lookedAtOnce = 8;

/** Which of some paths are symbolic links. */
export async function linksAmong(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await atOnce(paths, lookedAtOnce, (path) =>
    lstat(path).then(
      (file) => file.isSymbolicLink(),
      () => false,
    ),
  );
  return new Set(paths.filter((_path, at) => found[at] === true));
}

/** The files that symbolic links of the library lead to: without them the links lead nowhere. */
export async function linkedTo(all: readonly Pick<LibrarySong, 'file'>[]): Promise<ReadonlySet<string>> {
  const byFile = Map.groupBy(
    all.filter(({ file }) => file.inode !== undefined),
    ({ file }) => `${file.sizeBytes} ${file.inode ?? ''}`,
  );
  const shared = [...byFile.values()].filter(({ length }) => length > 1);
  const links = await linksAmong(shared.flat().map(({ file }) => file.path));
  return new Set(
    shared
      .filter((names) => names.some(({ file }) => links.has(file.path)))
      .flatMap((names) => names.map(({ file }) => file.path))
      .filter((path) => !links.has(path)),
  );
}

/** All playlist files of a library, HARMONI's and the user's own, in whatever folder. */
export async function playlistsBelow(library: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await visit(path);
      else if (/\.m3u8?$/i.test(entry.name)) found.push(path);
    }
  };
  await visit(library);
  return found;
}
