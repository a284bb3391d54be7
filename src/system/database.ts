import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HarmoniError } from '../errors.ts';

export type { DatabaseSync as Database } from 'node:sqlite';

/** How long a write waits for another process. The wait blocks the event loop, so it is kept short. */
const busyTimeoutMs = 5_000;

/**
 * Opens (or makes) a database in WAL mode and brings it to the newest version: `migrations[n]` leads from
 * user_version n to n + 1, each in a transaction of its own.
 * Throws HarmoniError store-broken when the file is no database or comes from a newer HARMONI.
 */
export function openDatabase(path: string, migrations: readonly string[]): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(database, path, migrations);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof HarmoniError) throw error;
    throw asStoreError(error, path);
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
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function asStoreError(error: unknown, path: string): HarmoniError {
  const number = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  const message = error instanceof Error ? error.message : String(error);
  if (number === 5) return new HarmoniError('store-busy', `${path} is in use.`, { cause: error });
  if (number === 13) return new HarmoniError('disk-full', `No space left for ${path}.`, { cause: error });
  if (number === 8 || number === 14) {
    return new HarmoniError('output-not-writable', `${path} cannot be written (${message}).`, {
      fix: 'Make the data folder writable for your user.',
      cause: error,
    });
  }
  return new HarmoniError('store-broken', `${path} cannot be read (${message}).`, { cause: error });
}
