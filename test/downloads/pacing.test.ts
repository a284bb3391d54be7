import { expect, test } from 'vitest';
import { allowanceOf, sessionPauseMs } from '../../src/downloads/pacing.ts';

const hourMs = 3_600_000;

test.each([
  ['no limit', [1, 2, 3], 0, { videos: Infinity, nextAtMs: undefined }],
  ['nothing yet', [], 3, { videos: 3, nextAtMs: undefined }],
  ['some left', [10, 20], 3, { videos: 1, nextAtMs: undefined }],
  ['none left until the oldest is an hour old', [10, 20, 30], 3, { videos: 0, nextAtMs: 10 + hourMs }],
  ['more than the limit, which was lowered', [10, 20, 30, 40], 2, { videos: 0, nextAtMs: 30 + hourMs }],
])('%s', (_, visits, perHour, allowance) => {
  expect(allowanceOf(visits, perHour)).toEqual(allowance);
});

test('the pauses grow from ten minutes to an hour', () => {
  expect([1, 2, 3, 4, 9].map((pauses) => sessionPauseMs(pauses) / 60_000)).toEqual([10, 20, 40, 60, 60]);
});
