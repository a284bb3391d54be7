import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { createConverter, type ConverterDeps, type ConvertOptions } from '../../src/downloads/convert.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { ffmpegPath, sine } from './sounds.ts';

const copy = planConversion('opus', 'opus', 'high');
const encode = planConversion('mp3', 'opus', 'low');

const deps = (more: Partial<ConverterDeps> = {}): ConverterDeps => ({
  ffmpegPath,
  extraArgs: [],
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  cores: 2,
  ...more,
});

const options = (more: Partial<ConvertOptions> = {}): ConvertOptions => ({
  signal: new AbortController().signal,
  durationMs: 1_000,
  onProgress: () => undefined,
  ...more,
});

test('copies and encodings, many at once, all come out', async () => {
  const folder = tempFolder();
  const from = await sine('webm');
  const converter = createConverter(deps());
  const files = Array.from({ length: 12 }, (_, n) => join(folder, `${n}.finished`));
  await Promise.all(
    files.map((to, n) => converter.convert({ from, to, plan: n % 4 === 3 ? encode : copy }, options())),
  );
  expect(files.filter((file) => existsSync(file))).toEqual(files);
});

test('a bad file among copies fails alone', async () => {
  const folder = tempFolder();
  const bad = join(folder, 'bad.webm');
  writeFileSync(bad, 'no sound');
  const converter = createConverter(deps());
  const from = [await sine('webm'), bad, await sine('webm')];
  const ends = await Promise.allSettled(
    from.map((path, n) =>
      converter.convert({ from: path, to: join(folder, `${n}.finished`), plan: copy }, options()),
    ),
  );
  expect(ends).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'convert-failed' } },
    { status: 'fulfilled' },
  ]);
});

test('the progress of an encoding is a part of the length, never more than all', async () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number): void => void fractions.push(fraction);
  const conversion = { from: await sine('webm', 30), to: join(tempFolder(), 'x'), plan: encode };
  await createConverter(deps()).convert(conversion, options({ durationMs: 10_000, onProgress }));
  expect(fractions.at(-1)).toBe(1);
  expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
});

test.each([
  ['a copy', copy],
  ['an encoding', encode],
])('%s that is aborted ends with the reason', async (_, plan) => {
  const reason = new Error('cancelled');
  const conversion = { from: await sine('webm'), to: join(tempFolder(), 'x'), plan };
  const aborted = createConverter(deps()).convert(conversion, options({ signal: AbortSignal.abort(reason) }));
  await expect(aborted).rejects.toBe(reason);
});

test('without ffmpeg each file is told so', async () => {
  const converter = createConverter(deps({ ffmpegPath: () => Promise.reject(new Error('none')) }));
  for (const plan of [copy, encode]) {
    const conversion = { from: 'x', to: 'y', plan };
    await expect(converter.convert(conversion, options())).rejects.toThrow('none');
  }
});
