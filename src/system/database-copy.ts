import { backup, DatabaseSync } from 'node:sqlite';
import type { Database } from './database.ts';
import { asStoreError } from './sqlite-errors.ts';

/** What is in a database file. */
export interface DatabaseFacts {
  /** user_version */
  readonly version: number;
  /** How many rows each table has. */
  readonly rows: Readonly<Record<string, number>>;
  /** What SQLite finds wrong with it; empty when nothing is. */
  readonly faults: readonly string[];
}

/** All pages in one step: a step in between would begin anew with every write of another process. */
const allPages = 2 ** 31 - 1;

/**
 * Copies a database that others may be using to a new file, which is whole by itself.
 * @throws HarmoniError store-busy, store-broken, disk-full or output-not-writable
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  try {
    using source = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
    await backup(source, to, { rate: allPages });
  } catch (error) {
    throw asStoreError(error, from);
  }
  asOneFile(to);
}

/** The same for one that is open, without waiting for anything. @throws as `copyDatabase` */
export function copyOpenDatabase(database: Database, to: string): void {
  database.prepare('VACUUM INTO ?').run(to);
  asOneFile(to);
}

/** Without a log beside it, so that it can be read from where nothing can be written. */
function asOneFile(path: string): void {
  try {
    using copy = new DatabaseSync(path);
    copy.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    throw asStoreError(error, path);
  }
}

/** Reads all of a database file to see whether it is whole. @throws HarmoniError store-broken when it is no database */
export function examineDatabase(path: string): DatabaseFacts {
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    const all = (sql: string): string[] =>
      database
        .prepare(sql)
        .all()
        .map((row) => String(Object.values(row)[0]));
    const checked = all('PRAGMA integrity_check').filter((line) => line !== 'ok');
    const strays = all('PRAGMA foreign_key_check').length;
    const tables = all(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    );
    return {
      version: Number(all('PRAGMA user_version')[0]),
      rows: Object.fromEntries(
        tables.map((name) => [name, Number(all(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)[0])]),
      ),
      faults: [...checked, ...(strays === 0 ? [] : [`${strays} rows refer to rows that don't exist`])],
    };
  } catch (error) {
    throw asStoreError(error, path);
  }
}

/** The values of one column, as texts; none where the table is missing. */
export function readColumn(path: string, sql: string): readonly string[] {
  try {
    using database = new DatabaseSync(path, { readOnly: true });
    return database
      .prepare(sql)
      .all()
      .map((row) => String(Object.values(row)[0]));
  } catch {
    return [];
  }
}
