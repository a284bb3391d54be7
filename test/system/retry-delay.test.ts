import { expect, test } from 'vitest';
import { backoffMs, parseRetryAfter } from '../../src/system/retry-delay.ts';

const now = Date.UTC(2026, 10, 21, 12, 0, 0);

test.each([
  ['0', 0],
  ['7', 7_000],
  [' 120 ', 120_000],
  ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ['Saturday, 21-Nov-26 12:01:00 GMT', 60_000],
])('Retry-After "%s" is %d ms', (value, ms) => {
  expect(parseRetryAfter(value, now)).toBe(ms);
});

test.each([undefined, '', 'soon', 'soon 3', '1.5', '-5', '0x10', '12 seconds', 'Sat, 99 Foo'])(
  'Retry-After %j says nothing',
  (value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined();
  },
);

test('the wait doubles per attempt and stops growing at the most', () => {
  const options = { baseMs: 1_000, mostMs: 10_000, jitter: 0 };
  expect([1, 2, 3, 4, 5, 60].map((attempt) => backoffMs(attempt, options, 0.5))).toEqual([
    1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
  ]);
});

test('the wait is spread to both sides by the jitter', () => {
  const options = { baseMs: 1_000, mostMs: 10_000, jitter: 0.25 };
  expect([0, 0.5, 1].map((random) => backoffMs(1, options, random))).toEqual([750, 1_000, 1_250]);
});
