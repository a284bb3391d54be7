import { expect, test } from 'vitest';
import { keepWatch } from '../../src/automation/watch.ts';
import { readSchedule } from '../../src/config/schedule.ts';
import { createTestClock, type TestClock } from '../helpers/clock.ts';

const hourMs = 3_600_000;

interface Course {
  readonly words?: string;
  readonly from: string;
  readonly hours: number;
  /** When the last whole sync began; now, when nothing is said. */
  readonly since?: string | undefined;
  readonly random?: number;
  /** Lists whose files had changed before. */
  readonly files?: readonly number[];
  /** What happens after so many hours of the monotonic time. */
  readonly events?: Readonly<Record<number, (clock: TestClock, files: number[]) => void>>;
  /** How long a sync takes, and whether another HARMONI is in its way. */
  readonly sync?: (clock: TestClock, runs: number) => 'done' | 'failed' | 'busy';
}

/** Watches for some hours, and tells each sync with its time in UTC. */
async function watched(course: Course): Promise<readonly string[]> {
  const clock = createTestClock({ startMs: Date.parse(course.from) });
  const beganMs = clock.monotonicMs();
  const schedule = readSchedule(course.words ?? 'daily at 03:30', 'Europe/Berlin');
  const stop = new AbortController();
  const runs: string[] = [];
  const files = [...(course.files ?? [])];
  const events = Object.entries(course.events ?? {})
    .map(([hour, act]) => ({ hour: Number(hour), act }))
    .sort((a, b) => a.hour - b.hour);
  const ports = {
    clock,
    random: () => course.random ?? 0,
    schedule: () => (typeof schedule === 'object' ? schedule : undefined),
    files: { look: () => Promise.resolve(files.splice(0)), forgetSeen: () => undefined },
    sync: (trigger: string, ids: readonly number[] | undefined) => {
      const time = new Date(clock.now()).toISOString().slice(5, 16);
      runs.push(`${time} ${trigger}${ids === undefined ? '' : ` ${ids.join()}`}`);
      return Promise.resolve(course.sync?.(clock, runs.length) ?? 'done');
    },
    onLook: () => {
      const hours = (clock.monotonicMs() - beganMs) / hourMs;
      while (events[0] !== undefined && events[0].hour <= hours) events.shift()?.act(clock, files);
      if (hours >= course.hours) stop.abort(new Error('The test ends.'));
      return Promise.resolve();
    },
    onFault: (thrown: unknown) => void runs.push(String(thrown)),
  };
  await keepWatch(ports, Date.parse(course.since ?? course.from), stop.signal);
  return runs;
}

test('a run that was missed is made up for once, however many were', async () => {
  const since = '2026-11-01T12:00Z';
  expect(await watched({ from: '2026-11-21T12:00Z', since, hours: 20 })).toEqual([
    '11-21T12:00 catch-up',
    '11-22T02:30 schedule',
  ]);
});

test('nothing is made up for where nothing was missed, or the clock was ahead when it ran last', async () => {
  const course = { from: '2026-11-21T12:00Z', hours: 10 };
  expect(await watched({ ...course, since: '2026-11-21T03:00Z' })).toEqual([]);
  expect(await watched({ ...course, since: '2027-11-21T03:00Z' })).toEqual([]);
});

test('in spring the run in the hour that is left out comes right after it, and in autumn it comes once', async () => {
  const words = 'daily at 02:30';
  expect(await watched({ words, from: '2026-03-28T12:00Z', hours: 40 })).toEqual([
    '03-29T01:00 schedule',
    '03-30T00:30 schedule',
  ]);
  expect(await watched({ words, from: '2026-10-24T12:00Z', hours: 40 })).toEqual([
    '10-25T00:30 schedule',
    '10-26T01:30 schedule',
  ]);
});

test('a clock that is a month ahead causes one run, and one that comes back no stop', async () => {
  const runs = await watched({
    from: '2026-11-21T12:00Z',
    hours: 40,
    events: {
      1: (clock) => clock.setOff(30 * 24 * hourMs),
      2: (clock) => clock.setOff(0),
    },
  });
  expect(runs).toEqual(['12-21T13:00 schedule', '11-22T02:30 schedule', '11-23T02:30 schedule']);
});

test('a clock that jumps back an hour causes no more than one run again', async () => {
  const runs = await watched({
    from: '2026-11-22T02:00Z',
    hours: 6,
    events: { 1: (clock) => clock.setOff(-hourMs) },
  });
  expect(runs).toEqual(['11-22T02:30 schedule', '11-22T02:30 schedule']);
});

test('a run begins up to ten minutes later, and up to a tenth of the time between two', async () => {
  const course = { from: '2026-11-22T02:00Z', random: 0.9 };
  expect(await watched({ ...course, hours: 2 })).toEqual(['11-22T02:39 schedule']);
  expect(await watched({ ...course, words: 'every 20 minutes', hours: 0.5 })).toEqual([
    '11-22T02:21 schedule',
  ]);
});

test('what is due while a sync runs is not run again', async () => {
  const runs = await watched({
    words: 'every 10 minutes',
    from: '2026-11-22T02:05Z',
    hours: 1,
    sync: (clock) => {
      clock.pass(34 * 60_000);
      return 'done';
    },
  });
  expect(runs).toEqual(['11-22T02:10 schedule', '11-22T02:50 schedule']);
});

test('while another HARMONI syncs, it is tried again every minute', async () => {
  const runs = await watched({
    from: '2026-11-22T02:29Z',
    hours: 0.2,
    sync: (_clock, many) => (many < 3 ? 'busy' : 'done'),
  });
  expect(runs.map((run) => run.slice(6))).toEqual(['02:30 schedule', '02:31 schedule', '02:32 schedule']);
});

test('a changed file is synced right away, and a whole sync does it too', async () => {
  const course = { from: '2026-11-22T01:00Z', hours: 1 };
  const change = { 0.5: (_clock: TestClock, files: number[]) => void files.push(7, 8, 7) };
  expect(await watched({ ...course, events: change })).toEqual(['11-22T01:30 file 7,8']);
  const since = '2026-11-20T12:00Z';
  expect(await watched({ ...course, since, files: [7, 8] })).toEqual(['11-22T01:00 catch-up']);
});

test('a changed file whose sync fails is not forgotten: it is tried again each hour, and when a file changes', async () => {
  const course = { words: 'off', from: '2026-11-22T01:00Z', hours: 3 };
  const sync = (_clock: TestClock, many: number) => (many < 3 ? 'failed' : 'done');
  const change = (id: number) => (_clock: TestClock, files: number[]) => void files.push(id);
  expect(await watched({ ...course, sync, events: { 0.5: change(7), 1: change(8) } })).toEqual([
    '11-22T01:30 file 7',
    '11-22T02:00 file 7,8',
    '11-22T03:00 file 7,8',
  ]);
});

test('a whole sync that fails is tried again when the next is due', async () => {
  const runs = await watched({ from: '2026-11-22T02:29Z', hours: 30, sync: () => 'failed' });
  expect(runs).toEqual(['11-22T02:30 schedule', '11-23T02:30 schedule']);
});

test('without a schedule only files are synced', async () => {
  const events = { 1: (_clock: TestClock, files: number[]) => void files.push(7) };
  expect(await watched({ words: 'off', from: '2026-11-22T00:00Z', hours: 30, events })).toEqual([
    '11-22T01:00 file 7',
  ]);
});

test('a look that fails is told, and the next one goes on', async () => {
  const events = {
    0.1: () => {
      throw new Error('The store is busy.');
    },
  };
  expect(await watched({ from: '2026-11-22T02:00Z', hours: 1, events })).toEqual([
    'Error: The store is busy.',
    '11-22T02:30 schedule',
  ]);
});

test('one that is told to end while it syncs begins nothing anymore', async () => {
  const clock = createTestClock();
  const stop = new AbortController();
  let syncs = 0;
  const ports = {
    clock,
    random: () => 0,
    schedule: () => undefined,
    files: { look: () => Promise.resolve([1]), forgetSeen: () => undefined },
    sync: () => {
      syncs += 1;
      stop.abort(new Error('Stop.'));
      return Promise.resolve('done' as const);
    },
    onLook: () => Promise.resolve(),
    onFault: () => undefined,
  };
  await keepWatch(ports, clock.now(), stop.signal);
  expect(syncs).toBe(1);
});
