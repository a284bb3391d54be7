import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToneStore } from '../../src/demo/tones.ts';
import { readFragmentedAac } from '../../src/formats/fragmented-mp4.ts';
import { boxesOf } from '../../src/formats/mp4-boxes.ts';
import { hearTone } from '../stand-ins/hear-tone.ts';
import { ffmpegPath } from './run-ytdlp.ts';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmoni-tones-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ffmpeg = (...args: string[]): Promise<unknown> =>
  run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...args]);

describe('a tone', () => {
  test.each(['opus', 'aac'] as const)('lasts as long as was asked, in %s', async (codec) => {
    const path = await createToneStore(ffmpegPath, folder)({ toneHz: 440, durationMs: 8_700, codec });

    const { format } = await parseFile(path, { duration: true });
    expect(format.duration).toBeCloseTo(8.7, 1);
    expect(await hearTone(path, ffmpegPath)).toBe(440);
  });

  test.each(['opus', 'aac'] as const)(
    'of a whole song is looped and sounds the same, in %s',
    async (codec) => {
      const path = await createToneStore(ffmpegPath, folder)({ toneHz: 1_660, durationMs: 210_000, codec });

      const { format } = await parseFile(path, { duration: true });
      expect(format.duration).toBeCloseTo(210, 1);
      expect(await hearTone(path, ffmpegPath)).toBe(1_660);
    },
  );

  test.each([4_000, 40_000])(
    'of %d ms is in fragments behind an index, as YouTube has it, in aac',
    async (ms) => {
      const path = await createToneStore(ffmpegPath, folder)({ toneHz: 700, durationMs: ms, codec: 'aac' });

      const file = await readFile(path);
      const types = [...boxesOf(file)].map(({ type }) => type);
      expect(types.slice(0, 5)).toEqual(['ftyp', 'moov', 'sidx', 'moof', 'mdat']);
      expect(types.filter((type) => type === 'moof')).toHaveLength(Math.ceil(ms / 10_000));
      expect(file.toString('latin1', 8, 12)).toBe('dash');
      expect(readFragmentedAac(file)?.timeScale).toBe(48_000);
    },
  );

  test.each(['mp3', 'ogg', 'flac', 'wav', 'opus'])('is heard after conversion to %s', async (ending) => {
    const path = await createToneStore(ffmpegPath, folder)({ toneHz: 980, durationMs: 4_000, codec: 'opus' });
    const converted = join(folder, `converted.${ending}`);

    await ffmpeg('-i', path, converted);

    expect(await hearTone(converted, ffmpegPath)).toBe(980);
  });

  test('is made once, also for those who ask at the same time', async () => {
    const own = join(folder, 'once');
    const tones = createToneStore(ffmpegPath, own);
    const tone = { toneHz: 500, durationMs: 1_000, codec: 'opus' } as const;

    const paths = await Promise.all([tones(tone), tones(tone), createToneStore(ffmpegPath, own)(tone)]);

    expect(new Set(paths).size).toBe(1);
    expect(await readdir(own)).toHaveLength(1);
  });

  test('is not heard in silence', async () => {
    const silence = join(folder, 'silence.wav');
    await ffmpeg('-f', 'lavfi', '-i', 'anullsrc', '-t', '1', silence);

    expect(await hearTone(silence, ffmpegPath)).toBeNull();
  });
});
