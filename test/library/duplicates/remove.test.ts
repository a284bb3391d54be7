import { existsSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestStore } from '../../history/set-up.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { createDuplicatesBench } from './duplicates-bench.ts';

function benchOf(songs: number) {
  const library = tempFolder();
  const store = openTestStore();
  const bench = createDuplicatesBench(library, store);
  bench.fill(songs);
  return { ...bench, library, store };
}

test('the worse copies go to the trash, playlists lead to the better ones, and an undo takes all of it back', async () => {
  const bench = benchOf(3);
  const before = bench.files();
  const end = await bench.removeAll();
  expect(end).toMatchObject({ left: [], stoppedBy: undefined });
  expect(end.removed).toHaveLength(3);
  expect(Object.keys(bench.files()).filter((path) => path.endsWith('.mp3'))).toEqual([]);
  expect(readFileSync(bench.playlist, 'utf8')).toContain('\n../Better/Song 0.opus\n');
  expect(bench.deadLines()).toEqual([]);
  expect((await bench.find()).groups).toEqual([]);
  await bench.takeBack(end.id ?? 0);
  expect(bench.files()).toEqual(before);
  expect((await bench.find()).groups).toHaveLength(3);
});

test('what the removed one was known by leads to the one that stays, so that a sync fetches neither again', async () => {
  const bench = benchOf(1);
  const { store, library } = bench;
  await bench.removeAll();
  const gone = 'uri:spotify:track:Worse/Song 0.mp3';
  expect(store.files.findByKeys([gone]).map(({ path }) => path)).toEqual([
    join(library, 'Better', 'Song 0.opus'),
  ]);
});

test('a file that somebody changed since the scan is left alone, with its playlist', async () => {
  const bench = benchOf(2);
  writeFileSync(join(bench.library, 'Worse', 'Song 0.mp3'), 'another recording');
  const end = await bench.removeAll();
  expect(end.left).toEqual([join(bench.library, 'Worse', 'Song 0.mp3')]);
  expect(end.removed).toEqual([join(bench.library, 'Worse', 'Song 1.mp3')]);
  expect(readFileSync(bench.playlist, 'utf8')).toMatch(/\nSong 0\.mp3\n[^]*\n\.\.\/Better\/Song 1\.opus\n/);
});

test('a copy that stays but has gone meanwhile costs the other one nothing', async () => {
  const bench = benchOf(1);
  const { rmSync } = await import('node:fs');
  rmSync(join(bench.library, 'Better', 'Song 0.opus'));
  expect(await bench.removeAll()).toMatchObject({ removed: [] });
  expect(existsSync(join(bench.library, 'Worse', 'Song 0.mp3'))).toBe(true);
});

test('all names of a removed copy go, and names of the one that stays are no copies', async () => {
  const bench = benchOf(1);
  const worse = join(bench.library, 'Worse', 'Song 0.mp3');
  const better = join(bench.library, 'Better', 'Song 0.opus');
  for (const [path, name] of [
    [worse, 'Also worse.mp3'],
    [better, 'Also better.opus'],
  ] as const) {
    const link = join(bench.library, name);
    linkSync(path, link);
    const known = bench.store.files.get(path);
    if (known === undefined) throw new Error('not indexed');
    bench.store.files.put(
      { ...known, path: link },
      bench.store.files.keysOf(path),
      bench.store.files.factsOf(path),
    );
  }
  const end = await bench.removeAll();
  expect(end.removed.toSorted()).toEqual([join(bench.library, 'Also worse.mp3'), worse].toSorted());
  expect(existsSync(join(bench.library, 'Also better.opus')) && existsSync(better)).toBe(true);
});
