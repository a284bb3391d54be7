import { expect, test } from 'vitest';
import { madeOf } from '../../src/downloads/work.ts';
import { converted, expectCut, rate, samplesOf, toneOf, tonesIn } from './cut-tones.ts';

test.each([
  ['plain.m4a', 'm4a'],
  ["It's 'so'.mp3", 'mp3'],
  ['opus.webm', 'flac'],
  ['dash.m4a', 'wav'],
  ['opus.webm', 'ogg'],
  ['opus.webm', 'm4a'],
  ['dash.m4a', 'opus'],
] as const)('parts are left out of %s as %s', async (source, format) => {
  await expectCut(source, format);
});

test("parts are left out before the user's own filters", async () => {
  const work = await converted('opus.webm', 'wav', { extraArgs: ['-af', 'atempo=2'] });
  const samples = await samplesOf(madeOf(work, 'converted').path);
  expect(Math.abs(samples.length / rate - 3)).toBeLessThan(0.06);
});

test.each([
  ['opus.webm', 'best'],
  ['dash.m4a', 'm4a'],
] as const)('the end is left out of %s as %s', async (source, format) => {
  const work = await converted(source, format, { cuts: [{ fromMs: 6_000, toMs: 10_000 }] });
  expect(tonesIn(await samplesOf(madeOf(work, 'converted').path))).toEqual([0, 1, 2, 3, 4, 5].map(toneOf));
});

test('Ogg that HARMONI does not cut itself stays whole: ffmpeg would cut it by the second', async () => {
  const work = await converted('vorbis.ogg', 'best');
  expect(madeOf(work, 'converted').cuts).toEqual([]);
  expect(tonesIn(await samplesOf(madeOf(work, 'converted').path))).toHaveLength(10);
});

test('what is left is measured: its length is that of the parts that stay', async () => {
  const work = await converted('opus.webm', 'mp3', { loudness: 'converted' });
  expect(tonesIn(await samplesOf(madeOf(work, 'converted').path))).toEqual([2, 3, 4, 7, 8, 9].map(toneOf));
  expect(madeOf(work, 'measured').loudness?.integratedLufs).toBeLessThan(0);
  const { lengthMs = 0 } = madeOf(work, 'measured');
  expect(Math.abs(lengthMs - 6_000)).toBeLessThan(150);
});
