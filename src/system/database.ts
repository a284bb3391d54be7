import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { HarmoniError } from '../errors.ts';
import { makeFolderSync } from './make-folder.ts';
import { asStoreError, isBusy, isSqliteError } from './sqlite-errors.ts';

export type Row = Record<string, SQLOutputValue>;

/** A prepared statement whose failures are sentences: store-busy, disk-full, output-not-writable, store-broken. */
export interface Statement {
  run(...values: SQLInputValue[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
}

/** A database none of whose calls throws a bare error of SQLite, so that no caller has to remember to sort it. */
export interface Database {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** How long a write waits for another process. The wait blocks the event loop, so it is kept short. */
const busyTimeoutMs = 5_000;

/**
 * Opens (or makes) a database in WAL mode and brings it to the newest version: `migrations[n]` leads from
 * user_version n to n + 1, each in a transaction of its own.
 * @throws HarmoniError store-broken when the file is no database or comes from a newer HARMONI, store-busy,
 *   output-not-writable or disk-full
 */
export function openDatabase(path: string, migrations: readonly string[]): Database {
  let opened: DatabaseSync | undefined;
  try {
    makeFolderSync(dirname(path));
    opened = new DatabaseSync(path, { timeout: busyTimeoutMs });
    setWal(opened);
    opened.exec('PRAGMA synchronous = NORMAL');
    const database = withSentences(opened, path);
    migrate(database, path, migrations);
    return database;
  } catch (error) {
    opened?.close();
    throw asStoreError(error, path);
  }
}

function withSentences(database: DatabaseSync, path: string): Database {
  function said<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw isSqliteError(error) ? asStoreError(error, path) : error;
    }
  }
  return {
    get isTransaction() {
      return database.isTransaction;
    },
    exec: (sql) => said(() => database.exec(sql)),
    prepare(sql) {
      const statement = said(() => database.prepare(sql));
      return {
        run: (...values) => said(() => statement.run(...values)),
        get: (...values) => said(() => statement.get(...values)),
        all: (...values) => said(() => statement.all(...values)),
      };
    },
    close: () => said(() => database.close()),
  };
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
      if (!isBusy(error) || waitedMs >= busyTimeoutMs) throw error;
      Atomics.wait(shared, 0, 0, pauseMs);
    }
  }
}

function migrate(database: Database, path: string, migrations: readonly string[]): void {
  if (versionOf(database) === migrations.length) return;
  transaction(database, () => {
    const version = versionOf(database);
    if (version > migrations.length) {
      throw new HarmoniError('store-broken', `${path} was written by a newer version of HARMONI.`, {
        fix: 'Update HARMONI, or move the file elsewhere to start with an empty store.',
      });
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

function versionOf(database: Database): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Runs `work` in a transaction that takes the write lock at once: a deferred one that reads first
 * fails without waiting (SQLITE_BUSY_SNAPSHOT) when another process wrote in between. Within another transaction it is a
 * part of that one.
 * @throws HarmoniError store-busy, disk-full, output-not-writable or store-broken; whatever `work` throws
 */
export function transaction<T>(database: Database, work: () => T): T {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** A full disk may have ended the transaction by itself, and what is told is why the work failed. */
function rollBack(database: Database): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    // The connection is of no more use, and its next statement says so.
  }
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
