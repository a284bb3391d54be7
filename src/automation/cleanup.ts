import { lstat, readdir, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { isOrphanedCover } from '../downloads/album-cover.ts';
import { readOwnLyrics } from '../downloads/lyrics-file.ts';
import { isShared } from '../downloads/sidecars.ts';
import { deadWorkFolders } from '../downloads/work-folder.ts';
import type { Store } from '../history/store.ts';
import type { Clock } from '../system/clock.ts';
import { isBelow, isOwnFolder, listNames } from '../system/files.ts';
import { removeEmptyFolders } from '../system/trash-folder.ts';
import { backupPart } from './backup/manifest.ts';
import { backupsIn } from './backup/places.ts';

export interface CleanupParts {
  readonly store: Pick<Store, 'journal' | 'searches' | 'instance'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly config: { readonly output_dir: string };
  readonly paths: { readonly data: string; readonly config: string };
}

export const leftoverKinds = ['work', 'temporary', 'lyrics', 'covers', 'empty', 'searches'] as const;
export type LeftoverKind = (typeof leftoverKinds)[number];

/** What HARMONI made and doesn't need anymore, of one kind. */
export interface Leftovers {
  readonly kind: LeftoverKind;
  /** Files and folders, absolute; none for what is in the store. */
  readonly paths: readonly string[];
  readonly many: number;
  readonly sizeBytes: number;
}

/** What HARMONI writes beside a file before it has its name. */
const temporaryName = /^\.harmoni-(?:[0-9a-f]{12}|restore)\.tmp$/;
/** Another HARMONI may be writing what is newer. */
const leastAgeMs = 3_600_000;

/**
 * Finds work folders of HARMONIs that are gone, temporary files with names of HARMONI's, lyrics and covers whose songs are
 * gone, folders that it emptied, and search answers that are too old. Only what has something to remove.
 */
export async function findLeftovers(parts: CleanupParts): Promise<readonly Leftovers[]> {
  const { store, config } = parts;
  const searches = store.searches.old();
  const found: readonly Leftovers[] = [
    await measured('work', await deadWorkFolders(config.output_dir, store.instance)),
    await measured('temporary', await temporaries(parts)),
    await measured('lyrics', await orphanedLyrics(parts)),
    await measured('covers', await orphanedCovers(parts)),
    await measured('empty', await emptiedFolders(parts)),
    { kind: 'searches', paths: [], many: searches.many, sizeBytes: searches.bytes },
  ];
  return found.filter(({ many }) => many > 0);
}

/** Removes what was found, as far as it is still what it was. Returns what is gone; what can't be removed stays. */
export async function removeLeftovers(
  parts: CleanupParts,
  found: readonly Leftovers[],
): Promise<readonly Leftovers[]> {
  const now = await findLeftovers(parts);
  const removed: Leftovers[] = [];
  for (const { kind, paths, many, sizeBytes } of found) {
    if (kind === 'searches') {
      parts.store.searches.forgetOld();
      removed.push({ kind, paths, many, sizeBytes });
      continue;
    }
    const still = new Set(now.find((one) => one.kind === kind)?.paths);
    const gone: string[] = [];
    let bytes = 0;
    for (const path of paths.filter((one) => still.has(one))) {
      const size = await sizeBelow(path);
      if (!(await remove(kind, path, parts.config.output_dir))) continue;
      gone.push(path);
      bytes += size;
    }
    removed.push({ kind, paths: gone, many: gone.length, sizeBytes: bytes });
  }
  return removed;
}

async function remove(kind: LeftoverKind, path: string, library: string): Promise<boolean> {
  if (kind === 'empty') {
    await removeEmptyFolders(path, library);
    return !(await isOwnFolder(path));
  }
  return rm(path, { recursive: true, force: true }).then(
    () => true,
    () => false,
  );
}

async function measured(kind: LeftoverKind, paths: readonly string[]): Promise<Leftovers> {
  let sizeBytes = 0;
  for (const path of paths) sizeBytes += await sizeBelow(path);
  return { kind, paths, many: paths.length, sizeBytes };
}

async function sizeBelow(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || !found.isDirectory()) return found?.size ?? 0;
  let bytes = 0;
  for (const name of await listNames(path)) bytes += await sizeBelow(join(path, name));
  return bytes;
}

async function temporaries({ config, paths, clock }: CleanupParts): Promise<readonly string[]> {
  const below = await readdir(config.output_dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const beside = await Promise.all(
    [paths.data, dirname(paths.config)].map((folder) =>
      readdir(folder, { withFileTypes: true }).catch(() => []),
    ),
  );
  const files = [...below, ...beside.flat()]
    .filter((entry) => entry.isFile() && temporaryName.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const backups = backupsIn(paths.data);
  const parts = (await listNames(backups)).filter((name) => backupPart.test(name));
  const old: string[] = [];
  for (const path of new Set([...files, ...parts.map((name) => join(backups, name))])) {
    const found = await lstat(path).catch(() => undefined);
    if (found !== undefined && clock.now() - found.mtimeMs > leastAgeMs) old.push(path);
  }
  return old.toSorted();
}

/** What HARMONI wrote beside songs that somebody moved, renamed or deleted, or that were never finished. */
async function orphanedLyrics({ store, config }: CleanupParts): Promise<readonly string[]> {
  const orphans: string[] = [];
  for (const path of store.journal.pathsIn(config.output_dir)) {
    if (extname(path) !== '.lrc' || (await isShared(path))) continue;
    if ((await readOwnLyrics(path)) !== undefined) orphans.push(path);
  }
  return orphans.toSorted();
}

/** Covers in folders that have no song anymore. */
async function orphanedCovers({ store, config }: CleanupParts): Promise<readonly string[]> {
  const orphans: string[] = [];
  for (const path of store.journal.pathsIn(config.output_dir))
    if (await isOrphanedCover(path)) orphans.push(path);
  return orphans.toSorted();
}

/** Folders in which HARMONI changed something, and that are empty now. */
async function emptiedFolders({ store, config }: CleanupParts): Promise<readonly string[]> {
  const library = config.output_dir;
  const folders = new Set(store.journal.pathsIn(library).map((path) => dirname(path)));
  const empty: string[] = [];
  for (const folder of folders) {
    if (!isBelow(folder, library) || !(await isOwnFolder(folder))) continue;
    if ((await readdir(folder).catch(() => ['?'])).length === 0) empty.push(folder);
  }
  return empty.toSorted();
}
