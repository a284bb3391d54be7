import { expect, test } from 'vitest';
import { reserve, slowDown, speedUp, startPacing, type PacingState } from '../../src/spotify/pacing.ts';

const startsOf = (state: PacingState, count: number, nowMs: number): number[] =>
  Array.from({ length: count }, () => {
    const booked = reserve(state, nowMs);
    state = booked.state;
    return booked.startMs - nowMs;
  });

test('a burst is free, then one request starts per gap', () => {
  expect(startsOf(startPacing({ gapMs: 500, burst: 3 }), 6, 10_000)).toEqual([0, 0, 0, 500, 1_000, 1_500]);
});

test('after a 429 nothing starts before the wait is over, then half as fast and without a burst', () => {
  const slower = slowDown(startPacing({ gapMs: 500, burst: 3 }), 5_000, 10_000);
  expect(slower && startsOf(slower, 3, 10_000)).toEqual([5_000, 6_000, 7_000]);
});

test('good answers bring the pace back, never beyond that of the start', () => {
  let state = slowDown(startPacing({ gapMs: 500, burst: 3 }), 1_000, 0);
  expect(state?.gapMs).toBe(1_000);
  for (let answer = 0; answer < 100 && state !== undefined; answer += 1) state = speedUp(state);
  expect(state?.gapMs).toBe(500);
});

test('several 429s of the same moment count once', () => {
  const start = startPacing({ gapMs: 500, burst: 3 });
  const once = slowDown(start, 40_000, 0);
  const twice = once && slowDown(once, 40_000, 10);
  expect(twice).toMatchObject({ gapMs: 1_000, pausedUntilMs: 40_010 });
});

test('the silent waits come to 60 seconds in all', () => {
  const state = slowDown(startPacing({ gapMs: 500, burst: 3 }), 40_000, 0);
  expect(state && slowDown(state, 20_000, 50_000)).toBeDefined();
  expect(state && slowDown(state, 20_001, 50_000)).toBeUndefined();
  expect(slowDown(startPacing({ gapMs: 500, burst: 3 }), 86_207_000, 0)).toBeUndefined();
  // Waits of long ago are forgotten.
  expect(state && slowDown(state, 60_000, 11 * 60_000)).toBeDefined();
});
