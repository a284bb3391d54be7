import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { HarmoniError } from '../errors.ts';
import { asFileError } from '../system/file-errors.ts';
import { listInstances, tryLock, type HeldLock } from '../system/lock.ts';
import { runningFolder } from './interrupted.ts';
import { putIfPossible, syncFile, type LeftAlone, type RestoredFile } from './put-restored.ts';

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
      was: z.string().nullish(),
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
   * happened. Returns what it left as it is; the store is never among that.
   * @throws HarmoniError disk-full or output-not-writable
   */
  commit(files: readonly RestoredFile[]): readonly LeftAlone[];
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
function finishRestore(dataDir: string): readonly LeftAlone[] {
  const left: LeftAlone[] = [];
  const folder = folderIn(dataDir);
  const journal = join(folder, journalName);
  try {
    for (const file of readJournal(journal)) {
      const from = join(folder, file.staged);
      const reason = existsSync(from) ? putIfPossible(from, file) : undefined;
      if (reason !== undefined) left.push({ to: file.to, reason });
    }
    // Without the journal the rest of the folder means nothing.
    rmSync(journal, { force: true });
    rmSync(folder, { recursive: true, force: true });
    return left;
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

function writeWhole(path: string, text: string): void {
  const near = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(near, text);
    syncFile(near);
    renameSync(near, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw asFileError(error, path);
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
