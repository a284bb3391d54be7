import { expect, test } from 'vitest';
import type { JobEvent } from '../../src/downloads/job-events.ts';
import { allowanceOf } from '../../src/downloads/pacing.ts';
import { reduceProgress, startProgress, viewOf } from '../../src/downloads/progress-state.ts';
import type { StageName } from '../../src/tracks/outcome.ts';
import { createRandom, testSeed } from '../helpers/random.ts';

/** A job as it would run: how long each song takes where, in ms, and how many songs at a time. */
interface Course {
  readonly songs: number;
  readonly download: () => number;
  readonly convert: () => number;
  readonly processes: number;
  readonly cores: number;
  /** downloads_per_hour */
  readonly perHour: number;
  /** Every so manieth song is there already. */
  readonly presentEvery?: number;
}

interface Said {
  readonly atMs: number;
  readonly done: number;
  readonly etaMs: number | undefined;
}

const track = { artists: ['A'], artist: 'A', track: 'Song' };

/** Plays a job event by event. @returns when it ended, and what the display said with each song and each minute */
function play(course: Course): { readonly endMs: number; readonly said: readonly Said[] } {
  const events: { atMs: number; event: JobEvent }[] = [];
  const add = (atMs: number, event: JobEvent): void => void events.push({ atMs, event });
  const at = (index: number, stage: StageName, type: 'track-stage' | 'track-waits', atMs: number): void =>
    add(atMs, { type, index, track, stage });
  const free = { download: [0, 0].slice(0, course.processes), convert: [0, 0].slice(0, course.cores) };
  const earliest = (lanes: number[]): number => lanes.indexOf(Math.min(...lanes));
  const visits: number[] = [];
  /** When the convert queue had room again: downloads run ahead by so many songs, and no more. */
  const converted: number[] = [];
  for (let index = 0; index < course.songs; index += 1) {
    const lane = earliest(free.download);
    const roomMs = converted[index - 34] ?? 0;
    let beginMs = Math.max(free.download[lane] ?? 0, roomMs);
    if (course.presentEvery !== undefined && index % course.presentEvery === 0) {
      add(beginMs, {
        type: 'track-finished',
        index,
        outcome: { artist: 'A', track: 'Song', status: 'present' },
      });
      converted[index] = beginMs;
      continue;
    }
    const allowedMs = allowanceOf(visits, course.perHour).nextAtMs ?? 0;
    if (allowedMs > beginMs) {
      add(beginMs, { type: 'paused', untilMs: allowedMs, reason: 'the hour is full' });
      add(allowedMs, { type: 'resumed' });
      beginMs = allowedMs;
    }
    visits.push(beginMs);
    const downloadedMs = beginMs + course.download();
    free.download[lane] = downloadedMs;
    const core = earliest(free.convert);
    const convertMs = Math.max(downloadedMs, free.convert[core] ?? 0);
    const endMs = convertMs + course.convert();
    free.convert[core] = endMs;
    converted[index] = endMs;
    at(index, 'download', 'track-waits', Math.max(0, beginMs - 1));
    at(index, 'download', 'track-stage', beginMs);
    at(index, 'convert', 'track-waits', downloadedMs);
    at(index, 'convert', 'track-stage', convertMs);
    at(index, 'check', 'track-waits', endMs);
    add(endMs, { type: 'track-finished', index, outcome: { artist: 'A', track: 'Song', status: 'done' } });
  }
  // Sorted by time; those of one moment stay in their order.
  events.sort((a, b) => a.atMs - b.atMs);
  let state = reduceProgress(startProgress(), { type: 'job-started', jobId: 1, total: course.songs }, 0);
  const said: Said[] = [];
  const look = (atMs: number): void => {
    const recent = visits.filter((visit) => visit <= atMs && visit > atMs - 3_600_000);
    const limit = { nowMs: atMs, visits: recent, perHour: course.perHour };
    said.push({ atMs, done: state.done, etaMs: viewOf(state, '', limit).etaMs });
  };
  let tickMs = 0;
  for (const { atMs, event } of events) {
    // The display is drawn in between, too, and while it waits.
    for (; tickMs < atMs; tickMs += 60_000) look(tickMs);
    state = reduceProgress(state, event, atMs);
    if (event.type === 'track-finished') look(atMs);
  }
  return { endMs: events.at(-1)?.atMs ?? 0, said };
}

/** The last moments are seconds, of which a fifth is less than a song. */
const songMs = 6_000;

/** How far off the time left was, at worst, from a song on. */
function worst({ endMs, said }: ReturnType<typeof play>, from: number): number {
  const heard = said.filter(({ done }) => done >= from);
  const errors = heard.map(({ atMs, etaMs }) => {
    const left = endMs - atMs;
    return Math.max(0, Math.abs((etaMs ?? Number.NaN) - left) - songMs) / Math.max(left, songMs);
  });
  return Math.max(...errors);
}

test(`is within a fifth from the tenth song on, whatever the run waits for (seed ${testSeed})`, () => {
  const random = createRandom(testSeed);
  const about = (ms: number) => () => random.between(ms * 0.8, ms * 1.2);
  const runs = {
    'a fast line, as MP3': {
      songs: 100,
      download: about(150),
      convert: about(1_900),
      processes: 1,
      cores: 2,
      perHour: 0,
    },
    'a slow line, as it comes': {
      songs: 60,
      download: about(9_000),
      convert: () => 30,
      processes: 2,
      cores: 2,
      perHour: 0,
    },
    '1,000 songs at 300 an hour': {
      songs: 1_000,
      download: about(400),
      convert: () => 30,
      processes: 1,
      cores: 2,
      perHour: 300,
    },
  };
  const errors = Object.entries(runs).map(([name, course]) => [name, worst(play(course), 10)] as const);
  for (const [name, error] of errors) expect(error, name).toBeLessThan(0.2);
});

test('songs that are there already take no time, and are not taken for ones to download', () => {
  const course = {
    songs: 400,
    download: () => 1_000,
    convert: () => 10,
    processes: 1,
    cores: 2,
    perHour: 0,
    presentEvery: 2,
  };
  expect(worst(play(course), 20)).toBeLessThan(0.2);
});

test('is not said before a few songs have shown it', () => {
  const { said } = play({
    songs: 9,
    download: () => 1_000,
    convert: () => 10,
    processes: 1,
    cores: 2,
    perHour: 0,
  });
  const after = (songs: number) => said.find(({ done }) => done === songs)?.etaMs;
  expect([after(1), after(2)]).toEqual([undefined, undefined]);
  expect(after(3)).toBeDefined();
});

test('a pause of YouTube counts', () => {
  let state = startProgress();
  const events: [number, JobEvent][] = [
    [0, { type: 'job-started', jobId: 1, total: 10 }],
    ...[0, 1, 2, 3].flatMap((index): [number, JobEvent][] => [
      [1_000 * index, { type: 'track-stage', index, track, stage: 'download' }],
      [1_000 * (index + 1), { type: 'track-waits', index, track, stage: 'convert' }],
      [
        1_000 * (index + 1),
        { type: 'track-finished', index, outcome: { artist: 'A', track: 'Song', status: 'done' } },
      ],
    ]),
    [4_000, { type: 'paused', untilMs: 604_000, reason: 'YouTube waits' }],
  ];
  for (const [atMs, event] of events) state = reduceProgress(state, event, atMs);
  const left = (nowMs: number) => viewOf(state, '', { nowMs, visits: [], perHour: 0 }).etaMs;
  expect(left(4_000)).toBe(606_000);
  expect(left(304_000)).toBe(306_000);
});
