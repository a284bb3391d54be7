import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { openStore } from '../../src/history/store.ts';
import { openDatabase, type Database } from '../../src/system/database.ts';
import { asStoreError } from '../../src/system/sqlite-errors.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const schema = ['CREATE TABLE rows (text)'];

/** The code of the sentence; whatever else is thrown fails the test. */
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof HarmoniError) return error.code;
    throw error;
  }
  throw new Error('expected a HarmoniError');
}

function opened(path = join(tempFolder(), 'a.db')): { database: Database; path: string } {
  const database = openDatabase(path, schema);
  onTestFinished(() => database.close());
  return { database, path };
}

describe('outside of a transaction', () => {
  test('a write while another process writes says that the store is busy', () => {
    const { database, path } = opened();
    database.exec('PRAGMA busy_timeout = 0');
    const insert = database.prepare('INSERT INTO rows VALUES (?)');
    using other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect(codeOf(() => insert.run('a'))).toBe('store-busy');
    expect(codeOf(() => database.exec('DELETE FROM rows'))).toBe('store-busy');
  });

  test('a write on a full disk says so', () => {
    const { database } = opened();
    database.exec('PRAGMA max_page_count = 2');
    const insert = database.prepare('INSERT INTO rows VALUES (?)');
    expect(codeOf(() => insert.run('x'.repeat(100_000)))).toBe('disk-full');
  });

  test('a table that is gone is a broken store, when it is prepared and when it is asked', () => {
    const { database, path } = opened();
    const read = database.prepare('SELECT * FROM rows');
    using other = new DatabaseSync(path);
    other.exec('DROP TABLE rows');
    expect(codeOf(() => read.all())).toBe('store-broken');
    expect(codeOf(() => read.get())).toBe('store-broken');
    expect(codeOf(() => database.prepare('SELECT * FROM rows'))).toBe('store-broken');
  });

  test('a wrong call of our own is no broken store', () => {
    const { database } = opened();
    const insert = database.prepare('INSERT INTO rows VALUES (?)');
    // @ts-expect-error what the types forbid
    const wrong = (): unknown => insert.run(Symbol('none'));
    expect(wrong).toThrow(TypeError);
  });
});

test.each([
  [5, 'store-busy'],
  [517, 'store-busy'],
  [6, 'store-busy'],
  [3, 'output-not-writable'],
  [8, 'output-not-writable'],
  [1032, 'output-not-writable'],
  [14, 'output-not-writable'],
  [13, 'disk-full'],
  [4874, 'disk-full'],
  [10, 'store-broken'],
  [778, 'store-broken'],
  [11, 'store-broken'],
  [26, 'store-broken'],
  [1, 'store-broken'],
  [787, 'store-broken'],
])('the result code %i of SQLite is %s', (errcode, code) => {
  expect(asStoreError(Object.assign(new Error('x'), { errcode }), '/a.db').code).toBe(code);
});

describe('a store that opens badly', () => {
  test.each(['visits', 'searches', 'claims', 'files', 'jobs', 'overrides', 'failures'])(
    'without its table %s has its sentence and lets go of its files',
    (table) => {
      const folder = tempFolder();
      openStore(folder, createTestClock()).close();
      const raw = new DatabaseSync(join(folder, 'harmoni.db'));
      raw.exec(`DROP TABLE ${table}`);
      raw.close();
      expect(codeOf(() => openStore(folder, createTestClock()))).toBe('store-broken');
    },
  );

  test('with pages that are damaged has its sentence at the first statement that meets one', () => {
    const folder = tempFolder();
    const store = openStore(folder, createTestClock());
    for (let number = 0; number < 2_000; number += 1)
      store.searches.save('youtube', 'songs', `query ${number}`, []);
    store.close();
    const path = join(folder, 'harmoni.db');
    const bytes = readFileSync(path);
    // All but the first pages, which hold the schema.
    writeFileSync(path, bytes.fill(0xa5, 30 * 4_096));
    const codes = new Set<string>();
    const note = (work: () => unknown): void => {
      try {
        work();
      } catch (error) {
        codes.add(error instanceof HarmoniError ? error.code : String(error));
      }
    };
    note(() => {
      const broken = openStore(folder, createTestClock());
      onTestFinished(() => broken.close());
      for (let number = 0; number < 2_000; number += 1)
        note(() => broken.searches.load('youtube', 'songs', `query ${number}`));
    });
    expect([...codes]).toEqual(['store-broken']);
  });

  test('opens while another process writes, for those who only look', () => {
    const folder = tempFolder();
    openStore(folder, createTestClock()).close();
    using other = new DatabaseSync(join(folder, 'harmoni.db'));
    other.exec('BEGIN IMMEDIATE');
    const store = openStore(folder, createTestClock());
    expect(store.jobs.interrupted()).toEqual([]);
    other.exec('ROLLBACK');
    store.close();
  });
});

const mayMount =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true'], { stdio: 'ignore' }).status === 0;

test.runIf(mayMount)('a data disk that fills is told as such by every kind of write', () => {
  const folder = tempFolder();
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk]);
  onTestFinished(() => void spawnSync('umount', ['-l', disk]));
  const store = openStore(disk, createTestClock());
  const codes = new Set<string>();
  for (let number = 0; number < 3_000; number += 1) {
    try {
      store.searches.save('youtube', 'songs', `query ${number}`, 'x'.repeat(500));
      store.visits.happened(store.visits.plan());
      store.overrides.set({ artists: ['a'], artist: 'a', track: `t ${number}` }, null);
    } catch (error) {
      codes.add(error instanceof HarmoniError ? error.code : String(error));
    }
  }
  expect([...codes]).toEqual(['disk-full']);
  // Who closes has been told enough.
  expect(() => store.close()).not.toThrow();
});
