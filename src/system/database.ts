import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HarmoniError } from '../errors.ts';
import { asFileError } from './files.ts';

export type { DatabaseSync as Database } from 'node:sqlite';

/** How long a write waits for another process. The wait blocks the event loop, so it is kept short. */
const busyTimeoutMs = 5_000;
/** SQLITE_BUSY (https://sqlite.org/rescode.html#busy). */
const busy = 5;

/**
 * Opens (or makes) a database in WAL mode and brings it to the newest version: `migrations[n]` leads from
 * user_version n to n + 1, each in a transaction of its own.
 * @throws HarmoniError store-broken when the file is no database or comes from a newer HARMONI, store-busy,
 *   output-not-writable or disk-full
 */
export function openDatabase(path: string, migrations: readonly string[]): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    setWal(database);
    database.exec('PRAGMA synchronous = NORMAL');
    migrate(database, path, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof HarmoniError ? error : asStoreError(error, path);
  }
}

/**
 * Two processes that make one database at once meet here: who would have to wait for the other's lock while it holds one
 * of its own is told "busy" at once, whatever the timeout (https://sqlite.org/c3ref/busy_handler.html).
 */
function setWal(database: DatabaseSync): void {
  const pauseMs = 20;
  const shared = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isSqliteError(error) || (error.errcode & 0xff) !== busy || waitedMs >= busyTimeoutMs) throw error;
      Atomics.wait(shared, 0, 0, pauseMs);
    }
  }
}

function migrate(database: DatabaseSync, path: string, migrations: readonly string[]): void {
  if (versionOf(database) === migrations.length) return;
  transaction(database, () => {
    const version = versionOf(database);
    if (version > migrations.length) {
      throw new HarmoniError('store-broken', `${path} was written by a newer HARMONI.`, {
        fix: 'Update HARMONI, or move the file away to start with an empty store.',
      });
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Runs `work` in a transaction that takes the write lock at once: a deferred one that reads first
 * fails without waiting (SQLITE_BUSY_SNAPSHOT) when another process wrote in between.
 * @throws HarmoniError store-busy, disk-full, output-not-writable or store-broken; whatever `work` throws
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    database.exec('BEGIN IMMEDIATE');
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw isSqliteError(error) ? asStoreError(error, database.location() ?? 'The store') : error;
  }
}

function isSqliteError(error: unknown): error is Error & { errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** Says an error of SQLite, or of the folder it is in, in words. */
export function asStoreError(error: unknown, path: string): HarmoniError {
  const said = asFileError(error, path);
  if (said instanceof HarmoniError) return said;
  // The primary code is the low byte (https://sqlite.org/rescode.html).
  const number = isSqliteError(error) ? error.errcode & 0xff : 0;
  const message = error instanceof Error ? error.message : String(error);
  if (number === busy) return new HarmoniError('store-busy', `${path} is in use.`, { cause: error });
  if (number === 13) return new HarmoniError('disk-full', `No space left for ${path}.`, { cause: error });
  if (number === 8 || number === 14) {
    return new HarmoniError('output-not-writable', `${path} cannot be written (${message}).`, {
      fix: 'Make the data folder writable for your user.',
      cause: error,
    });
  }
  return new HarmoniError('store-broken', `${path} cannot be read (${message}).`, { cause: error });
}

/** The first row of a query in a database that may not be there yet, without migrating it or holding it open. */
export function peek(path: string, query: string): Readonly<Record<string, unknown>> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    return database.prepare(query).get();
  } catch {
    // Whoever opens it for work will say what is wrong with it.
    return undefined;
  }
}
