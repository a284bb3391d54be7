import { describe, expect, test } from 'vitest';
import type { JobEvent } from '../../src/downloads/job-events.ts';
import {
  reduceProgress,
  startProgress,
  viewOf,
  type ProgressState,
} from '../../src/downloads/progress-state.ts';
import { isTimeToTell } from '../../src/downloads/time-to-tell.ts';
import type { OutcomeStatus, StageName } from '../../src/tracks/outcome.ts';

const song = { artists: ['A'], artist: 'A', track: 'Song' };
const started = (total: number): JobEvent => ({ type: 'job-started', jobId: 1, total });
const stage = (index: number, of: StageName): JobEvent => ({
  type: 'track-stage',
  index,
  track: song,
  stage: of,
});
const waits = (index: number, of: StageName): JobEvent => ({
  type: 'track-waits',
  index,
  track: song,
  stage: of,
});
const finished = (index: number, status: OutcomeStatus = 'done'): JobEvent => ({
  type: 'track-finished',
  index,
  outcome: { artist: 'A', track: 'Song', status },
});
const paused = (untilMs: number): JobEvent => ({ type: 'paused', untilMs, reason: 'YouTube waits' });

/** The state after events at times. */
function after(...events: readonly (readonly [number, JobEvent])[]): ProgressState {
  return events.reduce((state, [nowMs, event]) => reduceProgress(state, event, nowMs), startProgress());
}

const view = (state: ProgressState, nowMs = 0) => viewOf(state, 'List', { nowMs, visits: [], perHour: 0 });

describe('the lines', () => {
  test('are the songs to which something happens, and no others', () => {
    const state = after(
      [0, started(9)],
      [0, stage(0, 'download')],
      [0, { type: 'track-progress', index: 0, fraction: 0.5, bytesPerSecond: 1_000 }],
      [0, stage(1, 'convert')],
      [0, waits(3, 'convert')],
      [0, finished(2)],
    );
    expect(view(state)).toEqual({
      title: 'List',
      total: 9,
      done: 1,
      failed: 0,
      toReview: 0,
      lines: [
        { label: 'A - Song', stage: 'downloading', fraction: 0.5, bytesPerSecond: 1_000 },
        { label: 'A - Song', stage: 'converting' },
      ],
      queue: '1 waiting to convert, 5 to look up',
    });
  });

  test('never say of a song that waits that it is downloading', () => {
    const state = after(
      [0, started(1)],
      [0, stage(0, 'download')],
      [0, { type: 'track-progress', index: 0, fraction: 1 }],
      [0, waits(0, 'convert')],
    );
    expect(view(state)).toMatchObject({ lines: [], queue: '1 waiting to convert' });
    const late = reduceProgress(state, { type: 'track-progress', index: 0, fraction: 1 }, 0);
    expect(view(late).lines).toEqual([]);
  });

  test('are eight at most, what takes long before what is only looked up', () => {
    const searches = Array.from({ length: 9 }, (_, index) => [0, stage(index, 'match')] as const);
    const state = after([0, started(20)], ...searches, [0, stage(10, 'convert')], [0, stage(11, 'download')]);
    const { lines } = view(state);
    expect(lines.map((line) => line.stage)).toEqual([
      'downloading',
      'converting',
      ...Array.from({ length: 6 }, () => 'searching'),
    ]);
  });

  test('begin anew with each stage', () => {
    const state = after(
      [0, stage(0, 'download')],
      [0, { type: 'track-progress', index: 0, fraction: 0.9 }],
      [0, stage(0, 'convert')],
    );
    expect(view(state).lines).toEqual([{ label: 'A - Song', stage: 'converting' }]);
  });

  test('have the title alone where nobody knows the artist', () => {
    const track = { artists: [], artist: '', track: 'Bare' };
    const state = after([0, { type: 'track-stage', index: 0, track, stage: 'tag' }]);
    expect(view(state).lines).toMatchObject([{ label: 'Bare' }]);
  });

  test('are not made by progress of a song that is not on its way', () => {
    expect(after([0, { type: 'track-progress', index: 7, fraction: 1 }]).lines.size).toBe(0);
  });
});

test('what waits is counted by what it waits for', () => {
  const state = after(
    [0, started(12)],
    [0, waits(0, 'download')],
    [0, waits(1, 'download')],
    [0, waits(2, 'match')],
    [0, stage(3, 'match')],
  );
  expect(view(state).queue).toBe('2 waiting to download, 9 to look up');
});

test.each([
  ['done', 0, 0],
  ['present', 0, 0],
  ['failed', 1, 0],
  ['none', 0, 1],
  ['unsure', 0, 1],
] as const)(
  'a track that is %s counts %d as failed and %d as waiting for the review',
  (status, failed, toReview) => {
    expect(after([0, finished(0, status)])).toMatchObject({ done: 1, failed, toReview });
  },
);

test('a pause says what it waits for, and counts down', () => {
  const state = after([0, started(3)], [3_000, paused(63_500)]);
  expect(view(state, 4_000).notice).toBe('YouTube waits: continuing in 1:00');
  expect(view(after([0, paused(10)]), 20).notice).toMatch(/0:00$/);
});

describe('without a live display', () => {
  const done = (count: number, total: number) =>
    after([0, started(total)], ...Array.from({ length: count }, (_, index) => [0, finished(index)] as const));
  const told = { atMs: 0, done: 0 };

  test('a long list is told of with each tenth, a short one each minute', () => {
    expect(isTimeToTell(done(3, 40), told, 1_000)).toBe(false);
    expect(isTimeToTell(done(4, 40), told, 1_000)).toBe(true);
    expect(isTimeToTell(done(4, 10), told, 1_000)).toBe(false);
    expect(isTimeToTell(done(4, 10), told, 60_000)).toBe(true);
  });

  test('nothing is told where nothing has changed, in a pause, and at the end', () => {
    expect(isTimeToTell(done(4, 40), { atMs: 0, done: 4 }, 600_000)).toBe(false);
    expect(isTimeToTell(reduceProgress(done(4, 40), paused(1e9), 0), told, 600_000)).toBe(false);
    expect(isTimeToTell(done(40, 40), told, 600_000)).toBe(false);
  });
});
