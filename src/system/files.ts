import {
  access,
  constants,
  copyFile,
  link,
  lstat,
  open,
  readFile,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
} from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { createHash, randomBytes } from 'node:crypto';
import { errnoOf, HarmoniError } from '../errors.ts';
import { asFileError } from './file-errors.ts';
import { makeFolder } from './make-folder.ts';

/** Writes a whole file or nothing: a temporary neighbour, fsync, rename. */
export async function writeFileAtomic(path: string, data: string | Buffer, mode = 0o644): Promise<void> {
  // A name of its own: the file's may be as long as names can be.
  const temporary = nearTo(path);
  try {
    await inFolder(dirname(path), async () => {
      const file = await open(temporary, 'wx', mode);
      try {
        await file.writeFile(data);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    });
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asFileError(error, path);
  }
}

/**
 * Gives the finished work file its final name on the same disk, never over another file.
 * Returns false when the name is taken. A hard link first, because a rename would replace.
 */
export async function publishFile(from: string, to: string): Promise<boolean> {
  try {
    await inFolder(dirname(to), () => link(from, to));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (errnoOf(error) === 'EXDEV') return publishElsewhere(from, to);
    if (!linkless.has(errnoOf(error))) throw asPlaceError(error, to);
    // A disk without hard links (exFAT, some network shares): look first, then rename.
    if (await exists(to)) return false;
    await rename(from, to).catch((cause: unknown) => {
      throw asPlaceError(cause, to);
    });
    return true;
  }
  await rm(from, { force: true }).catch((cause: unknown) => {
    throw asPlaceError(cause, from);
  });
  return true;
}

/** The folder is a link to another disk: a hidden copy beside the final name, which it gets when it is whole. */
async function publishElsewhere(from: string, to: string): Promise<boolean> {
  if (await exists(to)) return false;
  const near = nearTo(to);
  try {
    await copyFile(from, near, constants.COPYFILE_EXCL);
    if (!(await publishFile(near, to))) return false;
    await rm(from, { force: true });
    return true;
  } catch (error) {
    throw asPlaceError(error, to);
  } finally {
    await rm(near, { force: true });
  }
}

/** Puts a file in the place of another in one step, also where that lies on another disk. It is gone only when it's there. */
export async function replaceFile(from: string, to: string): Promise<void> {
  const near = nearTo(to);
  try {
    await rename(from, to).catch(async (error: unknown) => {
      if (errnoOf(error) !== 'EXDEV') throw error;
      await copyFile(from, near, constants.COPYFILE_EXCL);
      await rename(near, to);
      await rm(from, { force: true });
    });
  } catch (error) {
    throw asPlaceError(error, to);
  } finally {
    await rm(near, { force: true });
  }
}

/** A hidden name in the folder of a file. */
export function nearTo(path: string): string {
  return join(dirname(path), `.harmoni-${randomBytes(6).toString('hex')}.tmp`);
}

/**
 * Hard link, or a copy where links fail; the copy is made in `workFolder` (on the same disk) and has its final name only
 * when it is whole. Returns false when the name is taken.
 */
export async function linkOrCopy(
  from: string,
  to: string,
  how: 'link' | 'copy',
  workFolder: string,
): Promise<boolean> {
  if (how === 'link') {
    try {
      await inFolder(dirname(to), () => link(from, to));
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      if (!linkless.has(errnoOf(error))) throw asPlaceError(error, to);
    }
  }
  const temporary = join(workFolder, `copy-${randomBytes(6).toString('hex')}`);
  try {
    await copyFile(from, temporary);
    return await publishFile(temporary, to);
  } catch (error) {
    throw asPlaceError(error, to);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** What a disk says that can't make a hard link. */
export const linkless: ReadonlySet<string | undefined> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
  'EACCES',
]);

/** Each takes somebody who removes the folder in that very moment. */
const mostFolderAttempts = 20;

/**
 * Does something in a folder that is made for it, and does it again where the folder was gone by then: the user may be
 * tidying up. @throws as `makeFolder` and `act` do
 */
export async function inFolder<T>(folder: string, act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await makeFolder(folder);
      return await act();
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || attempt === mostFolderAttempts) throw error;
    }
  }
}

/** Whether a path lies in a folder or deeper, as the two are written. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** A folder, and no link to one: what a link leads to is the user's. */
export async function isOwnFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Removes a folder with all in it, and its parent when that is left empty. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await rmdir(dirname(path)).catch(() => undefined);
}

/** Whether files can be made in a folder. */
export async function isWritableFolder(path: string): Promise<boolean> {
  return Promise.all([stat(path), access(path, constants.W_OK)]).then(
    ([found]) => found.isDirectory(),
    () => false,
  );
}

/** The largest file that is read as a text. */
const mostTextBytes = 64 * 2 ** 20;

/** A file that may be anything; undefined unless it is a regular one, or leads to one, because a FIFO never ends. */
export async function readPlainFile(path: string): Promise<Buffer | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true || found.size > mostTextBytes) return undefined;
  return readFile(path).catch(() => undefined);
}

export async function listNames(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Of what the user may have moved or deleted meanwhile. */
export function asPlaceError(error: unknown, path: string): unknown {
  if (errnoOf(error) !== 'ENOENT') return asFileError(error, path);
  return new HarmoniError('file-gone', `${path} can't be created: a file or folder it needs is gone.`, {
    cause: error,
  });
}
