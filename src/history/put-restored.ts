import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf, HarmoniError } from '../errors.ts';
import { asFileError } from '../system/file-errors.ts';
import { sha256 } from '../system/files.ts';

/** One file that a restore puts in place. */
export interface RestoredFile {
  /** Its name in the folder of the restore. */
  readonly staged: string;
  /** Absolute. */
  readonly to: string;
  /** For a file that isn't there yet. */
  readonly mode: number;
  readonly kind: 'store' | 'config' | 'other';
  /** SHA-256 of what is there before, null where nothing is; without it that doesn't matter. */
  readonly was?: string | null | undefined;
}

/** A place that a restore left as it is. */
export interface LeftAlone {
  /** Absolute. */
  readonly to: string;
  readonly reason: string;
}

/**
 * Puts a file in place, unless somebody wrote there since the restore was agreed to: it may be finished days after a kill.
 * A place that can't be written keeps nobody from the rest, but for the store. Returns why it was left alone.
 * @throws HarmoniError disk-full; output-not-writable for the store
 */
export function putIfPossible(from: string, file: RestoredFile): string | undefined {
  try {
    if (file.was !== undefined && !isStillSo(from, file.to, file.was)) return 'it changed meanwhile';
    put(from, file);
    return undefined;
  } catch (error) {
    const isWritable = !(error instanceof HarmoniError) || error.code !== 'output-not-writable';
    if (file.kind === 'store' || isWritable) throw error;
    return "it can't be written";
  }
}

/** Whether a place holds what it held, or a beginning of the new file: where it can't be replaced, it's written in place. */
function isStillSo(from: string, to: string, was: string | null): boolean {
  try {
    const now = readFileSync(to);
    return sha256(now) === was || readFileSync(from).subarray(0, now.length).equals(now);
  } catch (error) {
    return errnoOf(error) === 'ENOENT';
  }
}

/** Puts a file in place in one step; where a link leads, if that is one. */
function put(from: string, { to, kind, mode }: RestoredFile): void {
  const target = realPathOf(to);
  const near = join(dirname(target), '.harmoni-restore.tmp');
  try {
    mkdirSync(dirname(target), { recursive: true });
    rmSync(near, { force: true });
    copyFileSync(from, near);
    chmodSync(near, (statSync(target, { throwIfNoEntry: false })?.mode ?? mode) & 0o777);
    syncFile(near);
    // A log of the old store would be read into the new one.
    if (kind === 'store')
      for (const end of ['-wal', '-shm', '-journal']) rmSync(`${target}${end}`, { force: true });
    renameSync(near, target);
  } catch (error) {
    rmSync(near, { force: true });
    // A file that is mounted alone (Docker), or whose folder is read-only, can be written and not replaced.
    const isFixed = ['EBUSY', 'EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error)) && existsSync(target);
    if (!isFixed || kind === 'store') throw asFileError(error, target);
    try {
      writeFileSync(target, readFileSync(from));
    } catch (cause) {
      throw asFileError(cause, target);
    }
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
