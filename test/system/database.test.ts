import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { openDatabase, transaction } from '../../src/system/database.ts';
import { startProgram } from '../helpers/child-program.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const first = 'CREATE TABLE rows (writer INTEGER, number INTEGER)';

/** The HarmoniError that `work` throws. */
function failureOf(work: () => unknown): HarmoniError {
  try {
    work();
  } catch (error) {
    if (error instanceof HarmoniError) return error;
    throw error;
  }
  throw new Error('expected a HarmoniError');
}

const writer = (path: string, count: number, options: { uid?: number } = {}) =>
  startProgram(new URL('programs/write-rows.ts', import.meta.url), [path, String(count)], options);

describe('opening', () => {
  test('makes the folder and the file, in WAL mode', () => {
    const database = openDatabase(join(tempFolder(), 'data', 'a.db'), [first]);
    expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 1 });
    database.close();
  });

  test('brings an older file up to date and keeps its rows', () => {
    const path = join(tempFolder(), 'a.db');
    const old = openDatabase(path, [first]);
    old.exec('INSERT INTO rows VALUES (1, 2)');
    old.close();
    const database = openDatabase(path, [first, 'ALTER TABLE rows ADD COLUMN more TEXT']);
    expect(database.prepare('SELECT * FROM rows').get()).toMatchObject({ writer: 1, number: 2, more: null });
    database.close();
  });

  test('leaves a file as it was when a step fails half-way', () => {
    const path = join(tempFolder(), 'a.db');
    openDatabase(path, [first]).close();
    const steps = [first, 'CREATE TABLE more (a)', 'CREATE TABLE rows (again)'];
    expect(failureOf(() => openDatabase(path, steps)).code).toBe('store-broken');
    const database = openDatabase(path, [first]);
    expect(
      database.prepare(`SELECT count(*) AS n FROM sqlite_schema WHERE name = 'more'`).get(),
    ).toMatchObject({
      n: 0,
    });
    database.close();
  });

  test('refuses a file of a newer HARMONI and says what to do', () => {
    const path = join(tempFolder(), 'a.db');
    openDatabase(path, [first, 'CREATE TABLE more (a)']).close();
    const error = failureOf(() => openDatabase(path, [first]));
    expect(error.code).toBe('store-broken');
    expect(error.message).toMatch(/newer version of HARMONI/);
    expect(error.fix).toMatch(/^Update HARMONI/);
  });

  test('refuses a file that is no database, and leaves it alone', () => {
    const path = join(tempFolder(), 'a.db');
    writeFileSync(path, 'precious words '.repeat(1_000));
    expect(failureOf(() => openDatabase(path, [first])).code).toBe('store-broken');
    expect(readFileSync(path, 'utf8')).toMatch(/^precious words precious/);
  });

  test('refuses a database that is damaged', () => {
    const path = join(tempFolder(), 'a.db');
    openDatabase(path, [first]).close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 100));
    expect(failureOf(() => openDatabase(path, [first, 'CREATE TABLE more (a)'])).code).toBe('store-broken');
  });

  test('refuses a folder in the place of the file', () => {
    const path = join(tempFolder(), 'a.db');
    mkdirSync(path);
    expect(failureOf(() => openDatabase(path, [first])).code).toBe('output-not-writable');
  });

  test('refuses a file in the place of the folder', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'data'), '');
    expect(failureOf(() => openDatabase(join(folder, 'data', 'a.db'), [first])).code).toBe(
      'output-not-writable',
    );
  });

  test.each(['the folder', 'the file'])('says that %s is not writable', async (what) => {
    const folder = tempFolder();
    const path = join(folder, 'a.db');
    if (what === 'the file') {
      openDatabase(path, ['CREATE TABLE other (a)']).close();
      chmodSync(path, 0o444);
    }
    chmodSync(folder, 0o555);
    // Root may write everywhere, so there another user tries.
    const other = writer(path, 1, process.getuid?.() === 0 ? { uid: 65_534 } : {});
    await other.line();
    other.write('go');
    expect(await other.line()).toMatch(/^output-not-writable: /);
    chmodSync(folder, 0o755);
  });
});

describe('several processes', () => {
  test('make one database at once, and none of their rows is lost', async () => {
    const path = join(tempFolder(), 'a.db');
    const writers = Array.from({ length: 4 }, () => writer(path, 100));
    await Promise.all(writers.map((program) => program.line()));
    for (const program of writers) program.write('go');
    expect(await Promise.all(writers.map((program) => program.line()))).toEqual(Array(4).fill('done'));
    const database = openDatabase(path, [first]);
    expect(database.prepare('SELECT count(*) AS n FROM rows').get()).toMatchObject({ n: 400 });
    database.close();
  });
});

describe('a transaction', () => {
  test('is undone when its work throws, and the error is handed on', () => {
    const database = openDatabase(join(tempFolder(), 'a.db'), [first]);
    const error = new Error('mine');
    expect(() =>
      transaction(database, () => {
        database.exec('INSERT INTO rows VALUES (1, 1)');
        throw error;
      }),
    ).toThrow(error);
    expect(database.prepare('SELECT count(*) AS n FROM rows').get()).toMatchObject({ n: 0 });
    expect(transaction(database, () => 5)).toBe(5);
    database.close();
  });

  test('says that another HARMONI is writing', () => {
    const path = join(tempFolder(), 'a.db');
    const database = openDatabase(path, [first]);
    database.exec('PRAGMA busy_timeout = 0');
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect(failureOf(() => transaction(database, () => undefined)).code).toBe('store-busy');
    other.close();
    expect(transaction(database, () => 1)).toBe(1);
    database.close();
  });

  test('says that the disk is full', () => {
    const database = openDatabase(join(tempFolder(), 'a.db'), [first]);
    database.exec('PRAGMA max_page_count = 3; CREATE TABLE large (text)');
    const insert = database.prepare('INSERT INTO large VALUES (?)');
    expect(failureOf(() => transaction(database, () => insert.run('x'.repeat(100_000)))).code).toBe(
      'disk-full',
    );
    database.close();
  });
});
