import { describe, expect, test } from 'vitest';
import type { JobEvent } from '../../src/downloads/job-events.ts';
import {
  reduceProgress,
  startProgress,
  viewOf,
  type ProgressState,
} from '../../src/downloads/progress-state.ts';
import type { OutcomeStatus } from '../../src/tracks/outcome.ts';

const song = { artists: ['A'], artist: 'A', track: 'Song' };
const started = (total: number): JobEvent => ({ type: 'job-started', jobId: 1, total });
const stage = (index: number, of: 'match' | 'download' | 'convert'): JobEvent => ({
  type: 'track-stage',
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
  return events.reduce((state, [nowMs, event]) => reduceProgress(state, event, nowMs), startProgress(0));
}

describe('the lines', () => {
  test('are the tracks in flight, with what happens to them', () => {
    const state = after(
      [0, started(3)],
      [0, stage(0, 'download')],
      [0, { type: 'track-progress', index: 0, fraction: 0.5, bytesPerSecond: 1_000 }],
      [0, stage(1, 'convert')],
      [0, finished(2)],
    );
    expect(viewOf(state, 'List', 0)).toEqual({
      title: 'List',
      total: 3,
      done: 1,
      failed: 0,
      lines: [
        { label: 'A - Song', stage: 'downloading', fraction: 0.5, bytesPerSecond: 1_000 },
        { label: 'A - Song', stage: 'converting' },
      ],
    });
  });

  test('are searches only while nothing else happens', () => {
    const searching = after([0, stage(0, 'match')]);
    expect(viewOf(searching, '', 0).lines).toMatchObject([{ stage: 'searching' }]);
    const both = reduceProgress(searching, stage(1, 'download'), 0);
    expect(viewOf(both, '', 0).lines).toMatchObject([{ stage: 'downloading' }]);
  });

  test('are tracks that wait only while nothing at all happens', () => {
    const waiting = after([0, { type: 'track-waits', index: 0, track: song }]);
    expect(viewOf(waiting, '', 0).lines).toMatchObject([{ stage: 'waiting' }]);
    const searching = reduceProgress(waiting, stage(1, 'match'), 0);
    expect(viewOf(searching, '', 0).lines).toMatchObject([{ stage: 'searching' }]);
  });

  test('begin anew with each stage', () => {
    const state = after(
      [0, stage(0, 'download')],
      [0, { type: 'track-progress', index: 0, fraction: 0.9 }],
      [0, stage(0, 'convert')],
    );
    expect(viewOf(state, '', 0).lines).toEqual([{ label: 'A - Song', stage: 'converting' }]);
  });

  test('have the title alone where nobody knows the artist', () => {
    const track = { artists: [], artist: '', track: 'Bare' };
    const state = after([0, { type: 'track-stage', index: 0, track, stage: 'tag' }]);
    expect(viewOf(state, '', 0).lines).toMatchObject([{ label: 'Bare' }]);
  });

  test('are not made by progress of a track that is not in flight', () => {
    expect(after([0, { type: 'track-progress', index: 7, fraction: 1 }]).lines.size).toBe(0);
  });
});

test.each([
  ['done', 0],
  ['present', 0],
  ['failed', 1],
  ['none', 1],
  ['unsure', 1],
] as const)('a track that is %s counts %d as failed', (status, failed) => {
  expect(after([0, finished(0, status)])).toMatchObject({ done: 1, failed });
});

describe('the time left', () => {
  const three = [
    [0, started(10)],
    [1_000, finished(0)],
    [2_000, finished(1)],
    [3_000, finished(2)],
  ] as const;

  test('is told once three tracks have shown the pace', () => {
    expect(viewOf(after(...three.slice(0, 3)), '', 2_000).etaMs).toBeUndefined();
    expect(viewOf(after(...three), '', 3_000).etaMs).toBe(7_000);
  });

  test('does not count pauses, also when several processes wait', () => {
    const state = after(
      ...three,
      [3_000, paused(63_000)],
      [33_000, paused(63_000)],
      [63_000, { type: 'resumed' }],
      [63_000, { type: 'resumed' }],
    );
    expect(viewOf(state, '', 63_000).etaMs).toBe(7_000);
  });

  test('gives way to the countdown of a pause', () => {
    const view = viewOf(after(...three, [3_000, paused(63_500)]), '', 4_000);
    expect(view.etaMs).toBeUndefined();
    expect(view.notice).toBe('YouTube waits: going on in 1:00');
    expect(viewOf(after([0, paused(10)]), '', 20).notice).toMatch(/0:00$/);
  });
});
