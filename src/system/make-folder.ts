import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { lstat, mkdir, readlink, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, HarmoniError } from '../errors.ts';
import { asFileError } from './file-errors.ts';

/**
 * Makes a folder and those above it.
 * @throws HarmoniError output-not-writable, which names a file or a dead link that stands in the way; disk-full; ENOENT
 *   where it was there and is gone in the same moment
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(firstMissing(path)).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
    });
    await mkdir(path, { recursive: true });
  } catch (error) {
    const obstacle = await obstacleOf(path);
    if (obstacle === undefined) throw asFileError(error, path);
    throw new HarmoniError('output-not-writable', obstacle, {
      fix: 'Move or rename it, or choose another folder with output_dir.',
      cause: error,
    });
  }
}

/**
 * The uppermost folder that has to be made, or the path itself. It is made on its own, because Node's recursive mkdir
 * (24.15) tries for ever where a folder says ENOENT of what is made in it, as an automounter does whose share is away.
 */
function firstMissing(path: string): string {
  const parent = dirname(path);
  return parent === path || existsSync(parent) ? path : firstMissing(parent);
}

/** Why a folder can't be made or written, as a sentence; undefined where it can. */
export function folderFault(path: string): string | undefined {
  const above = existsSync(path) ? path : dirname(firstMissing(path));
  try {
    if (!statSync(above).isDirectory()) return `${above} is a file, not a folder.`;
    accessSync(above, constants.W_OK);
    return undefined;
  } catch {
    return `You can't write to ${above}.`;
  }
}

/** What stands where a folder should be, in words; undefined when nothing does. */
async function obstacleOf(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return dirname(path) === path ? undefined : obstacleOf(dirname(path));
  if (found.isDirectory()) return undefined;
  const behind = found.isSymbolicLink() ? await stat(path).catch(() => undefined) : found;
  if (behind === undefined) {
    const target = await readlink(path).catch(() => 'nowhere');
    return `${path} is a link to ${target}, which doesn't exist.`;
  }
  return behind.isDirectory() ? undefined : `${path} is a file, but HARMONI needs a folder there.`;
}

/** Makes a folder and those above it, for those that can't wait. @throws the system's error */
export function makeFolderSync(path: string): void {
  try {
    mkdirSync(firstMissing(path));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  mkdirSync(path, { recursive: true });
}
