import { randomBytes } from 'node:crypto';
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
import { z } from 'zod';
import { errnoOf, HarmoniError } from '../errors.ts';
import { asFileError } from '../system/file-errors.ts';
import { listInstances, tryLock, type HeldLock } from '../system/lock.ts';
import { runningFolder } from './interrupted.ts';

/** One file that a restore puts in place. */
export interface RestoredFile {
  /** Its name in the folder of the restore. */
  readonly staged: string;
  /** Absolute. */
  readonly to: string;
  /** For a file that isn't there yet. */
  readonly mode: number;
  readonly kind: 'store' | 'config' | 'other';
}

/** Below the data folder, while a restore is under way: the new files, and the journal once they are whole. */
export const restoringFolder = 'restoring';
const journalName = 'journal.json';
const journalSchema = z.object({
  files: z.array(
    z.object({
      staged: z.string(),
      to: z.string(),
      mode: z.int(),
      kind: z.enum(['store', 'config', 'other']),
    }),
  ),
});

const folderIn = (dataDir: string): string => join(dataDir, restoringFolder);
/** Not named as the locks of instances are, which are swept up. */
const lockIn = (dataDir: string): string => join(dataDir, runningFolder, 'restore');
const longestWaitMs = 5_000;

/** The data folder, held for a restore: nobody else has the store open, and nobody opens it. */
export interface HeldData {
  /** Where the new files are to be put before `commit`. */
  readonly folder: string;
  /**
   * Puts the files in place. From the first moment on a kill leaves what the next start finishes; before, nothing has
   * happened. Returns where it can't write, but for the store and the settings.
   * @throws HarmoniError disk-full or output-not-writable
   */
  commit(files: readonly RestoredFile[]): readonly string[];
  release(): void;
}

/**
 * Holds the data folder for a restore. This process must not have the store open itself.
 * @throws HarmoniError store-busy when another HARMONI is at work there, and says which; output-not-writable
 */
export function holdData(dataDir: string): HeldData {
  settleRestore(dataDir);
  const lock = tryLock(lockIn(dataDir));
  if (lock === undefined) throw new HarmoniError('store-busy', 'Another HARMONI is restoring a backup.');
  const folder = folderIn(dataDir);
  const release = (): void => {
    if (!existsSync(join(folder, journalName))) rmSync(folder, { recursive: true, force: true });
    lock.release();
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Who begins from here on sees the folder and waits; who began before is seen here.
    const others = listInstances(join(dataDir, runningFolder));
    if (others.length > 0) {
      throw new HarmoniError('store-busy', `HARMONI is still running: ${others.join(', ')}.`, {
        fix: 'Wait for it to finish or close it, then try again.',
      });
    }
  } catch (error) {
    release();
    throw asFileError(error, folder);
  }
  return {
    folder,
    commit(files) {
      writeWhole(join(folder, journalName), JSON.stringify({ files }));
      return finishRestore(dataDir);
    },
    release,
  };
}

/**
 * Finishes a restore that was killed after its files were whole, and forgets one that was killed before. Waits a little
 * for one that is under way. A look at one path where there is none.
 * @throws HarmoniError store-busy, disk-full or output-not-writable
 */
export function settleRestore(dataDir: string): void {
  if (!existsSync(folderIn(dataDir))) return;
  const lock = waitForLock(lockIn(dataDir));
  try {
    finishRestore(dataDir);
  } finally {
    lock.release();
  }
}

function waitForLock(path: string): HeldLock {
  const pauseMs = 20;
  const shared = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    if (waitedMs >= longestWaitMs)
      throw new HarmoniError('store-busy', 'Another HARMONI is restoring a backup.');
    Atomics.wait(shared, 0, 0, pauseMs);
  }
}

/** To be called with the lock. Doing it twice does no harm: the new files stay until all are in place. */
function finishRestore(dataDir: string): readonly string[] {
  const skipped: string[] = [];
  const folder = folderIn(dataDir);
  const journal = join(folder, journalName);
  try {
    for (const file of readJournal(journal)) {
      const from = join(folder, file.staged);
      if (existsSync(from) && !putIfPossible(from, file)) skipped.push(file.to);
    }
    // Without the journal the rest of the folder means nothing.
    rmSync(journal, { force: true });
    rmSync(folder, { recursive: true, force: true });
    return skipped;
  } catch (error) {
    const said = asFileError(error, folder);
    if (!(said instanceof HarmoniError)) throw said;
    throw new HarmoniError(said.code, `A restore isn't finished yet: ${said.message}`, {
      fix: 'Free up space, or make sure you can write there. HARMONI finishes it at the next start.',
      cause: error,
    });
  }
}

/** What is not whole was never agreed to. */
function readJournal(path: string): readonly RestoredFile[] {
  try {
    return journalSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).files;
  } catch {
    return [];
  }
}

/** A playlist on a disk that is read-only keeps nobody from the rest. */
function putIfPossible(from: string, file: RestoredFile): boolean {
  try {
    put(from, file);
    return true;
  } catch (error) {
    const isWritable = !(error instanceof HarmoniError) || error.code !== 'output-not-writable';
    if (file.kind !== 'other' || isWritable) throw error;
    return false;
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
    sync(near);
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

function writeWhole(path: string, text: string): void {
  const near = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(near, text);
    sync(near);
    renameSync(near, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw asFileError(error, path);
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Some systems have no such thing. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      if (statSync(path).isDirectory()) fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // The rename itself has happened.
  }
}
