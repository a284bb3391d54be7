import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, copyFile, link, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf, HarmoniError } from '../errors.ts';
import { isOneEntry, isSameFile } from './file-facts.ts';
import { asPlaceError, exists, inFolder, linkless, nearTo, publishFile, sha256 } from './files.ts';

/**
 * Gives a file another path, never over another file: by a hard link, or else by a rename; on another disk by a copy that
 * is compared before it has its name, and before the old file goes. A name that only differs in upper and lower case is
 * given by way of `wayPoint`. Returns false when the path is taken, or leads to the file already.
 * @throws HarmoniError output-not-writable, disk-full or file-gone
 */
export async function moveFile(from: string, to: string): Promise<boolean> {
  try {
    if (await isOneEntry(from, to)) return await changeCase(from, to);
    await inFolder(dirname(to), () => link(from, to));
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return false;
    if (code === 'EXDEV') return copyAcross(from, to);
    if (!linkless.has(code)) throw asPlaceError(error, to);
    // A disk without hard links (exFAT, some network shares): look first, then rename.
    if (await exists(to)) return false;
    await rename(from, to).catch((cause: unknown) => {
      throw asPlaceError(cause, to);
    });
    return true;
  }
  await removeOld(from, to);
  return true;
}

/** The hidden name that a file has in between, by which it is found where HARMONI was killed then. Pure. */
export function wayPoint(from: string, to: string): string {
  return join(dirname(from), `.harmoni-${sha256(`${from}\0${to}`).slice(0, 12)}.move`);
}

async function changeCase(from: string, to: string): Promise<boolean> {
  // Only a folder is spelled otherwise.
  if (basename(from) === basename(to)) return false;
  const via = wayPoint(from, to);
  await rename(from, via);
  if (await publishFile(via, to)) return true;
  await publishFile(via, from);
  return false;
}

/** The old name goes; where it can't, the new one does. */
async function removeOld(from: string, to: string): Promise<void> {
  await rm(from, { force: true }).catch(async (error: unknown) => {
    await rm(to, { force: true });
    throw asPlaceError(error, from);
  });
}

async function copyAcross(from: string, to: string): Promise<boolean> {
  const near = nearTo(to);
  try {
    if (await exists(to)) return false;
    await copyFile(from, near, constants.COPYFILE_EXCL);
    const { atimeMs, mtimeMs } = await stat(from);
    await utimes(near, atimeMs / 1000, Math.round(mtimeMs) / 1000);
    const copy = await open(near, 'r+');
    await copy.sync().finally(() => copy.close());
    if (!(await isSameContent(from, near))) {
      throw new HarmoniError('output-not-writable', `${to} can't be written: its copy isn't like the file.`);
    }
    if (!(await publishFile(near, to))) return false;
  } catch (error) {
    throw asPlaceError(error, to);
  } finally {
    await rm(near, { force: true });
  }
  await removeOld(from, to);
  return true;
}

/** Whether two files say the same, byte for byte. */
export async function isSameContent(one: string, other: string): Promise<boolean> {
  if (await isSameFile(one, other)) return true;
  const [a, b] = await Promise.all([one, other].map(hashOf));
  return a === b;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}
