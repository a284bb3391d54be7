import { copyFile, link, lstat, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { HarmoniError } from '../errors.ts';

/** Writes a whole file or nothing: a temporary neighbour, fsync, rename. */
export async function writeFileAtomic(path: string, data: string | Buffer, mode = 0o644): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
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
    await mkdir(dirname(to), { recursive: true });
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!linkless.has(codeOf(error))) throw asFileError(error, to);
    // A disk without hard links (exFAT, some network shares): look first, then rename.
    if (await exists(to)) return false;
    await rename(from, to).catch((cause: unknown) => {
      throw asFileError(cause, to);
    });
    return true;
  }
  await rm(from, { force: true });
  return true;
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
      await mkdir(dirname(to), { recursive: true });
      await link(from, to);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      if (!linkless.has(codeOf(error))) throw asFileError(error, to);
    }
  }
  const temporary = join(workFolder, `copy-${randomBytes(6).toString('hex')}`);
  try {
    await copyFile(from, temporary);
    return await publishFile(temporary, to);
  } catch (error) {
    throw asFileError(error, to);
  } finally {
    await rm(temporary, { force: true });
  }
}

const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EACCES']);

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Removes a folder with all in it, and its parent when that is left empty. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await rmdir(dirname(path)).catch(() => undefined);
}

export async function listNames(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Says a file error in words; what it does not know it hands on. */
export function asFileError(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new HarmoniError('disk-full', `No space left to write ${path}.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return new HarmoniError('output-not-writable', `${path} cannot be written.`, { cause: error });
    default:
      return error;
  }
}
