import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRunning } from '../helpers/child-program.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { hasTmux, openTmux } from '../helpers/tmux.ts';
import { createWorld, exportifyCsv, finished, makeTracks, projectDir, type World } from '../helpers/world.ts';

const tracks = makeTracks(4, { fromMs: 4_000 });
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Enough for a scan of a second or so, in which there is no song to stop at. */
const emptyFolders = 12_000;
let world: World;
let list: string;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] }, youTube: { latencyMs: 20 } });
  list = join(world.folder, 'List.csv');
  writeFileSync(list, exportifyCsv(tracks));
  for (let number = 0; number < emptyFolders; number += 1)
    mkdirSync(join(world.music, `A ${Math.floor(number / 200)}`, `${number}`), { recursive: true });
}, 60_000);
afterAll(() => world.close());

function songFiles(folder = world.music): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.opus'));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A download that has come to its scan. */
async function startedAtScan(): Promise<ReturnType<World['start']>> {
  const child = world.start(['download', list, '--yes', '--json']);
  child.stdin?.end();
  // The store is opened for the scan, and not before.
  const store = join(world.data, 'harmoni.db-wal');
  expect(existsSync(store)).toBe(false);
  while (!existsSync(store)) await pause(2);
  return child;
}

describe('an interrupt', () => {
  test.each(signals)('%s during the scan of a library without songs downloads nothing', async (signal) => {
    const requests = world.youTube.requests.all.length;
    const child = await startedAtScan();
    const end = finished(child);
    await pause(100);
    child.kill(signal);
    const run = await end;
    expect(run.exitCode).toBe(130);
    expect(run.json()).toMatchObject({ error: { code: 'cancelled' } });
    expect(world.youTube.requests.all.length).toBe(requests);
    expect(songFiles()).toEqual([]);
  });

  test(
    `at a random moment of the first second starts nothing after it (seed ${testSeed})`,
    { timeout: 120_000 },
    async () => {
      const random = createRandom(testSeed);
      const faults: string[] = [];
      for (let round = 0; round < 9; round += 1) {
        const signal = signals[round % 3] ?? 'SIGINT';
        const afterMs = random.between(0, 1_000);
        const child = world.start(['download', list, '--yes', '--json']);
        child.stdin?.end();
        const end = finished(child);
        await pause(afterMs);
        child.kill(signal);
        const requests = world.youTube.requests.count('media');
        const { exitCode, stdout, stderr } = await end;
        // Node itself needs some moments before any program can listen; until then the signal ends it by itself.
        const right = exitCode === 130 || (exitCode === null && child.signalCode === signal);
        if (!right) faults.push(`${signal} after ${afterMs} ms: ended with ${exitCode}: ${stdout}${stderr}`);
        if (world.youTube.requests.count('media') !== requests)
          faults.push(`${signal} after ${afterMs} ms: went on`);
      }
      expect(faults).toEqual([]);
    },
  );

  test('during the search leaves a job that resume ends', { timeout: 60_000 }, async () => {
    // Nothing is remembered of searches before.
    world.env['HARMONI_DATA_DIR'] = join(world.folder, 'data-2');
    world.env['HARMONI_OUTPUT_DIR'] = join(world.folder, 'music-1');
    const child = world.start(['download', list, '--yes', '--json']);
    child.stdin?.end();
    const end = finished(child);
    const before = world.youTube.requests.count('music');
    while (world.youTube.requests.count('music') === before) await pause(2);
    child.kill('SIGTERM');
    expect((await end).exitCode).toBe(130);
    expect((await world.run(['resume', '--json'])).exitCode).toBe(0);
    expect(songFiles(join(world.folder, 'music-1'))).toHaveLength(tracks.length);
  });
});

describe.runIf(hasTmux)('in a terminal', () => {
  const size = { columns: 80, rows: 24 };
  const entry = join(projectDir, 'src', 'index.ts');
  const environment = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries(world.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );

  /** A yt-dlp that does not end when it is asked to. */
  function deafYtDlp(pidFile: string): string {
    const path = join(world.folder, 'deaf-yt-dlp');
    writeFileSync(
      path,
      `#!/bin/sh
case "$*" in *--version*) echo 2026.08.19; exit;; esac
trap '' TERM
echo $$ > "${pidFile}"
while :; do sleep 1; done
`,
      { mode: 0o755 },
    );
    return path;
  }

  test('a second Ctrl+C ends HARMONI and its children at once', { timeout: 60_000 }, async () => {
    const pidFile = join(world.folder, 'deaf.pid');
    const music = join(world.folder, 'music-2');
    const env = { ...environment(), HARMONI_OUTPUT_DIR: music, HARMONI_YTDLP: deafYtDlp(pidFile) };
    const terminal = openTmux([entry, 'download', list, '--yes'], size, env);
    try {
      while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await pause(10);
      terminal.keys('C-c');
      await pause(400);
      expect(terminal.screen().join('\n')).not.toContain('[exit');
      terminal.keys('C-c');
      await terminal.shows(/\[exit 130\]/);
      expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false);
      // It did not wait for the child, so its work is still to be swept up by the next start.
      expect(existsSync(join(music, '.harmoni'))).toBe(true);
    } finally {
      terminal.end();
    }
    const resumed = await world.run(['resume', '--json'], { env: { HARMONI_OUTPUT_DIR: music } });
    expect(resumed.exitCode).toBe(0);
    expect(existsSync(join(music, '.harmoni'))).toBe(false);
  });

  test(
    'Ctrl+C in a job of the menu leads back to the menu, which still works',
    { timeout: 60_000 },
    async () => {
      const music = join(world.folder, 'music-3');
      const data = join(world.folder, 'data-3');
      mkdirSync(join(data, 'exportify'), { recursive: true });
      writeFileSync(join(data, 'exportify', 'Menu.csv'), exportifyCsv(tracks));
      const env = { ...environment(), HARMONI_DATA_DIR: data, HARMONI_OUTPUT_DIR: music };
      world.youTube.failures.add({ failure: 'slow' });
      const terminal = openTmux([entry], size, env);
      const download = async (): Promise<void> => {
        terminal.type('Exp');
        await terminal.shows(/❯ Exportify/);
        terminal.keys('Enter');
        // The answers of an earlier round are still on the screen.
        await terminal.shows(/\? Songs of "Menu"/);
        terminal.keys('Enter');
        await terminal.shows(/\? Download 4 songs/);
        terminal.keys('Enter');
      };
      try {
        await terminal.shows(/❯ Downloads/);
        terminal.keys('Enter');
        await terminal.shows(/❯ Spotify/);
        const before = world.youTube.requests.count('media');
        await download();
        while (world.youTube.requests.count('media') === before) await pause(10);
        terminal.keys('C-c');
        await terminal.shows(/4 left/);
        await terminal.shows(/❯ Exportify/);
        world.youTube.failures.clear();
        await download();
        await terminal.shows(/Downloaded 4 songs/);
        expect(songFiles(music)).toHaveLength(4);
      } finally {
        world.youTube.failures.clear();
        terminal.end();
      }
    },
  );
});

test('a second Ctrl+C ends a HARMONI that waits for a file which never answers', async () => {
  const fifo = join(world.folder, 'fifo.csv');
  execFileSync('mkfifo', [fifo]);
  const child = world.start(['download', fifo, '--yes']);
  child.stdin?.end();
  const end = new Promise<string>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? String(code))),
  );
  // It has opened the file when it has nothing else to do.
  await pause(2_000);
  child.kill('SIGINT');
  await pause(500);
  child.kill('SIGINT');
  expect(['130', 'SIGKILL']).toContain(await end);
});
