import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { HarmoniError } from '../../../src/errors.ts';
import { downloadMedia, type DownloadEvent } from '../../../src/providers/ytdlp/download-media.ts';
import { startYtDlp } from '../../../src/providers/ytdlp/process.ts';
import fc from '../../helpers/properties.ts';

const program = new URL('programs/say-lines.sh', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'harmoni-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const videos = ['aaaaaaaaaaa', 'bbbbbbbbbbb', 'ccccccccccc', 'ddddddddddd'];
const id = fc.constantFrom(...videos, 'zzzzzzzzzzz');

/** Everything that yt-dlp has been seen to print, about videos that were asked for and others, in any order. */
const line = fc.oneof(
  { weight: 4, arbitrary: id.map((video) => `o {"t":"before","id":"${video}"}`) },
  {
    weight: 4,
    arbitrary: id.map((video) => `o {"t":"done","id":"${video}","path":"/x/${video}.webm","codec":"opus"}`),
  },
  { weight: 1, arbitrary: id.map((video) => `o {"t":"p","id":"${video}","b":1,"n":2}`) },
  { weight: 2, arbitrary: id.map((video) => `e ERROR: [youtube] ${video}: Video unavailable`) },
  {
    weight: 1,
    arbitrary: id.map((video) => `e WARNING: [youtube] ${video}: HTTP Error 429: Too Many Requests`),
  },
  {
    weight: 1,
    arbitrary: id.map((video) => `e ERROR: [youtube] ${video}: Failed to extract any player response`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'e ERROR: unable to download video data: HTTP Error 403: Forbidden',
      'e ERROR: fragment 1 not found, unable to continue',
      'e ERROR: ',
      'e Traceback (most recent call last):',
      'o [download] 100%',
      'o {"t":"done","id":"aaaaaaaaaaa"',
    ),
  },
);

let runs = 0;

async function download(ids: readonly string[], lines: readonly string[], exitCode: number) {
  const file = join(folder, String((runs += 1)));
  writeFileSync(file, [...lines, `x ${exitCode}`, ''].join('\n'));
  const events: DownloadEvent[] = [];
  const requests = ids.map((wanted) => ({ id: wanted, url: `https://www.youtube.com/watch?v=${wanted}` }));
  const left = await downloadMedia(startYtDlp('/bin/sh', [program, file]), requests, {
    service: { title: 'YouTube', noun: 'video' },
    signal: new AbortController().signal,
    silenceMs: 30_000,
    onEvent: (event) => events.push(event),
  });
  return { left, ends: events.filter(({ type }) => type === 'done' || type === 'failed') };
}

test('whatever yt-dlp prints and in whatever order, every video that was asked for ends exactly once', async () => {
  let worked = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(videos, { minLength: 1 }),
      fc.array(line, { maxLength: 14 }),
      fc.constantFrom(0, 1, 1, 101),
      async (ids, lines, exitCode) => {
        let end;
        try {
          end = await download(ids, lines, exitCode);
        } catch (error) {
          // It did not work at all, and told nothing of any of them.
          expect(error).toBeInstanceOf(HarmoniError);
          for (const video of ids) expect(lines.join()).not.toContain(`"before","id":"${video}"`);
          return;
        }
        worked += 1;
        const ended = [...end.ends.map((event) => event.id), ...end.left];
        expect(ended.toSorted()).toEqual(ids.toSorted());
        for (const { type, id: video } of end.ends)
          if (type === 'done') expect(lines.join()).toContain(`"done","id":"${video}"`);
      },
    ),
    { numRuns: 120 },
  );
  expect(worked).toBeGreaterThan(0);
});
