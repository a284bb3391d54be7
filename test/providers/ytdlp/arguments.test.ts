import { describe, expect, test } from 'vitest';
import { runProcess } from '../../../src/system/process.ts';
import { describeArgs, downloadArgs, searchArgs } from '../../../src/providers/ytdlp/arguments.ts';
import { realTools } from '../../helpers/world.ts';

const plain = { extraArgs: [] };

describe('the arguments', () => {
  test("end with the user's own, which win", () => {
    const args = downloadArgs('/work', 'opus', { extraArgs: ['--proxy', 'x'] });
    expect(args.slice(-2)).toEqual(['--proxy', 'x']);
  });

  test('read no yt-dlp.conf', () => {
    for (const args of [
      downloadArgs('/work', 'any', plain),
      searchArgs('ytsearch', 'x', 1, plain),
      describeArgs('https://youtu.be/x', plain, 'flat'),
    ]) {
      expect(args[0]).toBe('--ignore-config');
    }
  });

  test.each([
    ['opus', 'bestaudio[acodec=opus]'],
    ['aac', 'bestaudio[acodec^=mp4a]'],
    ['any', 'bestaudio'],
  ] as const)('ask for %s, and never for a preview', (wish, selector) => {
    const args = downloadArgs('/work', wish, plain);
    const whole = '[format_id!*=preview]';
    expect(args[args.indexOf('-f') + 1]?.split('/')[0]).toBe(`${selector}${whole}`);
    for (const choice of args[args.indexOf('-f') + 1]?.split('/') ?? []) expect(choice).toContain(whole);
  });

  test('name ffmpeg, the runtime, the rate and the pause only where there are such', () => {
    const bare = downloadArgs('/work', 'any', { ...plain, sleepSeconds: 0 }).join(' ');
    expect(bare).not.toMatch(
      /--ffmpeg-location|--js-runtimes|--progress-delta|--limit-rate|--sleep-interval/,
    );
    const full = downloadArgs('/work', 'any', {
      ...plain,
      ffmpegPath: '/opt/a b/ffmpeg',
      jsRuntimePath: '/usr/bin/node',
      knowsProgressDelta: true,
      limitBytesPerSecond: 0.4,
      sleepSeconds: 2.5,
    });
    expect(full).toEqual(expect.arrayContaining(['--ffmpeg-location', '/opt/a b/ffmpeg']));
    expect(full).toEqual(expect.arrayContaining(['--js-runtimes', 'node:/usr/bin/node']));
    expect(full).toEqual(expect.arrayContaining(['--progress-delta', '0.2']));
    expect(full).toEqual(expect.arrayContaining(['--limit-rate', '1']));
    expect(full).toEqual(expect.arrayContaining(['--sleep-interval', '2.5']));
  });
});

describe('a query', () => {
  const query = (text: string): string | undefined => searchArgs('ytsearch', text, 20, plain).at(-1);

  test.each([
    ['--exec rm', 'ytsearch20:--exec rm'],
    ['  a\n b\t\u0000c\u001b[31m ', 'ytsearch20:a b c [31m'],
    ['椎名林檎 😀 "x" $(id)', 'ytsearch20:椎名林檎 😀 "x" $(id)'],
  ])('%j is one argument of plain words', (text, argument) => {
    expect(query(text)).toBe(argument);
  });

  test('of a megabyte is cut, so that yt-dlp can be started', () => {
    expect(query('x'.repeat(2 ** 20))?.length).toBeLessThan(1_000);
  });
});

describe("the installed yt-dlp takes HARMONI's arguments", () => {
  test.each([
    ['to download', () => [...downloadArgs('/nowhere', 'opus', offline), 'https://youtu.be/aaaaaaaaaaa']],
    [
      'to download from SoundCloud',
      () => [...downloadArgs('/nowhere', 'any', offline), 'https://soundcloud.com/a/b'],
    ],
    ['to search', () => searchArgs('ytsearch', 'a song', 3, offline)],
    ['to search SoundCloud', () => searchArgs('scsearch', 'a song', 3, offline)],
    ['to list a set', () => describeArgs('https://soundcloud.com/a/sets/b', offline, 'each entry')],
    [
      'to list',
      () => describeArgs('https://www.youtube.com/playlist?list=PLaaaaaaaaaaaaaaaa', offline, 'flat'),
    ],
  ])('%s, and fails only at the network', async (_, args) => {
    const { ytDlp } = await realTools();
    const { exitCode, stderr } = await runProcess(ytDlp, args());
    expect(stderr).not.toMatch(/no such option|Usage:/);
    expect(stderr).toMatch(/^ERROR: /m);
    expect(exitCode).toBe(1);
  });
});

/** A proxy that nobody answers at. */
const offline = { extraArgs: ['--proxy', 'http://127.0.0.1:9', '--extractor-retries', '0'] };
