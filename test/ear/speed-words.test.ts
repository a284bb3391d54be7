import { expect, test } from 'vitest';
import { tellSpeed } from '../../src/ear/speed-words.ts';

const semitone = 2 ** (1 / 12);

test.each([
  [1.25, 1.25, "it's the right song, 25 % too fast"],
  [0.85, 0.853, "it's the right song, 15 % too slow"],
  [1.0427, 1.0427, "it's the right song, 4 % too fast"],
  [0.96, 0.96, "it's the right song, 4 % too slow"],
  [1.04, 1, "it's the right song, 4 % too fast at the right pitch"],
  [1, semitone, "it's the right song, a semitone too high"],
  [0.998, semitone ** -2, "it's the right song, 2 semitones too low"],
  [1.003, 432 / 440, "it's the right song, tuned to 432 Hz"],
  [1, 1.012, "it's the right song, a little too high"],
  [1.2, semitone, "it's the right song, 20 % too fast and a semitone too high"],
  [1.002, 0.997, "it's the right song"],
])('%f as fast and %f as high', (speed, pitch, words) => {
  expect(tellSpeed({ speed, pitch })).toBe(words);
});
