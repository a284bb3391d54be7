import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { errnoOf, HarmoniError } from '../errors.ts';

/** By what a file is known to be the same and unchanged. */
export interface FileFacts {
  readonly sizeBytes: number;
  /** Whole milliseconds. */
  readonly modifiedMs: number;
  /** As text. A copy has another one; a file on another disk may have the same. */
  readonly inode: string;
}

type FileStamp = Pick<FileFacts, 'sizeBytes' | 'modifiedMs'>;

/** What is at a path; a link is none of the files that it leads to. */
export type AtPath = FileFacts | 'nothing' | 'no file';

/** Looks at a path itself, without following a link. What cannot be looked at is no file of ours. */
export async function lookAt(path: string): Promise<AtPath> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return 'no file';
    return { sizeBytes: found.size, modifiedMs: Math.round(found.mtimeMs), inode: String(found.ino) };
  } catch (error) {
    const code = errnoOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'nothing' : 'no file';
  }
}

/** The facts of a file; undefined when there is none. */
export async function factsAt(path: string): Promise<FileFacts | undefined> {
  const found = await lookAt(path);
  return typeof found === 'string' ? undefined : found;
}

/** The facts of a file that was there a moment ago, or that a link leads to. @throws HarmoniError file-gone */
export async function mustLookAt(path: string): Promise<FileFacts> {
  const { size, mtimeMs, ino } = await stat(path).catch((cause: unknown) => {
    throw new HarmoniError('file-gone', `${path} is gone.`, { cause });
  });
  return { sizeBytes: size, modifiedMs: Math.round(mtimeMs), inode: String(ino) };
}

/** Whether two paths are names of one file. Two disks may give one inode number to two files. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => lstat(path, { bigint: true }).catch(() => undefined)),
  );
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/**
 * Whether two paths lead to one entry of one folder: on a disk that doesn't tell upper and lower case apart, or through a
 * link to the folder. Two hard links of a file are two entries.
 */
export async function isOneEntry(one: string, other: string): Promise<boolean> {
  if (!(await isSameFile(one, other))) return false;
  const [a, b] = await Promise.all(
    [dirname(one), dirname(other)].map((path) => stat(path, { bigint: true })),
  );
  if (a === undefined || b === undefined || a.dev !== b.dev || a.ino !== b.ino) return false;
  const names = [basename(one), basename(other)];
  if (names[0] === names[1]) return true;
  const there = new Set(await readdir(dirname(one)));
  return !names.every((name) => there.has(name));
}

/** When a file or its name last changed; 0 where there is none. */
export async function changedAt(path: string): Promise<number> {
  return lstat(path).then(
    ({ ctimeMs }) => ctimeMs,
    () => 0,
  );
}
/** Whether nobody has written to it since. Pure. */
export function isUnchanged(now: FileStamp, then: FileStamp): boolean {
  return now.sizeBytes === then.sizeBytes && now.modifiedMs === then.modifiedMs;
}
