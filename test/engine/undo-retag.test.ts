import { linkSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createChanges } from '../../src/history/changes.ts';
import { settleLost } from '../../src/history/settle.ts';
import { openTestStore } from '../history/set-up.ts';
import { createChanger, type Changer } from './changer.ts';
import { createUndoBench, type UndoBench } from './undo-bench.ts';

const sound = 'the sound of a song '.repeat(200);
const old = (name: string): string => `${name} ${sound}`;

async function twoSongs(): Promise<UndoBench> {
  const bench = createUndoBench();
  await bench.run(async ({ publish }) => {
    for (const name of ['a', 'b']) await publish(`Mix/${name}`, old(name));
  });
  utimesSync(bench.at('Mix/a'), 1_700_000_000.123, 1_700_000_000.123);
  await bench.run(({ publish }) => publish('Mix/c', old('c')));
  bench.store.files.put(
    { path: bench.at('Mix/a'), sizeBytes: old('a').length, modifiedMs: 1_700_000_000_123, downloaded: true },
    ['isrc:A'],
  );
  return bench;
}

const retagged = async ({ retag }: Changer): Promise<void> => {
  await retag(['Mix/a'], `cover and more ${sound} end`);
  await retag(['Mix/b'], `B ${sound}`);
};

test('tags are taken back without a copy in the trash, with the time of the file, and given again', async () => {
  const bench = await twoSongs();
  const before = bench.files();
  const run = await bench.run(retagged, 'enrich');
  const after = bench.files();
  expect(after['Mix/a']).toBe(`cover and more ${sound} end`);
  expect(bench.trashed()).toEqual([]);
  const kept = bench.store.journal.steps(run).map(({ content }) => content?.length ?? Infinity);
  expect(Math.max(...kept)).toBeLessThan(100);

  expect((await bench.plan(run)).changes.map(({ way }) => way)).toEqual(['retag', 'retag']);
  const undone = await bench.undo(run);
  expect(bench.files()).toEqual(before);
  expect(Math.round(statSync(bench.at('Mix/a')).mtimeMs)).toBe(1_700_000_000_123);
  expect(bench.store.files.get(bench.at('Mix/a'))?.modifiedMs).toBe(1_700_000_000_123);
  expect(bench.store.files.keysOf(bench.at('Mix/a'))).toEqual(['isrc:A']);
  expect(bench.store.journal.run(run)?.open).toBe(0);

  const redone = await bench.undo(undone.id ?? 0);
  expect(bench.files()).toEqual(after);
  expect(bench.store.files.keysOf(bench.at('Mix/a'))).toContain(`says:${after['Mix/a']}`);
  expect(bench.store.journal.run(run)?.open).toBe(2);
  await bench.undo(redone.id ?? 0);
  expect(bench.files()).toEqual(before);
  // What came before can be taken back, too: the file is as it left it.
  await bench.undo(2);
  expect(Object.keys(bench.files())).toEqual(['Mix/a', 'Mix/b']);
});

test('a song that was changed since, in size, time or content alone, keeps its tags', async () => {
  const bench = await twoSongs();
  const run = await bench.run(retagged, 'enrich');
  const path = bench.at('Mix/b');
  const { atime, mtime } = statSync(path);
  writeFileSync(path, `X ${sound}`);
  utimesSync(path, atime, mtime);
  writeFileSync(bench.at('Mix/a'), 'mine');
  const { changes } = await bench.undo(run);
  expect(changes.map(({ obstacle }) => obstacle)).toEqual(['changed', 'changed']);
  expect(bench.files()).toMatchObject({ 'Mix/a': 'mine', 'Mix/b': `X ${sound}` });
});

test('what a run did to a song after other things is taken back in its turn', async () => {
  const bench = await twoSongs();
  const before = bench.files();
  const run = await bench.run(async ({ retag, replace, publish, move }) => {
    await retag(['Mix/a'], `1 ${sound}`);
    await retag(['Mix/a'], `2 ${sound}`);
    await retag(['Mix/b'], `1 ${sound}`);
    await replace('Mix/b', 'better');
    await retag(['Mix/b'], 'better with tags');
    await publish('Mix/d', old('d'));
    await retag(['Mix/d'], `D ${sound}`);
    await retag(['Mix/c'], `1 ${sound}`);
    await move('Mix/c', 'Mix/e');
    await retag(['Mix/e'], `2 ${sound}`);
  });
  const after = bench.files();
  const plan = await bench.plan(run);
  expect(plan.changes.map(({ way, path }) => `${way} ${path.at(-1)}`)).toEqual([
    'retag e',
    'move e',
    'retag c',
    'trash d',
    'swap b',
    'retag b',
    'retag a',
    'retag a',
  ]);
  const undone = await bench.undo(run);
  expect(undone.changes.filter(({ obstacle }) => obstacle !== undefined)).toEqual([]);
  expect(bench.files()).toEqual(before);
  expect(bench.store.journal.run(run)?.open).toBe(0);
  await bench.undo(undone.id ?? 0);
  expect(bench.files()).toEqual(after);
  expect(bench.store.journal.run(undone.id ?? 0)?.open).toBe(0);
  await bench.undo(run);
  expect(bench.files()).toEqual(before);
});

test('the names of one file stay the names of one, there and back', async () => {
  const bench = await twoSongs();
  for (const name of ['x', 'y']) linkSync(bench.at('Mix/a'), bench.at(`Mix/${name}`));
  const inodes = (): number =>
    new Set(['a', 'x', 'y'].map((name) => statSync(bench.at(`Mix/${name}`)).ino)).size;
  const run = await bench.run(({ retag }) => retag(['Mix/a', 'Mix/x', 'Mix/y'], `new ${sound}`), 'enrich');
  expect(bench.files()).toMatchObject({ 'Mix/x': `new ${sound}`, 'Mix/y': `new ${sound}` });
  expect(inodes()).toBe(1);
  const { id = 0 } = await bench.undo(run);
  expect(bench.files()).toMatchObject({ 'Mix/a': old('a'), 'Mix/y': old('a') });
  expect(inodes()).toBe(1);
  await bench.undo(id);
  expect(bench.files()).toMatchObject({ 'Mix/a': `new ${sound}`, 'Mix/y': `new ${sound}` });
  expect(inodes()).toBe(1);
});

test('a file that is too large, or too different, is kept in the trash instead', async () => {
  const bench = await twoSongs();
  const before = bench.files();
  const run = await bench.run(async ({ retag, publish }) => {
    await retag(['Mix/a'], `new ${sound}`, { isSmall: false });
    await publish('Mix/large', 'x'.repeat(2 ** 21));
  });
  expect(bench.trashed()).toEqual([old('a')]);
  const small = await bench.run(({ retag }) => retag(['Mix/large'], 'nothing alike'));
  expect(bench.store.journal.steps(small).map(({ kind }) => kind)).toEqual(['replace']);
  await bench.undo(small);
  await bench.undo(run);
  expect(bench.files()).toEqual(before);
});

test('a song that changes while its new tags are made is left alone', async () => {
  const bench = await twoSongs();
  const changes = createChanges(bench.store, { kind: 'enrich', title: 'x', library: bench.library });
  const change = createChanger(bench.store, bench.library, changes);
  const meanwhile = (): void => {
    writeFileSync(bench.at('Mix/a'), 'mine');
  };
  expect(await change.retag(['Mix/a'], `new ${sound}`, { meanwhile })).toBe(false);
  expect(
    await change.retag(['Mix/b'], `new ${sound}`, {
      isSmall: false,
      meanwhile: () => {
        writeFileSync(bench.at('Mix/b'), 'mine, too');
      },
    }),
  ).toBe(false);
  expect(bench.trashed()).toEqual([]);
  await changes.end();
  expect(readFileSync(bench.at('Mix/a'), 'utf8')).toBe('mine');
  expect(changes.id() === undefined ? undefined : bench.store.journal.run(changes.id() ?? 0)).toBeUndefined();
});

test('the next HARMONI finishes the names of a file that a killed one left half retagged', async () => {
  const bench = await twoSongs();
  linkSync(bench.at('Mix/a'), bench.at('Mix/x'));
  // A dead HARMONI's store: its run is open, and only the last name has the new file.
  const store = openTestStore(bench.data);
  const changes = createChanges(store, { kind: 'enrich', title: 'x', library: bench.library });
  const { retag } = createChanger(store, bench.library, changes);
  await retag(['Mix/a', 'Mix/x'], `new ${sound}`);
  const run = changes.id() ?? 0;
  const [step] = store.journal.steps(run);
  // The disk as it was before the first name got its link.
  writeFileSync(bench.at('Mix/old'), old('a'));
  expect(step?.path).toBe(bench.at('Mix/a'));
  bench.store.journal.drop(step?.id ?? 0);
  renameSync(bench.at('Mix/old'), bench.at('Mix/a'));
  bench.store.journal.plan(run, step ?? { kind: 'retag', path: '' });
  store.close();
  await settleLost(bench.store);
  expect(bench.store.journal.openSteps(run)).toEqual([]);
  expect(readFileSync(bench.at('Mix/a'), 'utf8')).toBe(`new ${sound}`);
  expect(statSync(bench.at('Mix/a')).ino).toBe(statSync(bench.at('Mix/x')).ino);
  await bench.undo(run);
  expect(readFileSync(bench.at('Mix/a'), 'utf8')).toBe(old('a'));
  expect(statSync(bench.at('Mix/a')).ino).toBe(statSync(bench.at('Mix/x')).ino);
});
