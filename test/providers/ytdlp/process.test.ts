import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runYtDlp, startYtDlp, type YtDlpEnd } from '../../../src/providers/ytdlp/process.ts';
import { untilGone } from '../../helpers/child-program.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const program = new URL('programs/misbehave.sh', import.meta.url).pathname;

interface Ran extends YtDlpEnd {
  readonly lines: readonly string[];
  readonly errorLines: readonly string[];
}

async function run(
  how: string,
  options: { silenceMs?: number; signal?: AbortSignal; onLine?: (line: string) => void } = {},
): Promise<Ran> {
  const lines: string[] = [];
  const errorLines: string[] = [];
  const end = await runYtDlp('/bin/sh', [program, how], {
    signal: options.signal ?? new AbortController().signal,
    silenceMs: options.silenceMs ?? 30_000,
    onLine(line) {
      lines.push(line);
      options.onLine?.(line);
    },
    onErrorLine: (line) => errorLines.push(line),
  });
  return { ...end, lines, errorLines };
}

describe('a child', () => {
  test('that never prints is ended, and called stalled', async () => {
    expect(await run('silent', { silenceMs: 50 })).toMatchObject({
      exitCode: null,
      stalled: true,
      lines: [],
    });
  });

  test('that prints now and then, slower in all than the silence, is left alone', async () => {
    expect(await run('drip', { silenceMs: 2_000 })).toMatchObject({ exitCode: 0, stalled: false });
  });

  test('that prints half lines is heard in whole ones, the last without an end too', async () => {
    expect((await run('halves')).lines).toEqual([
      '{"t":"before","id":"aaaaaaaaaaa"}',
      '{"t":"before","id":"bbbbbbbbbbb"}',
    ]);
  });

  test('that is cut in the middle of a letter is heard right', async () => {
    expect((await run('umlaut')).lines).toEqual(['grün']);
  });

  test('that floods 130 MB on both streams costs no memory and is heard to its end', async () => {
    const before = process.memoryUsage().rss;
    const { lines, errorLines, stderr, exitCode } = await run('flood');
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toBe('end');
    expect(lines[0]).toHaveLength(65_536);
    expect(errorLines.length).toBeGreaterThan(400_000);
    expect(stderr).toHaveLength(65_536);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
  });

  test('that is killed has no exit code', async () => {
    expect(await run('killed-early')).toMatchObject({ exitCode: null, stalled: false });
  });

  test('that has children of its own takes them along when it is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    let grandchild = 0;
    const running = run('family', {
      signal: controller.signal,
      onLine(line) {
        grandchild = Number(line);
        controller.abort(reason);
      },
    });
    await expect(running).rejects.toBe(reason);
    await untilGone(grandchild);
  });

  test('that has children of its own takes them along when it stalls', async () => {
    const { lines, stalled } = await run('family', { silenceMs: 1_000 });
    expect(stalled).toBe(true);
    await untilGone(Number(lines[0]));
  });
});

describe('one that is started before its addresses are known', () => {
  test('is ready when it asks for them, gets them, and its question is not one of its errors', async () => {
    const ytDlp = startYtDlp('/bin/sh', [program, 'asks']);
    await ytDlp.isReady;
    const lines: string[] = [];
    const errorLines: string[] = [];
    const end = await ytDlp.follow(['https://youtu.be/-aaaaaaaaaa', 'https://youtu.be/bbbbbbbbbbb'], {
      signal: new AbortController().signal,
      silenceMs: 30_000,
      onLine: (line) => lines.push(line),
      onErrorLine: (line) => errorLines.push(line),
    });
    expect(lines).toEqual(['https://youtu.be/-aaaaaaaaaa', 'https://youtu.be/bbbbbbbbbbb']);
    expect(errorLines).toEqual(['WARNING: early', 'WARNING: late']);
    expect(end).toEqual({ exitCode: 0, stalled: false, stderr: 'WARNING: early\nWARNING: late\n' });
  });

  test('and has ended since is heard to its last word', async () => {
    const ytDlp = startYtDlp('/bin/sh', [program, 'usage']);
    await ytDlp.isReady;
    const end = await ytDlp.follow(['https://youtu.be/aaaaaaaaaaa'], {
      signal: new AbortController().signal,
      silenceMs: 30_000,
      onLine: () => undefined,
      onErrorLine: () => undefined,
    });
    expect(end).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no such option') as string });
  });

  test('and that nobody needs is ended, also one that hears nothing', async () => {
    const ytDlp = startYtDlp('/bin/sh', [program, 'asks']);
    await ytDlp.isReady;
    await ytDlp.end();
    await expect(startYtDlp('/nowhere/yt-dlp', []).isReady).resolves.toBeDefined();
  });
});

describe('a program', () => {
  const start = (path: string, signal = new AbortController().signal, args: readonly string[] = []) =>
    runYtDlp(path, args, { signal, silenceMs: 1_000, onLine: () => undefined, onErrorLine: () => undefined });

  test('that is not there is missing', async () => {
    await expect(start('/nowhere/yt-dlp')).rejects.toMatchObject({ code: 'ytdlp-missing' });
  });

  test('that may not be run is missing', async () => {
    const path = join(tempFolder(), 'yt-dlp');
    writeFileSync(path, '#!/bin/sh\n', { mode: 0o644 });
    await expect(start(path)).rejects.toMatchObject({ code: 'ytdlp-missing' });
  });

  test('whose arguments the system refuses is broken, and says so like any other failure', async () => {
    const huge = ['x'.repeat(3_000_000)];
    await expect(start('/bin/true', undefined, huge)).rejects.toThrow(/can't be started/);
  });

  test('is not started when the signal was aborted before', async () => {
    await expect(start('/bin/true', AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });
});
