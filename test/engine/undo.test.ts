import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toHarmoniError } from '../../src/errors.ts';
import { track } from '../history/set-up.ts';
import { video } from '../helpers/media.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createUndoBench, type UndoBench } from './undo-bench.ts';

const errorOf = async (work: Promise<unknown>): Promise<ReturnType<typeof toHarmoniError>> =>
  work.then(
    () => toHarmoniError(undefined),
    (error: unknown) => toHarmoniError(error),
  );

const folderAt = (path: string): void => {
  rmSync(path);
  mkdirSync(path);
};
const linkAt = (path: string): void => {
  renameSync(path, `${path}2`);
  symlinkSync(`${path}2`, path);
};

/** A first run, then one that adds, replaces, removes and rewrites. */
async function twoRuns(bench: UndoBench): Promise<{ first: number; second: number }> {
  const first = await bench.run(async ({ publish, playlist }) => {
    await publish('Mix/one', '1');
    await publish('Mix/two', '2');
    await publish('Old/three', '3');
    await playlist('Mix/Mix.m3u8', 'one two');
  });
  const second = await bench.run(async ({ publish, replace, trash, playlist }) => {
    await publish('New/four', '4');
    await replace('Mix/one', '1, better');
    await trash('Old/three');
    await playlist('Mix/Mix.m3u8', 'one, better');
    await playlist('New/New.m3u8', 'four');
  });
  return { first, second };
}

const afterFirst = { 'Mix/Mix.m3u8': 'one two', 'Mix/one': '1', 'Mix/two': '2', 'Old/three': '3' };
const afterSecond = {
  'Mix/Mix.m3u8': 'one, better',
  'Mix/one': '1, better',
  'Mix/two': '2',
  'New/New.m3u8': 'four',
  'New/four': '4',
};

test('a run is taken back, and the undo too, and so on, with the index', async () => {
  const bench = createUndoBench();
  const { second } = await twoRuns(bench);
  expect(bench.files()).toEqual(afterSecond);
  const { id: back = 0, changes } = await bench.undo(second);
  expect(changes.every(({ way }) => way !== undefined)).toBe(true);
  expect(bench.files()).toEqual(afterFirst);
  expect(bench.indexed()).toEqual(['Mix/one', 'Mix/two', 'Old/three']);
  expect(existsSync(bench.at('New'))).toBe(false);
  expect(bench.trashed()).toEqual(['1, better', '4']);

  const { id: forth = 0 } = await bench.undo(back);
  expect(bench.files()).toEqual(afterSecond);
  expect(bench.indexed()).toEqual(['Mix/one', 'Mix/two', 'New/four']);
  expect(bench.trashed()).toEqual(['1', '3']);

  await bench.undo(forth);
  expect(bench.files()).toEqual(afterFirst);
  expect((await bench.plan(second)).changes).toEqual([]);
});

test('without a number each undo goes one run further back', async () => {
  const bench = createUndoBench();
  const { first, second } = await twoRuns(bench);
  for (const expected of [second, first]) {
    const plan = await bench.planLast();
    expect(plan?.run.id).toBe(expected);
    await bench.undo(expected);
  }
  expect(bench.files()).toEqual({});
  expect(bench.indexed()).toEqual([]);
  expect(await bench.planLast()).toBeUndefined();
});

test('an undo that was undone can be undone by its run again', async () => {
  const bench = createUndoBench();
  const { second } = await twoRuns(bench);
  const { id = 0 } = await bench.undo(second);
  await bench.undo(id);
  expect((await bench.planLast())?.run.id).toBe(second);
  await bench.undo(second);
  expect(bench.files()).toEqual(afterFirst);
});

test('a run takes back only what nothing has happened to since', async () => {
  const bench = createUndoBench();
  const { first } = await twoRuns(bench);
  const { changes } = await bench.undo(first);
  const reasons = Object.fromEntries(changes.map(({ path, way, obstacle }) => [path, way ?? obstacle]));
  expect(reasons).toEqual({
    [bench.at('Mix/one')]: 'changed',
    [bench.at('Mix/two')]: 'trash',
    [bench.at('Old/three')]: 'gone',
    [bench.at('Mix/Mix.m3u8')]: 'changed',
  });
  expect(bench.files()).toEqual({
    'Mix/Mix.m3u8': 'one, better',
    'Mix/one': '1, better',
    'New/New.m3u8': 'four',
    'New/four': '4',
  });
});

describe('left alone, with the reason', () => {
  test.each<[string, (path: string) => void, string]>([
    ['a file that was written to', (path) => appendFileSync(path, '!'), 'changed'],
    ['a file with new tags of the same size', (path) => utimesSync(path, 1, 1), 'changed'],
    ['a file that was moved', (path) => renameSync(path, `${path} here`), 'gone'],
    ['a file that was deleted', (path) => rmSync(path), 'gone'],
    ['a folder in its place', folderAt, 'no file'],
    ['a link in its place', linkAt, 'no file'],
  ])('%s', async (_what, change, reason) => {
    const bench = createUndoBench();
    const run = await bench.run(({ publish }) => publish('Mix/one', '1'));
    change(bench.at('Mix/one'));
    const before = readdirSync(bench.library, { recursive: true });
    const { id, changes } = await bench.undo(run);
    expect(changes).toMatchObject([{ obstacle: reason }]);
    expect(id).toBeUndefined();
    expect(readdirSync(bench.library, { recursive: true })).toEqual(before);
  });

  test('a removed file whose name is taken, and one that left the trash', async () => {
    const bench = createUndoBench();
    const { second } = await twoRuns(bench);
    mkdirSync(bench.at('Old'), { recursive: true });
    writeFileSync(bench.at('Old/three'), "the user's");
    rmSync(join(bench.library, '.harmoni', 'trash'), { recursive: true });
    const { changes } = await bench.undo(second);
    const left = changes.filter(({ obstacle }) => obstacle !== undefined);
    expect(left.map(({ obstacle }) => obstacle).toSorted()).toEqual(['not in trash', 'taken']);
    expect(bench.files()).toMatchObject({ 'Old/three': "the user's", 'Mix/one': '1, better' });
  });
});

test('a hard link that a user has elsewhere keeps its content', async () => {
  const bench = createUndoBench();
  const run = await bench.run(({ publish }) => publish('Mix/one', '1'));
  linkSync(bench.at('Mix/one'), bench.at('mine'));
  await bench.undo(run);
  expect(bench.files()).toEqual({ mine: '1' });
});

test('an undone replacement forgets the choice that led to it', async () => {
  const bench = createUndoBench();
  const { store } = bench;
  const song = track('A', 'One');
  await bench.run(({ publish }) => publish('one', '1'));
  const run = await bench.run(({ replace }) => replace('one', '2'), 'redo');
  const { sizeBytes, modifiedMs } = store.files.get(bench.at('one')) ?? { sizeBytes: 1, modifiedMs: 1 };
  const media = video('bbbbbbbbbbb');
  const file = { path: bench.at('one'), sizeBytes, modifiedMs, downloaded: true, media };
  store.files.put(file, ['name:a|one|']);
  store.overrides.set(song, media);
  await bench.undo(run);
  expect(store.overrides.find(song)).toBeUndefined();
});

test('a library that is not mounted ends an undo with one sentence, and nothing happens', async () => {
  const bench = createUndoBench();
  const { second } = await twoRuns(bench);
  renameSync(bench.library, `${bench.library}-away`);
  for (const isEmptyFolder of [false, true]) {
    if (isEmptyFolder) mkdirSync(bench.library);
    const { code, message } = await errorOf(bench.undo(second));
    expect([code, message]).toEqual(['library-missing', `${bench.library} is empty or missing.`]);
  }
  rmSync(bench.library, { recursive: true });
  renameSync(`${bench.library}-away`, bench.library);
  await bench.undo(second);
  expect(bench.files()).toEqual(afterFirst);
});

test('of two HARMONIs that undo at once one is told so', async () => {
  const bench = createUndoBench();
  const { second } = await twoRuns(bench);
  const other = createUndoBench({ library: bench.library, data: bench.data });
  const both = [bench.undo(second), other.undo(second)];
  const ends = await Promise.allSettled(both);
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [toHarmoniError(end.reason)] : []));
  for (const { code, message } of refused) {
    expect(code).toBe('library-busy');
    expect(message).toMatch(/^Another HARMONI is changing your library, since /);
  }
  await bench.undo(second);
  expect(bench.files()).toEqual(afterFirst);
});

test('an undo that is stopped is gone on with by doing it again', async () => {
  const bench = createUndoBench();
  const { second } = await twoRuns(bench);
  const stopped = await bench.undo(second, AbortSignal.abort(new Error('stop')));
  expect(stopped.stoppedBy).toBeDefined();
  expect(bench.files()).toEqual(afterSecond);
  await bench.undo(second);
  expect(bench.files()).toEqual(afterFirst);
});

test.runIf(mayMount)('a trash on another disk keeps and gives back whole files', async () => {
  const library = tempFolder();
  using disk = mountDisk(join(tempFolder(), 'other'), 1_000);
  symlinkSync(disk.folder, join(library, '.harmoni'));
  const bench = createUndoBench({ library });
  const { second } = await twoRuns(bench);
  const { id = 0 } = await bench.undo(second);
  expect(bench.files()).toEqual(afterFirst);
  await bench.undo(id);
  expect(bench.files()).toEqual(afterSecond);
});

test.runIf(mayMount)(
  'a full disk, or one that is read only, stops an undo, and the next goes on',
  async () => {
    const library = tempFolder();
    using disk = mountDisk(join(tempFolder(), 'other'), 400);
    symlinkSync(disk.folder, join(library, '.harmoni'));
    const bench = createUndoBench({ library });
    const run = await bench.run(async ({ publish }) => {
      for (const name of ['a', 'b', 'c']) await publish(name, name.repeat(60_000));
    });
    const whole = bench.files();
    writeFileSync(join(disk.folder, 'filler'), Buffer.alloc(260_000));
    const full = await bench.undo(run);
    expect(full.stoppedBy?.code).toBe('disk-full');
    const left = Object.keys(bench.files());
    expect(left.length).toBeGreaterThan(0);
    expect(left.length + bench.trashed().length).toBe(3);
    rmSync(join(disk.folder, 'filler'));
    await bench.undo(run);
    expect(bench.trashed()).toEqual(Object.values(whole));

    const again = await bench.run(({ publish }) => publish('d', 'd'));
    disk.makeReadOnly();
    expect((await bench.undo(again)).stoppedBy?.code).toBe('output-not-writable');
    expect(bench.files()).toEqual({ d: 'd' });
  },
);
