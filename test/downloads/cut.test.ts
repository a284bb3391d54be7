import { expect, test } from 'vitest';
import { madeOf } from '../../src/downloads/work.ts';
import { converted, cuts, expectCut, rate, samplesOf } from './cut-tones.ts';

test.each([
  ['opus.webm', 'best'],
  ['dash.m4a', 'm4a'],
  ['opus.webm', 'mp3'],
] as const)('parts are left out of %s as %s', async (source, format) => {
  await expectCut(source, format);
});

test('parts are left out only where the song is as long then', async () => {
  const work = await converted('opus.webm', 'best', { trackMs: 9_500 });
  expect(madeOf(work, 'converted').cuts).toEqual([]);
});

test.each([
  // The head of the stream skips 312 samples, and a packet has 960.
  ['opus.webm', 'best', 100 * 960 - 312],
  // The encoder's delay is a frame of 1024 samples.
  ['dash.m4a', 'm4a', 95 * 1024 - 1024],
] as const)(
  'a new beginning of %s sounds as it did in the middle, from the first sample on',
  async (source, format, at) => {
    const work = await converted(source, format, { cuts: cuts.slice(0, 1), trackMs: 8_000 });
    const cut = await samplesOf(madeOf(work, 'converted').path);
    const whole = await samplesOf(madeOf(work, 'downloaded').path);
    const offBy = (from: number): number => {
      let sum = 0;
      for (let index = 0; index < rate / 10; index += 1)
        sum += Math.abs((cut[index] ?? 0) - (whole[from + index] ?? 0));
      return sum / (rate / 10);
    };
    expect(offBy(at)).toBeLessThan(60);
    // A sample to the side is something else.
    expect(offBy(at + 1)).toBeGreaterThan(200);
  },
);
