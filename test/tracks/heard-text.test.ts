import { expect, test } from 'vitest';
import { proofTag, readProofTag, type Heard } from '../../src/tracks/heard.ts';
import { heardText } from '../../src/tracks/heard-text.ts';

test.each<readonly [Heard, string]>([
  [
    { verdict: 'proven', by: 'deezer', bitError: 0.0412 },
    "Proven: it sounds like Deezer's preview (error 0.04)",
  ],
  [{ verdict: 'proven', by: 'acoustid' }, 'Proven: AcoustID knows this sound as the song'],
  [
    { verdict: 'proven', by: 'library', bitError: 0 },
    'Proven: it sounds like a proven song in your library (error 0.00)',
  ],
  [{ verdict: 'proven' }, 'Proven: it sounds like the song'],
  [
    { verdict: 'doubtful', by: 'deezer', bitError: 0.07, why: "it's 25 seconds longer" },
    "Doubtful: it's 25 seconds longer (compared with Deezer's preview, error 0.07)",
  ],
  [
    { verdict: 'doubtful', by: 'label', bitError: 0.36 },
    "Doubtful: it doesn't sound like the label's own upload (error 0.36)",
  ],
  [
    {
      verdict: 'different',
      by: 'deezer',
      bitError: 0.05,
      speed: 1.04,
      why: "it's the right song, 4 % too fast",
    },
    "Different: it's the right song, 4 % too fast (compared with Deezer's preview, error 0.05)",
  ],
  [{ verdict: 'doubtful' }, "Doubtful: it doesn't sound like the song"],
  [{ verdict: 'different', by: 'acoustid' }, 'Different: AcoustID knows this sound as another song'],
  [{ verdict: 'unchecked' }, "Not checked: there's nothing to compare it with"],
  [{ verdict: 'unchecked', why: "Deezer doesn't know it" }, "Not checked: Deezer doesn't know it"],
])('%j is told as "%s"', (heard, text) => {
  expect(heardText(heard)).toBe(text);
});

test.each<Heard>([
  { verdict: 'proven', by: 'deezer', bitError: 0.041 },
  { verdict: 'doubtful', by: 'deezer', bitError: 0.041, why: "it's 25 seconds longer" },
  { verdict: 'different', by: 'deezer', bitError: 0.05, why: "it's the right song, a semitone too high" },
  { verdict: 'different', by: 'label', speed: 1.04, why: "it's the right song, 4 % too fast" },
  { verdict: 'doubtful', by: 'acoustid' },
])('%j is told from its tag in the same words', (heard) => {
  const read = readProofTag(proofTag(heard) ?? '');
  expect(read).toEqual(heard);
  expect(read && heardText(read)).toBe(heardText(heard));
});
