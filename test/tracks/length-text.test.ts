import { expect, test } from 'vitest';
import { countdown, minutes, readLength } from '../../src/tracks/length-text.ts';

test.each([
  [0, '0:00'],
  [205_400, '3:25'],
  [205_500, '3:26'],
  [3_599_600, '1:00:00'],
  [3_723_000, '1:02:03'],
])('%d ms are a length of %s', (ms, text) => expect(minutes(ms)).toBe(text));

test.each([
  [-5_000, '0:00'],
  [1, '0:01'],
  [244_001, '4:05'],
  [3_600_000, '1:00:00'],
])('%d ms are left as %s', (ms, text) => expect(countdown(ms)).toBe(text));

test.each([
  ['3:20', 200_000],
  [' 0:05 ', 5_000],
  ['1:02:03', 3_723_000],
  ['00:00:01.25', 1_250],
  ['59:59', 3_599_000],
  ['3:2', undefined],
  ['3:200', undefined],
  ['', undefined],
  ['320', undefined],
  ['1:2:3:4', undefined],
  ['a 3:20', undefined],
])('"%s" reads as %s ms', (text, ms) => expect(readLength(text)).toBe(ms));
