import { describe, expect, test } from 'vitest';
import { downloadMedia, type DownloadEvent } from '../../../src/providers/ytdlp/download-media.ts';
import { startYtDlp } from '../../../src/providers/ytdlp/process.ts';
import { youtubeUrl } from '../../../src/providers/youtube/links.ts';

const program = new URL('programs/misbehave.sh', import.meta.url).pathname;
const [a, b, c, d] = ['aaaaaaaaaaa', 'bbbbbbbbbbb', 'ccccccccccc', 'ddddddddddd'] as const;

const service = { title: 'YouTube', noun: 'video' };
const requests = (ids: readonly string[]) => ids.map((id) => ({ id, url: youtubeUrl(id) }));

async function download(
  how: string,
  ids: readonly string[],
  silenceMs = 30_000,
): Promise<{ ends: (readonly [string, string])[]; left: readonly string[]; events: DownloadEvent[] }> {
  const events: DownloadEvent[] = [];
  const left = await downloadMedia(startYtDlp('/bin/sh', [program, how]), requests(ids), {
    service,
    signal: new AbortController().signal,
    silenceMs,
    onEvent: (event) => events.push(event),
  });
  const ends = events.flatMap((event): [string, string][] => {
    if (event.type === 'failed') return [[event.id, event.failure.code]];
    return event.type === 'done' ? [[event.id, 'done']] : [];
  });
  return { ends, left, events };
}

describe('each video ends once', () => {
  test('done, failed by name, failed without a name', async () => {
    const { ends, left, events } = await download('all-kinds', [a, b, c]);
    expect(new Map(ends)).toEqual(
      new Map([
        [a, 'done'],
        [b, 'video-unavailable'],
        [c, 'http-forbidden'],
      ]),
    );
    expect(ends).toHaveLength(3);
    expect(left).toEqual([]);
    expect(events).toContainEqual({ type: 'progress', id: c, fraction: 0.5, bytesPerSecond: 100 });
  });

  test('failures without a name go to the videos that were begun, in order', async () => {
    const { ends, left } = await download('nameless', [a, b, c]);
    expect(ends).toEqual([
      [c, 'done'],
      [a, 'http-forbidden'],
      [b, 'download-empty'],
    ]);
    expect(left).toEqual([]);
  });

  test('an error that only follows from another belongs to the same video', async () => {
    expect((await download('followed', [a, b])).ends).toEqual([
      [a, 'download-empty'],
      [b, 'http-forbidden'],
    ]);
  });

  test('a player that did not answer is told by the warning before the error', async () => {
    expect((await download('player-refuses', [a, b, c])).ends).toEqual([
      [a, 'http-too-many-requests'],
      [b, 'download-failed'],
      [c, 'download-failed'],
    ]);
  });

  test('also when yt-dlp tells of its end twice and of a failure after it', async () => {
    expect((await download('twice', [a])).ends).toEqual([[a, 'done']]);
  });

  test('whatever it tells of a video that nobody asked for', async () => {
    const { ends, left } = await download('stranger', [a]);
    expect(ends).toEqual([[a, 'done']]);
    expect(left).toEqual([]);
  });
});

describe('when yt-dlp ends before it is done', () => {
  test('the video it was at has failed, and those never begun are handed back', async () => {
    const { ends, left } = await download('stops-early', [a, b, c, d]);
    expect(ends).toEqual([
      [a, 'done'],
      [b, 'download-failed'],
    ]);
    expect(left).toEqual([c, d]);
  });

  test('by silence, the same is a time-out', async () => {
    const { ends, left } = await download('stalls', [a, b, c], 1_000);
    expect(ends).toEqual([
      [a, 'done'],
      [b, 'download-stalled'],
    ]);
    expect(left).toEqual([c]);
  });

  test('by silence before the first, all have failed', async () => {
    const { ends, left } = await download('silent', [a, b], 50);
    expect(ends).toEqual([
      [a, 'download-stalled'],
      [b, 'download-stalled'],
    ]);
    expect(left).toEqual([]);
  });

  test.each(['killed-early', 'nothing', 'quiet-failure'])(
    'before the first (%s), that one has failed, so that every run brings the job forward',
    async (how) => {
      const { ends, left, events } = await download(how, [a, b]);
      expect(ends).toEqual([[a, 'download-failed']]);
      expect(left).toEqual([b]);
      expect(events).toMatchObject([
        { failure: { message: expect.stringMatching(/ended with code/) as string } },
      ]);
    },
  );

  test('with a video begun and killed', async () => {
    expect(await download('killed', [a, b])).toMatchObject({ ends: [[a, 'download-failed']], left: [b] });
  });
});

describe('when yt-dlp does not work at all', () => {
  test('a usage error names what it did not like', async () => {
    await expect(download('usage', [a])).rejects.toMatchObject({
      code: 'ytdlp-options',
      message: "yt-dlp doesn't start: no such option: --foo.",
    });
  });

  test.each([
    ['traceback', "yt-dlp doesn't work: ModuleNotFoundError: No module named 'yt_dlp'."],
    ['no-python', "yt-dlp doesn't work: /usr/bin/env: python3: No such file or directory."],
  ])('a broken one (%s) is told as such, not as the failure of a video', async (how, message) => {
    await expect(download(how, [a])).rejects.toMatchObject({ code: 'ytdlp-broken', message });
  });

  test('the missing JavaScript runtime is told instead of what follows from it', async () => {
    expect((await download('no-runtime', [a])).ends).toEqual([[a, 'js-runtime-missing']]);
  });
});
