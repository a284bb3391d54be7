import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWatchedFiles } from '../../src/automation/watched-files.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function createHouse() {
  const folder = tempFolder();
  const clock = createTestClock();
  const followed: { id: number; input: string; syncedAt: number | undefined }[] = [];
  const news: string[] = [];
  const files = createWatchedFiles({
    clock,
    followed: () => followed,
    folder: () => folder,
    onNew: (path) => void news.push(path),
  });
  return {
    clock,
    news,
    forgetSeen: () => files.forgetSeen(),
    path: (name: string) => join(folder, name),
    write: (name: string, text: string) => writeFileSync(join(folder, name), text),
    follow: (id: number, name: string, syncedAt: number | 'never' = Date.now() + 60_000) =>
      void followed.push({
        id,
        input: join(folder, name),
        syncedAt: syncedAt === 'never' ? undefined : syncedAt,
      }),
    /** Looks, and some seconds have passed since the last look. */
    look: (afterMs = 5_000) => {
      clock.pass(afterMs);
      return files.look();
    },
  };
}

test('a file that changes is read when it has been as it is for some seconds, and only once', async () => {
  const { write, follow, look, path } = createHouse();
  write('a.csv', 'one');
  follow(1, 'a.csv');
  expect(await look()).toEqual([]);
  expect(await look()).toEqual([]);
  appendFileSync(path('a.csv'), ', two');
  expect(await look()).toEqual([]);
  appendFileSync(path('a.csv'), ', three');
  expect(await look()).toEqual([]);
  expect(await look(2_000)).toEqual([]);
  expect(await look(2_000)).toEqual([1]);
  expect(await look()).toEqual([]);
});

test('a file of the same size that keeps an old time is another when its time is another', async () => {
  const { write, follow, look, path } = createHouse();
  write('a.csv', 'one');
  follow(1, 'a.csv');
  await look();
  write('b.csv', 'two');
  utimesSync(path('b.csv'), 1_000, 1_000);
  renameSync(path('b.csv'), path('a.csv'));
  await look();
  expect(await look()).toEqual([1]);
});

test('a file that changed before the watch began, or was never synced, is synced', async () => {
  const { write, follow, look } = createHouse();
  write('a.csv', 'one');
  write('b.csv', 'one');
  follow(1, 'a.csv', Date.now() - 60_000);
  follow(2, 'b.csv', 'never');
  expect(await look()).toEqual([]);
  expect(await look()).toEqual([1, 2]);
});

test('a change that was seen before all lists were synced is none anymore, and a later one is', async () => {
  const { write, follow, look, forgetSeen } = createHouse();
  write('a.csv', 'one');
  write('b.csv', 'one');
  follow(1, 'a.csv', 'never');
  follow(2, 'b.csv', 'never');
  await look();
  write('b.csv', 'one and two');
  forgetSeen();
  expect(await look()).toEqual([]);
  expect(await look()).toEqual([2]);
});

test('a file that is gone is no change, and one that comes back is', async () => {
  const { write, follow, look, path } = createHouse();
  write('a.csv', 'one');
  follow(1, 'a.csv');
  follow(2, 'never.csv');
  await look();
  rmSync(path('a.csv'));
  expect(await look()).toEqual([]);
  write('a.csv', 'one and two');
  await look();
  expect(await look()).toEqual([1]);
});

test('a new CSV file that is not followed is told once, and those that were there are not', async () => {
  const { write, follow, look, path, news } = createHouse();
  write('old.csv', '');
  await look();
  write('new.csv', '');
  write('.hidden.csv', '');
  write('notes.txt', '');
  mkdirSync(path('more'));
  write('mine.csv', '');
  follow(1, 'mine.csv');
  await look();
  await look();
  expect(news).toEqual([path('new.csv')]);
});
