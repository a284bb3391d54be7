import { expect, onTestFinished, test } from 'vitest';
import { openStore, type Store } from '../../src/history/store.ts';
import type { SyncSummary } from '../../src/history/syncs.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const clock = createTestClock();

function storesOf(many: number): Store[] {
  const folder = tempFolder();
  const stores = Array.from({ length: many }, () => openStore(folder, clock));
  onTestFinished(() => {
    for (const store of stores) store.close();
  });
  return stores;
}

const summaryAt = (startedAt: string): SyncSummary => ({
  trigger: 'schedule',
  startedAt,
  endedAt: startedAt,
  lists: 1,
  downloaded: 0,
  failed: 0,
  review: 0,
  removed: 0,
  trashed: 0,
  held: [],
  failedLists: [],
});

test('a turn is one HARMONI at a time, each kind by itself, and ends with its process', () => {
  const [one, two] = storesOf(2);
  if (one === undefined || two === undefined) throw new Error('There are two.');
  expect(one.turns.take('sync')).toBeUndefined();
  const holder = { pid: process.pid, since: clock.now() };
  expect(two.turns.take('sync')).toMatchObject(holder);
  expect(one.turns.take('sync')).toMatchObject(holder);
  expect(two.turns.take('watch')).toBeUndefined();
  two.turns.release('sync');
  expect(two.turns.holder('sync')).toMatchObject(holder);
  // What is left of a HARMONI that was killed is a row whose lock is gone.
  one.instance.end();
  expect(two.turns.take('sync')).toBeUndefined();
});

test('a turn that the store could not give back is not in the way of the next sync of its own watch', () => {
  const [one, two] = storesOf(2);
  if (one === undefined || two === undefined) throw new Error('There are two.');
  one.turns.take('sync');
  one.database.exec('PRAGMA query_only = 1');
  expect(() => one.turns.release('sync')).not.toThrow();
  one.database.exec('PRAGMA query_only = 0');
  expect(one.turns.holder('sync')).toBeUndefined();
  expect(one.turns.take('sync')).toBeUndefined();
  expect(two.turns.take('sync')).toMatchObject({ pid: process.pid });
  one.turns.release('sync');
  expect(two.turns.take('sync')).toBeUndefined();
});

test('of old syncs the last whole one is kept, by library', () => {
  const [store] = storesOf(1);
  if (store === undefined) throw new Error('There is one.');
  const { syncs } = store;
  expect([syncs.last('/a'), syncs.lastWholeMs('/a')]).toEqual([undefined, undefined]);
  const whole = '2026-11-01T02:30:00.000Z';
  syncs.add('/a', summaryAt(whole), true);
  for (let day = 0; day < 130; day += 1)
    syncs.add('/a', summaryAt(new Date(Date.parse(whole) + day).toISOString()), false);
  syncs.add('/b', summaryAt('2026-11-02T02:30:00.000Z'), true);
  expect(syncs.lastWholeMs('/a')).toBe(Date.parse(whole));
  expect(syncs.last('/a')?.startedAt).toBe(new Date(Date.parse(whole) + 129).toISOString());
  expect(syncs.lastWholeMs('/b')).toBe(Date.parse('2026-11-02T02:30:00.000Z'));
  const { count } = store.database.prepare('SELECT count(*) AS count FROM syncs').get() ?? {};
  expect(count).toBe(101);
});
