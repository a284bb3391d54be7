import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Track } from '../../src/tracks/track.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { createWorld, exportifyCsv, makeTracks, type Run, type World } from '../helpers/world.ts';

const hostile = [
  '../../x',
  '-rf',
  '\u001b[31mred\u001b]0;title\u0007',
  '😀 family 👨‍👩‍👧‍👦',
  'שלום עולם',
  'x'.repeat(400),
  'CON',
  'a/b\\c:d*e?f"g<h>i|j',
].map((track, index): Track => {
  const artists = [`Artist ${index}`];
  return {
    artists,
    artist: artists.join(),
    track,
    durationMs: 4_000 + 100 * index,
    isrc: `QZTST260010${index}`,
  };
});
const songs = makeTracks(2, { fromMs: 4_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({
    tracks: [...songs, ...hostile],
    catalogue: { decoys: ['live'] },
    config: { retry_attempts: 0 },
  });
});
afterAll(() => world.close());

const failure = z.object({ error: z.object({ code: z.string(), message: z.string(), fix: z.string() }) });
const report = z.object({
  lists: z.array(
    z.object({
      tracks: z.array(
        z.object({
          status: z.string(),
          path: z.string().optional(),
          failure: z.object({ code: z.string(), fix: z.string() }).optional(),
        }),
      ),
      skipped: z.array(z.object({ row: z.number(), reason: z.string() })),
    }),
  ),
  summary: z.object({ done: z.number(), failed: z.number(), cancelled: z.number() }),
});
const plan = report.omit({ summary: true });

function file(name: string, content: string | Buffer): string {
  const path = join(world.folder, name);
  writeFileSync(path, content);
  return path;
}

/** A run that must end with one failure: its code, in a sentence with a remedy. */
function expectFailure(run: Run, code: string, exitCode: number): string {
  const { error } = failure.parse(run.json());
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^\S.+[.]$/s);
  expect(error.fix).not.toBe('');
  expect(run.exitCode).toBe(exitCode);
  expect(run.stderr).not.toContain('    at ');
  return error.message;
}

describe('a CSV that', () => {
  test.each([
    ['is empty', '', 'source-empty'],
    [
      'is binary',
      Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256)),
      'source-broken',
    ],
    ['is a saved web page', '<!doctype html><html><body>Sign in</body></html>', 'source-broken'],
    [
      'has only podcasts',
      'Track URI,Track Name,Artist Name(s)\nspotify:episode:1,Talk,Someone\n',
      'source-empty',
    ],
  ])('%s says so and how to go on', async (_name, content, code) => {
    const run = await world.run(['download', file('bad.csv', content), '--yes', '--json']);
    const said = failure.parse(run.json()).error;
    expect([code, 'source-empty', 'source-broken', 'source-not-understood']).toContain(said.code);
    expectFailure(run, said.code, run.exitCode ?? 0);
    expect(run.exitCode).not.toBe(0);
  });

  test('has 200 MB is refused at once', async () => {
    const path = join(world.folder, 'large.csv');
    const handle = openSync(path, 'w');
    ftruncateSync(handle, 200 * 2 ** 20);
    closeSync(handle);
    expectFailure(await world.run(['download', path, '--yes', '--json']), 'source-too-large', 2);
  });

  test('ends in the middle gives what it has and names the rest', async () => {
    const whole = exportifyCsv(songs);
    const path = file('half.csv', whole.slice(0, whole.length - 30));
    const { lists } = plan.parse((await world.run(['download', path, '--dry-run', '--json'])).json());
    expect(lists[0]?.tracks.length).toBeGreaterThan(0);
  });
});

describe('a config.json that', () => {
  const withConfig = async (content: string): Promise<Run> => {
    const path = file('other-config.json', content);
    const run = await world.run(['download', 'A - B', '--dry-run', '--json'], {
      env: { HARMONI_CONFIG: path },
    });
    expect(readFileSync(path, 'utf8')).toBe(content);
    return run;
  };

  test('is no JSON is named with line and column, and left as it is', async () => {
    const run = await withConfig('{\n  "audio_format": mp3\n}');
    expect(expectFailure(run, 'config-not-json', 2)).toContain('line 2');
  });

  test('has a wrong type is named with what is allowed', async () => {
    const run = await withConfig('{ "max_concurrent_downloads": "many" }');
    expect(expectFailure(run, 'config-invalid', 2)).toContain('max_concurrent_downloads');
  });

  test('has an unknown key works, and validate names the key that was meant', async () => {
    const path = file('other-config.json', '{ "audio_fromat": "mp3" }');
    const run = await world.run(['config', 'validate'], { env: { HARMONI_CONFIG: path } });
    expect(run.stdout + run.stderr).toContain('audio_format');
    expect(readFileSync(path, 'utf8')).toContain('audio_fromat');
  });
});

describe('a machine', () => {
  const nothing = { PATH: '/nonexistent', HARMONI_YTDLP: '', HARMONI_FFMPEG: '' };

  test('without yt-dlp and ffmpeg says how to get them', async () => {
    const run = await world.run(['download', file('two.csv', exportifyCsv(songs)), '--yes', '--json'], {
      env: nothing,
    });
    const { lists, summary } = report.parse(run.json());
    expect(summary.cancelled).toBe(2);
    expect(lists[0]?.tracks[0]?.failure?.code).toMatch(/^(ytdlp|ffmpeg)-missing$/);
    expect(run.stderr).toContain('doctor --fix');
    expect(run.exitCode).toBe(1);
  });

  test('with a yt-dlp that does not run names the setting', async () => {
    const env = { HARMONI_YTDLP: join(world.folder, 'no-such-program') };
    const run = await world.run(['download', file('two.csv', exportifyCsv(songs)), '--yes', '--json'], {
      env,
    });
    expect(run.stderr).toContain('HARMONI_YTDLP');
    expect(run.exitCode).toBe(1);
  });

  test('with a stale yt-dlp says how old it is, how to get a newer one, and works on', async () => {
    const old = file(
      'old-yt-dlp',
      `#!/bin/sh\n[ "$2" = --version ] && echo 2021.01.16 || exec "${world.env['HARMONI_YTDLP'] ?? ''}" "$@"\n`,
    );
    chmodSync(old, 0o755);
    const run = await world.run(['download', file('two.csv', exportifyCsv(songs)), '--yes'], {
      env: { HARMONI_YTDLP: old },
    });
    expect(run.stderr + run.stdout).toMatch(/yt-dlp is \d+ days old.*doctor --fix/);
    expect(run.exitCode).toBe(0);
  });

  test('without a network says so for each track and can retry', async () => {
    const lonely = await createWorld({ tracks: songs, config: { retry_attempts: 0 } });
    try {
      const list = join(lonely.folder, 'two.csv');
      writeFileSync(list, exportifyCsv(songs));
      await lonely.youTube.close();
      const run = await lonely.run(['download', list, '--yes', '--json']);
      const codes = report.parse(run.json()).lists[0]?.tracks.map((track) => track.failure?.code);
      expect(codes).toEqual(['network-unreachable', 'network-unreachable']);
      expect(run.exitCode).toBe(1);
      // Of a long list not every song is tried in vain.
      writeFileSync(list, exportifyCsv(makeTracks(30)));
      const long = await lonely.run(['download', list, '--yes', '--json']);
      const { failed, cancelled } = report.parse(long.json()).summary;
      expect(failed).toBeLessThan(10);
      expect(failed + cancelled).toBe(30);
    } finally {
      await lonely.close();
    }
  });

  const root = process.getuid?.() === 0;
  if (!root) sayLeftOut('a full and a read-only disk', 'only root may mount one');

  test.runIf(root)('with a full disk stops, keeps the job and leaves no half file', async () => {
    await mounted('size=96k', '', async (disk) => {
      const run = await world.run([
        'download',
        file('two.csv', exportifyCsv(songs)),
        '--yes',
        '--json',
        '--format',
        'wav',
        '--output',
        disk,
      ]);
      const { summary, lists } = report.parse(run.json());
      expect(summary.done).toBe(0);
      expect(lists[0]?.tracks[0]?.failure?.code).toBe('disk-full');
      expect(run.exitCode).toBe(1);
      expect(audioFilesIn(disk)).toEqual([]);
    });
    const resumed = await world.run(['resume', '--json']);
    expect(report.parse(resumed.json()).summary.done).toBe(2);
  });

  test.runIf(root)('with a read-only library says so', async () => {
    await mounted('size=1m', 'ro', async (disk) => {
      const run = await world.run([
        'download',
        file('two.csv', exportifyCsv(songs)),
        '--yes',
        '--json',
        '--output',
        disk,
      ]);
      expect(report.parse(run.json()).lists[0]?.tracks[0]?.failure?.code).toBe('output-not-writable');
      expect(run.exitCode).toBe(1);
    });
  });
});

test('hostile titles become tame files inside the library, and reach the terminal without escapes', async () => {
  const run = await world.run(['download', file('hostile.csv', exportifyCsv(hostile)), '--yes']);
  expect(run.exitCode).toBe(0);
  expect(run.stdout + run.stderr).not.toContain('\u001b[31m');
  const files = audioFilesIn(world.music).filter((path) => path.startsWith('hostile/'));
  expect(files).toHaveLength(hostile.length);
  for (const path of files) {
    expect(path.split('/')).toHaveLength(2);
    expect(Buffer.byteLength(path.slice('hostile/'.length))).toBeLessThanOrEqual(240);
    expect(path).not.toMatch(/\p{Cc}/u);
  }
  expect(existsSync(join(world.folder, 'x.opus'))).toBe(false);
});

/** Every audio file below a folder, relative to it. */
function audioFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(opus|wav|m4a|mp3)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** A disk of its own, mounted while `work` runs. */
async function mounted(
  options: string,
  remount: string,
  work: (disk: string) => Promise<void>,
): Promise<void> {
  const disk = join(world.folder, 'disk');
  mkdirSync(disk, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', disk]);
  if (remount !== '') execFileSync('mount', ['-o', `remount,${remount}`, disk]);
  try {
    await work(disk);
  } finally {
    execFileSync('umount', [disk]);
  }
}
