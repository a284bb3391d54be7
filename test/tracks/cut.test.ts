import { expect, test } from 'vitest';
import { cutText, isCut, keptParts, removedMs } from '../../src/tracks/cut.ts';

const cuts = [
  { fromMs: 0, toMs: 12_300 },
  { fromMs: 200_500, toMs: 210_000 },
];

test('cuts are told in seconds', () => {
  expect(cutText(cuts)).toBe('0-12.3 200.5-210');
  expect(removedMs(cuts)).toBe(21_800);
  expect(removedMs([])).toBe(0);
});

test('a cut holds its first moment, and not its last', () => {
  expect([0, 12_299, 12_300, 200_499, 200_500, 210_000].map((ms) => isCut(cuts, ms))).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
});

test('what stays lies between the cuts', () => {
  expect(keptParts(cuts, 240_000)).toEqual([{ fromMs: 12_300, toMs: 200_500 }, { fromMs: 210_000 }]);
  expect(keptParts(cuts, 210_000)).toEqual([{ fromMs: 12_300, toMs: 200_500 }]);
  expect(keptParts([], 5)).toEqual([{ fromMs: 0 }]);
});
