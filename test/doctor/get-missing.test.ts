import { expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { createToolBox as createRealBox } from '../../src/doctor/tool-box.ts';
import { createToolBox } from './tool-box.ts';

type Box = Awaited<ReturnType<typeof createToolBox>>;

function boxOf(box: Box, getMissing?: () => Promise<void>) {
  return createRealBox({
    env: { PATH: box.bin },
    config: () => configSchema.parse({}),
    toolsDir: box.toolsDir,
    nowMs: () => Date.parse('2026-11-21T12:00:00Z'),
    warn: () => undefined,
    ...(getMissing === undefined ? {} : { getMissing }),
  });
}

test('what a command needs and nobody has set up is fetched once, however many ask', async () => {
  await using box = await createToolBox();
  let calls = 0;
  const tools = boxOf(box, async () => {
    calls += 1;
    await box.ytDlp('bin/yt-dlp', '2026.10.26');
    await box.ffmpeg('bin/ffmpeg');
  });
  const [ytDlp, ffmpeg] = await Promise.all([tools.ytDlp(), tools.ffmpegPath()]);
  expect(ytDlp.path).toContain('yt-dlp');
  expect(ytDlp.settings.jsRuntimePath).toBe(process.execPath);
  expect(ffmpeg).toBe(ytDlp.settings.ffmpegPath);
  expect(calls).toBe(1);
});

test('several downloads that begin at the same time ask a program once for its version', async () => {
  await using box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await box.ffmpeg('bin/ffmpeg');
  const tools = boxOf(box);
  const found = await Promise.all([tools.ytDlp(), tools.ytDlp(), tools.ytDlp()]);
  expect(new Set(found).size).toBe(1);
  expect((await box.log()).toSorted()).toEqual([
    'ffmpeg -hide_banner -encoders',
    'ffmpeg -hide_banner -muxers',
    'ffmpeg -version',
    'yt-dlp --ignore-config --version',
  ]);
});

test('nothing is fetched where both are', async () => {
  await using box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await box.ffmpeg('bin/ffmpeg');
  const tools = boxOf(box, () => Promise.reject(new Error('fetched')));
  await expect(tools.ytDlp()).resolves.toMatchObject({ settings: { ffmpegPath: await tools.ffmpegPath() } });
});

test('what cannot be had is asked for once in a run, and the command says what is missing', async () => {
  await using box = await createToolBox();
  let calls = 0;
  const tools = boxOf(box, async () => void (calls += 1));
  await expect(tools.ytDlp()).rejects.toMatchObject({ code: 'ytdlp-missing' });
  await expect(tools.ffmpegPath()).rejects.toMatchObject({ code: 'ffmpeg-missing' });
  expect(calls).toBe(1);
});

test('a checkout, which start.sh has set up, fetches nothing on its own', async () => {
  await using box = await createToolBox();
  await expect(boxOf(box).ffmpegPath()).rejects.toMatchObject({ code: 'ffmpeg-missing' });
});
