import { expect, test } from 'vitest';
import { proofTag, readProofTag, type Heard } from '../../src/tracks/heard.ts';

const heard: Heard = { verdict: 'different', by: 'deezer', bitError: 0.041, speed: 1.04 };

test('the tag of a song that was heard says what it was heard to be, and of how long a file', () => {
  expect(proofTag(heard, 215_340)).toBe('different by deezer at 0.041 speed 1.040 of 215.3 s');
  expect(readProofTag('different by deezer at 0.041 speed 1.040 of 215.3 s', 215_340)).toEqual(heard);
  expect(proofTag({ verdict: 'unchecked' }, 215_340)).toBeUndefined();
});

test.each([
  ['as long as it was', 'proven by deezer of 215.3 s', 215_340, true],
  ['converted, with half a second of padding', 'proven by deezer of 215.3 s', 215_800, true],
  ['tagged when the length was not told', 'proven by deezer', 10_000, true],
  ['trimmed', 'proven by deezer of 215.3 s', 30_000, false],
  ['another song that is longer', 'proven by deezer of 215.3 s', 240_000, false],
  ['tagged by a stranger', 'proven by me of 215.3 s', 215_340, false],
])('of a file that is %s, "%s" counts: %s ms %s', (_name, tag, lengthMs, counts) => {
  expect(readProofTag(tag, lengthMs) !== undefined).toBe(counts);
});
