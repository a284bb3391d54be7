import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGate, type Gate } from '../../src/downloads/gate.ts';
import type { JobEvent } from '../../src/downloads/job-events.ts';
import { openStore, type Store } from '../../src/history/store.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const minute = 60_000;
let store: Store;
let clock: ReturnType<typeof createTestClock>;
let events: JobEvent[];

beforeEach(() => {
  clock = createTestClock();
  store = openStore(tempFolder(), clock);
  events = [];
});
afterEach(() => store.close());

function gateOf(perHour: number, signal = new AbortController().signal): Gate {
  return createGate({
    clock,
    store,
    signal,
    emit: (event) => events.push(event),
    commit: (write) => write(),
    config: {
      max_concurrent_downloads: 1,
      downloads_per_hour: perHour,
      download_speed_limit_mbps: 0,
      retry_attempts: 0,
      retry_delay: 0,
      sleep_between: 0,
      trash_days: 30,
      lyrics_url: '',
      sponsorblock_url: '',
      musicbrainz_url: '',
      cover_art_archive_url: '',
    },
  });
}

describe('the videos of an hour', () => {
  test('are as many as the setting says, and the next ones wait until the first is an hour old', async () => {
    const gate = gateOf(3);
    const first = await gate.pass(16);
    expect(first.count).toBe(3);
    for (const id of ['a', 'b', 'c']) first.happened(id);
    first.end(false);
    expect(events).toEqual([]);
    const before = clock.now();
    expect((await gate.pass(1)).count).toBe(1);
    expect(clock.now() - before).toBeGreaterThanOrEqual(60 * minute);
    expect(events.map(({ type }) => type)).toEqual(['paused', 'resumed']);
  });

  test('count once for each video, and those that nobody asked for are given back', async () => {
    const gate = gateOf(10);
    const visits = await gate.pass(5);
    visits.happened('a');
    visits.happened('a');
    visits.end(false);
    expect(store.visits.lastHour()).toHaveLength(1);
  });

  test('count one more where yt-dlp was cut short: it may just have asked', async () => {
    const gate = gateOf(10);
    const visits = await gate.pass(5);
    visits.happened('a');
    visits.end(true);
    expect(store.visits.lastHour()).toHaveLength(2);
  });

  test('have no end at 0', async () => {
    expect((await gateOf(0).pass(1_000)).count).toBe(1_000);
  });
});

describe('a pause', () => {
  test('holds everybody for its time, and tells until when', async () => {
    const gate = gateOf(0);
    expect(gate.isPaused()).toBe(false);
    gate.pause(10 * minute);
    expect(gate.isPaused()).toBe(true);
    const untilMs = clock.now() + 10 * minute;
    await Promise.all([gate.pass(1), gate.pass(1)]);
    expect(clock.now()).toBeGreaterThanOrEqual(untilMs);
    expect(events[0]).toMatchObject({ type: 'paused', untilMs });
    expect(gate.isPaused()).toBe(false);
  });

  test('ends with the signal', async () => {
    const stop = new AbortController();
    const gate = gateOf(0, stop.signal);
    gate.pause(10 * minute);
    stop.abort(new Error('Enough.'));
    await expect(gate.pass(1)).rejects.toThrow('Enough.');
  });
});
