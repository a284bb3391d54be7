import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planConversion, sourceCodecOf } from '../../src/downloads/conversion-plan.ts';
import { faultOf, inspect } from '../../src/downloads/inspect.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { convertFile as convert, sine } from './sounds.ts';

const hasFullDevice = existsSync('/dev/full');
if (!hasFullDevice) sayLeftOut('ffmpeg on a full disk', 'there is no /dev/full');

const toMp3 = planConversion('mp3', 'opus', 'low');

// Before any other: fluent-ffmpeg asks a program for its abilities once, and fails in another way then.
test('it fails when ffmpeg is not there from the beginning', async () => {
  const missing = convert('x', 'y', toMp3, { ffmpegPath: '/nowhere/ffmpeg' });
  await expect(missing).rejects.toMatchObject({ code: 'ffmpeg-missing' });
});

describe('a stream of YouTube', () => {
  test.each([
    ['webm', 'best', 'opus'],
    ['m4a', 'best', 'm4a'],
    ['webm', 'opus', 'opus'],
    ['m4a', 'opus', 'opus'],
    ['m4a', 'm4a', 'm4a'],
    ['webm', 'm4a', 'm4a'],
    ['webm', 'mp3', 'mp3'],
    ['m4a', 'mp3', 'mp3'],
    ['webm', 'flac', 'flac'],
    ['webm', 'ogg', 'ogg'],
    ['webm', 'wav', 'wav'],
  ] as const)(
    '(%s) becomes %s: a whole .%s, though the work file is not called so',
    async (kind, format, extension) => {
      const to = join(tempFolder(), "0 it's 100% : finished");
      const plan = planConversion(format, sourceCodecOf(undefined, kind), 'low');
      await convert(await sine(kind), to, plan);
      expect(plan.extension).toBe(extension);
      const found = await inspect(to, extension);
      expect(
        faultOf(found, { extension, durationMs: 1_000, fields: undefined, cover: false }),
      ).toBeUndefined();
      expect(found.durationMs).toBeGreaterThan(900);
    },
  );
});

test('the progress is told as the length of sound that is done', async () => {
  const done: number[] = [];
  const onProgress = (doneMs: number): void => void done.push(doneMs);
  await convert(await sine('webm', 30), join(tempFolder(), 'x'), toMp3, { onProgress });
  expect(done.length).toBeGreaterThan(0);
  expect(Math.max(...done)).toBeLessThan(31_000);
});

test("the user's own arguments come after HARMONI's", async () => {
  const to = join(tempFolder(), 'x');
  await convert(await sine('webm'), to, toMp3, { extraArgs: ['-ar', '22050'] });
  expect(await inspect(to, 'mp3')).toMatchObject({ sampleRateHz: 22_050 });
});

describe('it fails', () => {
  test('with a file that is no sound, in ffmpeg’s own words', async () => {
    const from = join(tempFolder(), 'x.webm');
    writeFileSync(from, 'no sound');
    await expect(convert(from, `${from}.out`, toMp3)).rejects.toMatchObject({
      code: 'convert-failed',
      message: expect.stringMatching(/^ffmpeg couldn't convert the audio \(.*Invalid data.*\)\.$/) as string,
    });
  });

  test('with a file that is cut', async () => {
    const from = join(tempFolder(), 'x.webm');
    writeFileSync(from, '');
    await expect(convert(from, `${from}.out`, toMp3)).rejects.toMatchObject({
      code: 'convert-failed',
    });
  });

  test('with a file that is not there', async () => {
    const from = join(tempFolder(), 'x.webm');
    await expect(convert(from, `${from}.out`, toMp3)).rejects.toMatchObject({
      code: 'convert-failed',
    });
  });

  test('with arguments of the user that ffmpeg does not know', async () => {
    const failing = convert(await sine('webm'), join(tempFolder(), 'x'), toMp3, {
      extraArgs: ['-nonsense', '1'],
    });
    await expect(failing).rejects.toMatchObject({ code: 'convert-failed' });
  });

  test.skipIf(!hasFullDevice)('on a full disk', async () => {
    await expect(convert(await sine('webm', 30), '/dev/full', toMp3)).rejects.toMatchObject({
      code: 'disk-full',
    });
  });

  test('into a folder that is not there', async () => {
    const to = join(tempFolder(), 'no', 'x');
    await expect(convert(await sine('webm'), to, toMp3)).rejects.toMatchObject({
      code: 'convert-failed',
    });
  });

  test.each(['is not there', 'may not be run', 'is a folder'])('when ffmpeg %s', async (how) => {
    const path = join(tempFolder(), 'ffmpeg');
    if (how === 'may not be run') writeFileSync(path, '', { mode: 0o644 });
    if (how === 'is a folder') mkdirSync(path);
    await expect(
      convert(await sine('webm'), join(tempFolder(), 'x'), toMp3, { ffmpegPath: path }),
    ).rejects.toMatchObject({ code: 'ffmpeg-missing' });
  });
});

describe('a signal', () => {
  test('ends it with the reason, and no process stays', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const converting = convert(
      await sine('webm', 120),
      join(tempFolder(), 'x'),
      planConversion('m4a', 'opus', 'best'),
      { signal: controller.signal, onProgress: () => controller.abort(reason) },
    );
    await expect(converting).rejects.toBe(reason);
  });

  test('that comes before the process has started is not forgotten', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const converting = convert(
      await sine('webm', 120),
      join(tempFolder(), 'x'),
      planConversion('m4a', 'opus', 'best'),
      { signal: controller.signal },
    );
    controller.abort(reason);
    await expect(converting).rejects.toBe(reason);
  });

  test('that was aborted before starts nothing', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    await expect(convert('x', 'y', toMp3, { signal })).rejects.toThrow('before');
  });
});
