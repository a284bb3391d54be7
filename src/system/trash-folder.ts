import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isBelow, isOwnFolder, listNames } from './files.ts';
import { asTrashError } from './trash.ts';

const dayMs = 24 * 3_600_000;

/** A file in a trash folder. */
export interface Trashed {
  readonly path: string;
  /** "2026-11-21" */
  readonly day: string;
  /** Below the library, with the number that the trash may have given it. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Hard links of one file have one. */
  readonly inode: string;
}

/**
 * The folders that HARMONI makes in a trash folder; what is called otherwise isn't its own, nor what a link leads to. The
 * trash itself may be a link of the user's, through which files were put there.
 */
export async function daysIn(trash: string): Promise<readonly string[]> {
  const names = (await listNames(trash)).filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name));
  const own = await Promise.all(names.map((name) => isOwnFolder(join(trash, name))));
  return names.filter((_name, index) => own[index] === true).toSorted();
}

/** Everything in a trash folder, or in some days of it, the newest day first. Links aren't followed, and are none of it. */
export async function listTrash(trash: string, days?: readonly string[]): Promise<readonly Trashed[]> {
  const found: Trashed[] = [];
  for (const day of (days ?? (await daysIn(trash))).toReversed()) {
    const root = join(trash, day);
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.toSorted()) {
      const facts = await lstat(path).catch(() => undefined);
      if (facts === undefined) continue;
      found.push({
        path,
        day,
        name: path.slice(root.length + 1),
        sizeBytes: facts.size,
        inode: String(facts.ino),
      });
    }
  }
  return found;
}

/** How much room the files take. Pure. */
export function sizeOf(files: readonly Trashed[]): number {
  const each = new Map(files.map(({ inode, sizeBytes }) => [inode, sizeBytes]));
  return [...each.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** HARMONI had no trash before. A clock that says an earlier day is wrong, and so it isn't known how old that day is. */
const firstDay = '2026-01-01';

/** The days that are old enough to go: those that ended `keptDays` ago. Pure. */
export function daysToEmpty(days: readonly string[], keptDays: number, nowMs: number): readonly string[] {
  return days.filter((day) => day >= firstDay && Date.parse(day) + (keptDays + 1) * dayMs <= nowMs);
}

/**
 * Deletes these files of a trash folder, as far as they're still the same, and the folders that are empty then. Whatever
 * else lies there stays: the user may have put it there, or another HARMONI just now.
 * @throws HarmoniError output-not-writable
 */
export async function emptyTrash(trash: string, files: readonly Trashed[]): Promise<void> {
  for (const { path, inode } of files) {
    try {
      if (String((await lstat(path).catch(() => undefined))?.ino) === inode) await rm(path, { force: true });
    } catch (error) {
      throw asTrashError(error, path);
    }
    await removeEmptyFolders(dirname(path), dirname(dirname(trash)));
  }
}

/** Removes a folder that was left empty, and those above it that are then, up to `root`. */
export async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  if (!isBelow(folder, root)) return;
  const isGone = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (isGone) await removeEmptyFolders(dirname(folder), root);
}
