import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createChanges } from '../../src/history/changes.ts';
import { hasHappened, settleLost, type Trace } from '../../src/history/settle.ts';
import type { NewStep } from '../../src/history/steps.ts';
import { trashFile } from '../../src/history/trash-file.ts';
import { factsAt, type FileFacts } from '../../src/system/file-facts.ts';
import { nameInTrash, trashOf } from '../../src/system/trash.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from './set-up.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);

function library() {
  const root = tempFolder();
  const data = tempFolder();
  const clock = createTestClock({ startMs: nowMs });
  const store = openTestStore(data, clock);
  const put = (path: string, text: string): string => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return join(root, path);
  };
  const changes = (jobId?: number) =>
    createChanges(store, { kind: 'download', title: 'Mix', library: root, jobId });
  return { root, data, clock, store, put, changes };
}

const file = (sizeBytes: number, inode = '1'): FileFacts => ({ sizeBytes, modifiedMs: 5, inode });
const trace = (at: Trace['at'], kept: Trace['kept'] = 'nothing', changedMs = 0): Trace => ({
  at,
  kept,
  changedMs,
});

test.each([
  ['a new file that is there', file(9), trace(file(9)), true],
  ['a new file that is not', file(9), trace('nothing'), false],
  ['a folder in its place', file(9), trace('no file'), false],
  ['another file in its place', file(9), trace(file(8)), false],
  ['a copy, which has an inode of its own', file(9), trace(file(9, '2'), 'nothing', 8_000), true],
  ['a file of that size from before', file(9), trace(file(9, '2'), 'nothing', 7_999), false],
  ['an old file that is kept and still there', file(9, '2'), trace(file(9), file(9), 20_000), false],
  ['an old file that is kept and replaced', file(9, '2'), trace(file(9, '2'), file(9)), true],
  ['a file that went to the trash', undefined, trace('nothing', file(9)), true],
  ['a file with two names, one in the trash', undefined, trace(file(9), file(9)), false],
] as const)('%s: happened is told from the disk (%#)', (_what, after, found, expected) => {
  expect(hasHappened({ after, plannedAt: 10_000 }, found)).toBe(expected);
});

test('a playlist file was written when it says what it was to say', () => {
  const step = { after: file(9), plannedAt: 10_000, sha256: 'new' };
  expect(hasHappened(step, { ...trace(file(9)), sha256: 'old' })).toBe(false);
  expect(hasHappened(step, { ...trace(file(9)), sha256: 'new' })).toBe(true);
});

test('a step is in the journal before it happens, and done after', async () => {
  const { root, store, put, changes } = library();
  const own = changes();
  const work = put('work', 'a song');
  const path = join(root, 'song');
  const after = await factsAt(work);
  const seen: unknown[] = [];
  await own.make({ kind: 'publish', path, after }, async () => {
    seen.push(...store.journal.steps(own.id() ?? 1).map(({ state }) => state));
    renameSync(work, path);
    return true;
  });
  expect(seen).toEqual(['planned']);
  expect(store.journal.steps(1)).toMatchObject([{ kind: 'publish', path, state: 'done', after }]);
  await own.end();
  expect(store.journal.runs(9)).toMatchObject([{ id: 1, counts: { publish: 1 }, isRunning: false, open: 1 }]);
});

test('what changed nothing is no run, and a resumed job goes on with its own', async () => {
  const { root, store, changes } = library();
  const step: NewStep = { kind: 'publish', path: join(root, 'song'), after: file(1) };
  const first = changes(7);
  expect(await first.make(step, async () => false)).toBe(false);
  await first.end();
  expect(store.journal.runs(9)).toEqual([]);
  for (const path of ['one', 'two']) {
    const own = changes(7);
    await own.make({ ...step, path: join(root, path) }, async () => true);
    await own.end();
  }
  expect(store.journal.runs(9)).toMatchObject([{ jobId: 7, counts: { publish: 2 } }]);
});

test('a file goes to the trash of its library under its own path, and out of the index', async () => {
  const { root, clock, store, put, changes } = library();
  const path = put('Mix/song.mp3', 'a song');
  store.files.put({ path, sizeBytes: 6, modifiedMs: 1, downloaded: true }, ['isrc:A']);
  const own = changes();
  const kept = await trashFile({ changes: own, store, clock }, path);
  expect(kept).toBe(join(trashOf(root), '2026-11-21', 'Mix', 'song.mp3'));
  expect(readFileSync(kept ?? '', 'utf8')).toBe('a song');
  expect(existsSync(path)).toBe(false);
  expect(store.files.get(path)).toBeUndefined();
  expect(store.journal.steps(own.id() ?? 0)).toMatchObject([{ entry: { keys: ['isrc:A'] }, state: 'done' }]);
  // A second one of the name never takes the first one's place.
  put('Mix/song.mp3', 'another');
  expect(await trashFile({ changes: own, store, clock }, path)).toMatch(/song \(2\)\.mp3$/);
  expect(await trashFile({ changes: own, store, clock }, path)).toBeUndefined();
});

test('the next HARMONI settles what a killed one left, unless the library is not mounted', async () => {
  const { root, data, store, put, changes } = library();
  const [there, moving] = [put('there', 'new'), put('moving', 'old')];
  const own = changes();
  const killed = new Error('killed');
  const dies = async (step: NewStep): Promise<void> => {
    const make = own.make(step, async () => Promise.reject(killed));
    await expect(make).rejects.toBe(killed);
  };
  await dies({ kind: 'publish', path: there, after: await factsAt(there) });
  await dies({ kind: 'publish', path: join(root, 'never'), after: file(3) });
  const kept = nameInTrash(moving, { library: root, nowMs }, 1);
  mkdirSync(dirname(kept), { recursive: true });
  linkSync(moving, kept);
  await dies({ kind: 'trash', path: moving, kept });
  store.close();

  const next = openTestStore(data, createTestClock({ startMs: nowMs }));
  renameSync(root, `${root}-away`);
  mkdirSync(root);
  await settleLost(next);
  expect(next.journal.lost()).toHaveLength(1);
  rmSync(root, { recursive: true });
  renameSync(`${root}-away`, root);
  await settleLost(next);
  expect(next.journal.lost()).toEqual([]);
  expect(next.journal.steps(1)).toMatchObject([{ path: there, state: 'done' }]);
  // The half of a move that had happened is taken back.
  expect(existsSync(kept)).toBe(false);
  expect(readFileSync(moving, 'utf8')).toBe('old');
});
