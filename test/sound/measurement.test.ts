import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fingerprintFile, measureFile } from '../../src/sound/measure-file.ts';
import { isWholeFingerprint, valuesOfBeginning } from '../../src/sound/measurement.ts';
import { ffmpeg } from '../downloads/sounds.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

describe('a fingerprint is of the whole song', () => {
  test.each([
    { lengthMs: 30_000, values: 221, isWhole: true },
    { lengthMs: 240_000, values: 1917, isWhole: true },
    { lengthMs: 240_000, values: 1902, isWhole: true },
    { lengthMs: 240_000, values: 1890, isWhole: false },
    { lengthMs: 240_000, values: valuesOfBeginning, isWhole: false },
    { lengthMs: 121_000, values: valuesOfBeginning, isWhole: true },
    { lengthMs: 43_200_000, values: 14_510, isWhole: true },
    { lengthMs: 43_200_000, values: 14_000, isWhole: false },
    { lengthMs: 1_000, values: 1, isWhole: true },
  ])('$values values of $lengthMs ms: $isWhole', ({ lengthMs, values, isWhole }) => {
    expect(isWholeFingerprint(new Uint32Array(values), lengthMs)).toBe(isWhole);
  });
});

describe('what ffmpeg makes', () => {
  const { signal } = new AbortController();
  let ffmpegPath = '';
  beforeAll(async () => {
    ({ ffmpeg: ffmpegPath } = await realTools());
  });

  async function song(seconds: number): Promise<string> {
    const path = join(tempFolder(), 'song.wav');
    const sound = `aevalsrc=sin(2*PI*t*(300+40*floor(4*t-20*floor(t/5)))):s=8000:d=${seconds}`;
    await ffmpeg(['-f', 'lavfi', '-i', sound, path]);
    return path;
  }

  test.each([20, 180])('of %i seconds it is whole, alone as with all else', async (seconds) => {
    const path = await song(seconds);
    const alone = await fingerprintFile(path, { ffmpegPath, signal });
    const measured = await measureFile(path, { ffmpegPath, signal, hasFingerprint: true });
    expect(alone?.length).toBeGreaterThan(100);
    expect('found' in measured && measured.found.fingerprint).toEqual(alone);
    expect(alone === undefined || isWholeFingerprint(alone, seconds * 1000)).toBe(true);
  });

  test('of more than half an hour it is the first half hour', async () => {
    const alone = await fingerprintFile(await song(1_900), { ffmpegPath, signal });
    expect(alone?.length).toBe(14_517);
  });

  test('of nothing it is nothing', async () => {
    expect(await fingerprintFile('/nowhere', { ffmpegPath, signal })).toBeUndefined();
    expect(await fingerprintFile('/nowhere', { ffmpegPath: '/no/ffmpeg', signal })).toBeUndefined();
  });
});
