import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderM3u8 } from '../../src/downloads/m3u8.ts';
import { sha256 } from '../../src/system/files.ts';
import { songOf } from '../helpers/house.ts';
import type { Changer } from './changer.ts';
import { createUndoBench, type UndoBench } from './undo-bench.ts';

const first = async ({ publish, playlist }: Changer): Promise<void> => {
  for (const name of ['a', 'b', 'c', 'd']) await publish(`Mix/${name}`, name);
  await publish('Other/a', 'a again');
  await playlist('Mix/Mix.m3u8', 'a b c d');
};
const before = {
  'Mix/Mix.m3u8': 'a b c d',
  'Mix/a': 'a',
  'Mix/b': 'b',
  'Mix/c': 'c',
  'Mix/d': 'd',
  'Other/a': 'a again',
};

/** A chain, a circle with a stop on its way, a song that makes room, and a playlist file that goes elsewhere. */
const organise = async ({ move, trash, playlist }: Changer): Promise<void> => {
  await move('Mix/c', 'Artist/One/c');
  await move('Mix/b', 'Mix/c');
  await trash('Other/a');
  await move('Mix/a', 'Other/a');
  await move('Mix/d', 'Mix/d (2)');
  await move('Mix/c', 'Mix/d');
  await move('Mix/d (2)', 'Mix/c');
  await playlist('Mix/Mix.m3u8', 'new places');
  await move('Mix/Mix.m3u8', 'Playlists/Mix.m3u8');
};
const after = {
  'Artist/One/c': 'c',
  'Mix/c': 'd',
  'Mix/d': 'b',
  'Other/a': 'a',
  'Playlists/Mix.m3u8': 'new places',
};

async function organised(): Promise<{ bench: UndoBench; run: number }> {
  const bench = createUndoBench();
  await bench.run(first);
  bench.store.lists.add({ library: bench.library, origin: 'x', name: 'Mix', label: 'Mix' });
  bench.store.lists.setPlaylist(bench.library, 'x', bench.at('Mix/Mix.m3u8'), 'sha');
  return { bench, run: await bench.run(organise, 'organise') };
}

const indexedKeys = ({ store, library }: UndoBench): Record<string, string> =>
  Object.fromEntries(
    store.files
      .filesBelow(library)
      .map(({ path }) => [
        path.slice(library.length + 1),
        store.files.keysOf(path).join().slice(`isrc:${library}/`.length),
      ]),
  );

test('moves are taken back and made again, in chains and circles, and what knows the paths follows', async () => {
  const { bench, run } = await organised();
  expect(bench.files()).toEqual(after);
  expect(indexedKeys(bench)).toEqual({
    'Artist/One/c': 'Mix/c',
    'Mix/c': 'Mix/d',
    'Mix/d': 'Mix/b',
    'Other/a': 'Mix/a',
  });
  const playlistFile = (): string | undefined => bench.store.lists.get(bench.library, 'x')?.playlistFile;
  expect(playlistFile()).toBe(bench.at('Playlists/Mix.m3u8'));

  const { id: back = 0, changes } = await bench.undo(run);
  expect(changes.filter(({ way }) => way === undefined)).toEqual([]);
  expect(bench.files()).toEqual(before);
  expect(existsSync(bench.at('Artist'))).toBe(false);
  expect(existsSync(bench.at('Playlists'))).toBe(false);
  expect(playlistFile()).toBe(bench.at('Mix/Mix.m3u8'));
  expect(bench.indexed()).toEqual(['Mix/a', 'Mix/b', 'Mix/c', 'Mix/d', 'Other/a']);
  expect((await bench.plan(run)).changes).toEqual([]);

  const { id: forth = 0, changes: again } = await bench.undo(back);
  expect(again.filter(({ way }) => way === undefined)).toEqual([]);
  expect(bench.files()).toEqual(after);
  expect(playlistFile()).toBe(bench.at('Playlists/Mix.m3u8'));

  await bench.undo(forth);
  expect(bench.files()).toEqual(before);
});

test('a run that was made again can be taken back by its own number', async () => {
  const { bench, run } = await organised();
  const { id = 0 } = await bench.undo(run);
  await bench.undo(id);
  expect(bench.files()).toEqual(after);
  await bench.undo(run);
  expect(bench.files()).toEqual(before);
});

test('what was changed or whose old place is taken stays where it is, and the rest goes back', async () => {
  const { bench, run } = await organised();
  appendFileSync(bench.at('Artist/One/c'), ' retagged');
  writeFileSync(bench.at('Mix/a'), "the user's");
  const { changes } = await bench.undo(run);
  const left = changes.flatMap(({ path, obstacle }) => (obstacle === undefined ? [] : [[path, obstacle]]));
  expect(left).toEqual([
    [bench.at('Other/a'), 'taken'],
    // The song that was there before can't come back either.
    [bench.at('Other/a'), 'taken'],
    [bench.at('Artist/One/c'), 'changed'],
  ]);
  expect(bench.files()).toEqual({
    'Artist/One/c': 'c retagged',
    'Mix/Mix.m3u8': 'a b c d',
    'Mix/a': "the user's",
    'Mix/b': 'b',
    'Mix/d': 'd',
    'Other/a': 'a',
  });
});

test('nothing is moved over a file or a folder, nor a link', async () => {
  const bench = createUndoBench();
  await bench.run(first);
  mkdirSync(bench.at('Mix/folder'));
  await bench.run(async ({ move }) => {
    expect(await move('Mix/a', 'Mix/b')).toBe(false);
    expect(await move('Mix/a', 'Mix/folder')).toBe(false);
    expect(await move('Mix/nothing', 'Mix/e')).toBe(false);
    expect(await move('Mix/folder', 'Mix/e')).toBe(false);
  }, 'organise');
  expect(bench.files()).toEqual(before);
  expect(bench.store.journal.runs(9)).toHaveLength(1);
});

test('a download that is undone takes its songs out of a playlist file that was moved since', async () => {
  const bench = createUndoBench();
  const { store, library } = bench;
  const list = {
    name: 'Mix',
    origin: 'file:mix',
    folder: 'own',
    tracks: [songOf('A', 'One')],
    skipped: [],
  } as const;
  const text = renderM3u8(list, [{ path: 'A - One', artist: 'A', track: 'One', durationMs: 1000 }]);
  const run = await bench.run(async ({ publish, playlist }) => {
    await publish('Mix/A - One', 'sound');
    await playlist('Mix/Mix.m3u8', text);
  });
  store.jobs.end(store.jobs.create([{ list, chosen: [true] }], {}).id);
  store.lists.add({ library, origin: list.origin, name: 'Mix', label: 'Mix' });
  store.lists.setPlaylist(library, list.origin, bench.at('Mix/Mix.m3u8'), sha256(text));
  await bench.run(({ move }) => move('Mix/Mix.m3u8', 'Playlists/Mix.m3u8'), 'organise');
  await bench.run(({ move }) => move('Playlists/Mix.m3u8', 'Lists/Mix.m3u8'), 'organise');
  const plan = await bench.plan(run);
  expect(plan.changes.map(({ way, path }) => [way, path.slice(library.length + 1)])).toEqual([
    ['renew', 'Lists/Mix.m3u8'],
    ['trash', 'Mix/A - One'],
  ]);
  await bench.undo(run);
  expect(bench.files()).toEqual({ 'Lists/Mix.m3u8': renderM3u8(list, []) });
});

test("a playlist file that was moved and that the user deleted isn't made again by an undo", async () => {
  const { bench } = await organised();
  rmSync(bench.at('Playlists/Mix.m3u8'));
  const { changes } = await bench.plan(1);
  expect(changes.filter(({ isPlaylist }) => isPlaylist)).toMatchObject([{ obstacle: 'gone' }]);
});
