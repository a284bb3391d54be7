import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { openStore } from '../../src/history/store.ts';
import { systemClock } from '../../src/system/clock.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'harmoni-broken-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a broken store is told with an advice that works: with the named file moved away a new one is made', () => {
  const path = join(folder, 'harmoni.db');
  writeFileSync(path, 'no database at all, and longer than the header of one. '.repeat(20));
  // Left behind by a process that was killed.
  writeFileSync(`${path}-wal`, 'torn');
  let error: unknown;
  try {
    openStore(folder, systemClock).close();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(HarmoniError);
  expect(error).toMatchObject({
    code: 'store-broken',
    fix: expect.stringMatching(/^Move that file elsewhere/) as string,
  });
  expect(String(error)).toContain(path);
  renameSync(path, join(folder, 'old.db'));
  const store = openStore(folder, systemClock);
  expect(store.failures.all()).toEqual([]);
  store.close();
});
