import { readdir, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isOwnFolder, listNames } from '../../system/files.ts';
import { manifestName, storeName, type Manifest } from './manifest.ts';
import { openBackup } from './read.ts';
import { backupsToRemove } from './rotation.ts';

/**
 * Removes old backups. Only whole ones with nothing else in them: the rest is the user's to look at. What can't be removed
 * stays, and what another HARMONI removes at the same time is gone. Returns the names of those that this one removed.
 * @param most 0 keeps all
 * @param made the backup that was just made
 */
export async function makeRoom(folder: string, most: number, made: string): Promise<readonly string[]> {
  const whole: string[] = [];
  for (const name of await listNames(folder)) {
    const path = join(folder, name);
    if (!(await isOwnFolder(path))) continue;
    const { manifest } = await openBackup(path, 'manifest');
    if (manifest !== undefined && (await hasOnly(path, manifest))) whole.push(name);
  }
  const removed: string[] = [];
  for (const name of backupsToRemove(whole, most)) {
    if (name === made) continue;
    // In one step, so that a kill leaves no half of one.
    const going = join(folder, `.${name}.part`);
    try {
      await rename(join(folder, name), going);
      removed.push(name);
      await rm(going, { recursive: true, force: true });
    } catch {
      // The new backup is whole, whatever becomes of the old ones.
    }
  }
  return removed;
}

/** Whether a backup holds nothing but what HARMONI saved there. */
async function hasOnly(path: string, { files }: Manifest): Promise<boolean> {
  const known = new Set([manifestName, `${storeName}-wal`, ...files.map((file) => file.path)]);
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return false;
  return entries.every(
    (entry) =>
      entry.isDirectory() ||
      (entry.isFile() && known.has(relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'))),
  );
}
