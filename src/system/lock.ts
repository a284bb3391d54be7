import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolderSync } from './make-folder.ts';
import { asStoreError } from './sqlite-errors.ts';

/** A lock that is held until `release`, or until the process ends in whatever way. */
export interface HeldLock {
  release(): void;
}

/**
 * Takes the lock `path` if nobody holds it. The operating system frees it when the process dies, also by SIGKILL, so
 * there are no stale locks: it is the write lock of an empty SQLite file, which works on every platform and across
 * containers. The file stays, because removing it would let two processes lock two files of one name.
 * @throws HarmoniError output-not-writable, disk-full or store-broken when the file cannot be a lock at all
 */
export function tryLock(path: string): HeldLock | undefined {
  let database: DatabaseSync | undefined;
  try {
    makeFolderSync(dirname(path));
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (thrown) {
    database?.close();
    const error = asStoreError(thrown, path);
    if (error.code === 'store-busy') return undefined;
    throw error;
  }
  const own = database;
  held.add(own);
  return {
    release() {
      if (held.delete(own)) own.close();
    },
  };
}

/** A database that nobody refers to is closed by the garbage collector, and its lock is gone. */
const held = new Set<DatabaseSync>();

/** The sign of life of a running HARMONI: a lock file of its own name in a folder that all of them share. */
export interface Instance {
  readonly id: string;
  /** Whether the HARMONI of that id still runs. */
  isAlive(id: string): boolean;
  end(): void;
}

/** Begins to show this process as alive in `folder`, and sweeps up after those that are not any more. */
export function beginInstance(folder: string): Instance {
  const own = takeOwn(folder);
  const isAlive = (id: string): boolean => id === own.id || isInstanceAlive(folder, id);
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.lock')) isAlive(name.slice(0, -'.lock'.length));
  }
  return {
    id: own.id,
    isAlive,
    end() {
      rmSync(own.path, { force: true });
      own.lock.release();
    },
  };
}

/** Whether the HARMONI of that id still runs; what it left when it does not is swept up. */
export function isInstanceAlive(folder: string, id: string): boolean {
  const path = join(folder, `${id}.lock`);
  if (!existsSync(path)) return false;
  try {
    const lock = tryLock(path);
    // Removed while held, so that nobody can begin under a name that is on its way out.
    if (lock !== undefined) rmSync(path, { force: true });
    lock?.release();
    return lock === undefined;
  } catch {
    // Another user's file: who cannot ask must not take over.
    return true;
  }
}

function takeOwn(folder: string): { id: string; path: string; lock: HeldLock } {
  for (;;) {
    // The first menu asks who is alive, and to load node:crypto costs a fifth of a start.
    const id = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex');
    const path = join(folder, `${id}.lock`);
    const lock = tryLock(path);
    // Another process may have swept the file between its creation and the lock.
    if (lock !== undefined && existsSync(path)) return { id, path, lock };
    lock?.release();
  }
}
