import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import type { FfmpegOptions } from '../../src/downloads/ffmpeg.ts';
import { untilGone } from '../helpers/child-program.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';
import { convertFile, sine } from './sounds.ts';

const toMp3 = planConversion('mp3', 'opus', 'low');
const program = readFileSync(new URL('programs/misbehave.sh', import.meta.url), 'utf8');

/** An ffmpeg that does this. */
async function ffmpegThat(how: string): Promise<string> {
  const path = join(tempFolder(), 'ffmpeg');
  const { ffmpeg } = await realTools();
  writeFileSync(path, program.replace('@HOW@', how).replace('@FFMPEG@', `'${ffmpeg}'`), { mode: 0o755 });
  return path;
}

async function convert(how: string, options: Partial<FfmpegOptions> = {}, seconds = 1): Promise<string> {
  const ffmpegPath = await ffmpegThat(how);
  const to = join(tempFolder(), 'out');
  await convertFile(await sine('webm', seconds), to, toMp3, { ffmpegPath, ...options });
  return to;
}

describe('an ffmpeg', () => {
  // Before any other: the questions are asked once in a process.
  test('that hangs when it is asked for its formats is ended, and the song has its failure', async () => {
    await expect(convert('hangs-when-asked', { silenceMs: 100 })).rejects.toMatchObject({
      code: 'convert-stalled',
    });
  });

  test('that hangs is ended, and the song has its failure', async () => {
    await expect(convert('hangs', { silenceMs: 500 })).rejects.toMatchObject({
      code: 'convert-stalled',
      message: 'ffmpeg stopped responding for 1 s, so HARMONI ended it.',
    });
  });

  test('that is slow in all but reports its progress is left alone', async () => {
    const done: number[] = [];
    // Played at its own speed it takes longer than the silence.
    await convert('slow', { silenceMs: 2_000, onProgress: (doneMs) => void done.push(doneMs) }, 4);
    expect(Math.max(...done)).toBeGreaterThan(3_500);
  });

  test('that floods 400 MB without a line’s end costs no memory', async () => {
    const before = process.memoryUsage().rss;
    await expect(convert('flood')).rejects.toMatchObject({ code: 'convert-failed' });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
  });

  test('that writes its progress over itself for ever costs no memory', async () => {
    const before = process.memoryUsage().rss;
    await expect(convert('flood-of-returns')).rejects.toMatchObject({ code: 'convert-failed' });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
  });

  test.each([
    ['killed', 'ffmpeg was killed (SIGKILL) before it finished.', /memory/],
    ['crashes', 'ffmpeg was killed (SIGSEGV) before it finished.', /doctor/],
  ])('that is %s is told so', async (how, message, fix) => {
    await expect(convert(how)).rejects.toMatchObject({
      code: 'convert-failed',
      message,
      fix: expect.stringMatching(fix) as string,
    });
  });

  test('that says so only in the middle has filled the disk, also when it ends well', async () => {
    await expect(convert('full-in-the-middle')).rejects.toMatchObject({ code: 'disk-full' });
  });

  test('is quoted with what went wrong, not with its last line', async () => {
    await expect(convert('repeats')).rejects.toMatchObject({
      message: expect.stringMatching(/Invalid data found/) as string,
    });
  });

  test('that ignores signals, and what it started, is gone after an abort', { timeout: 20_000 }, async () => {
    const ffmpegPath = await ffmpegThat('deaf');
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const converting = convertFile(await sine('webm'), join(tempFolder(), 'out'), toMp3, {
      ffmpegPath,
      signal: controller.signal,
    });
    const ids = await untilWritten(`${ffmpegPath}.ids`);
    controller.abort(reason);
    await expect(converting).rejects.toBe(reason);
    await Promise.all(ids.split(' ').map((id) => untilGone(Number(id))));
  });
});

async function untilWritten(path: string): Promise<string> {
  for (;;) {
    try {
      const text = readFileSync(path, 'utf8');
      if (text.endsWith('\n')) return text.trim();
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
