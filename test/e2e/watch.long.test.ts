import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  createWorld,
  exportifyCsv,
  finished,
  makeTracks,
  realTools,
  type Run,
  type World,
} from '../helpers/world.ts';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { slowness } from '../helpers/patience.ts';

const tracks = makeTracks(6, { fromMs: 4_000, stepMs: 100 });
let world: World;
let children: ChildProcess[] = [];

beforeAll(async () => {
  world = await createWorld({
    tracks,
    catalogue: { decoys: [] },
    config: { sync_schedule: 'daily at 03:30' },
  });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  world.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
});
afterAll(() => world.close());

const csv = (name: string): string => join(world.data, 'exportify', `${name}.csv`);
const write = (name: string, of: typeof tracks): void => writeFileSync(csv(name), exportifyCsv(of));
const songs = (): string[] =>
  existsSync(world.music)
    ? readdirSync(world.music, { recursive: true, encoding: 'utf8' }).filter(
        (name) => name.endsWith('.opus') && !name.includes('.harmoni'),
      )
    : [];

/** A watch that runs, and what it has said. */
interface Watch {
  readonly child: ChildProcess;
  /** Waits until it says something more, after what it was waited for before. */
  says(text: string): Promise<void>;
  readonly end: Promise<Run>;
}

function startWatch(...args: readonly string[]): Watch {
  const child = world.start(['watch', ...args]);
  children.push(child);
  let said = '';
  let heard: () => void = () => undefined;
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    heard();
  });
  const end = finished(child);
  return {
    child,
    end,
    says: (text) =>
      new Promise((resolve, reject) => {
        heard = () => {
          const at = said.indexOf(text);
          if (at < 0) return;
          said = said.slice(at + text.length);
          resolve();
        };
        heard();
        void end.then(({ stdout, stderr }) => reject(new Error(`It ended: ${stdout}${stderr}`)));
      }),
  };
}

/** As if it had run days ago: the next watch begins with a sync. */
function missARun(): void {
  using store = new DatabaseSync(join(world.data, 'harmoni.db'));
  store.exec('DELETE FROM syncs');
}

/** Ends it, and gives what it said. */
async function stop(watch: Watch, signal: NodeJS.Signals = 'SIGTERM'): Promise<Run> {
  watch.child.kill(signal);
  return watch.end;
}

test(
  'a run that was missed is made up for, changes are synced, and it ends with 0',
  { timeout: 120_000 },
  async () => {
    write('Mix', tracks.slice(0, 2));
    await world.run(['follow', csv('Mix')]);
    const watch = startWatch();
    await watch.says('Watching 1 playlist. Next sync in ');
    await watch.says('Syncing "Mix" (catching up).');
    await watch.says('2 new songs.');
    expect(songs()).toHaveLength(2);
    write('Other', tracks.slice(4, 5));
    write('Mix', tracks.slice(0, 3));
    await watch.says("There's a new playlist file.");
    await watch.says('Syncing "Mix" (its file changed).');
    await watch.says('1 new song.');
    const healthy = await world.run(['watch', '--health', '--json']);
    expect([healthy.exitCode, healthy.json()]).toMatchObject([0, { ok: true }]);
    const second = await world.run(['watch']);
    expect([second.exitCode, second.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^HARMONI is already watching your playlists, since \d\d:\d\d \(process \d+ on .+\)\.\n$/,
      ),
    ]);
    const { exitCode, stdout } = await stop(watch);
    expect(exitCode).toBe(0);
    expect(songs()).toHaveLength(3);
    // What is new was backed up, as it is after a sync that was asked for.
    expect(readdirSync(join(world.data, 'backups'))).toHaveLength(1);
    // Every line is an event with its time, and no list or song is told twice.
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+01:00 \S/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes('No. 003'))).toHaveLength(2);
    const unhealthy = await world.run(['watch', '--health']);
    expect([unhealthy.exitCode, unhealthy.stdout]).toEqual([1, "harmoni watch isn't running.\n"]);
  },
);

test('what was synced is not made up for again, and the last sync is shown', async () => {
  const watch = startWatch();
  await watch.says('Watching 1 playlist.');
  const shown = await world.run(['schedule', '--json']);
  expect(shown.json()).toMatchObject({
    schedule: 'daily at 03:30',
    cron: '30 3 * * *',
    last: { trigger: 'file', downloaded: 1 },
    watching: { pid: watch.child.pid },
  });
  const { stdout } = await stop(watch, 'SIGINT');
  expect(stdout).not.toContain('Syncing');
  expect((await world.run(['schedule'])).stdout).toMatch(/^Last sync today at \d\d:\d\d: 1 new song\.$/m);
});

test(
  'SIGTERM during a download ends it within ten seconds with 0, and the next run gets the rest',
  { timeout: 120_000 },
  async () => {
    const ytDlp = join(world.folder, 'deaf-yt-dlp');
    writeFileSync(
      ytDlp,
      `#!/bin/sh
case "$*" in *--version*) echo 2026.08.19; exit;; esac
trap '' TERM
: > '${world.folder}/loads'
while :; do sleep 1; done
`,
      { mode: 0o755 },
    );
    const real = world.env['HARMONI_YTDLP'];
    onTestFinished(() => void (world.env['HARMONI_YTDLP'] = real));
    world.env['HARMONI_YTDLP'] = ytDlp;
    write('Mix', tracks.slice(0, 5));
    missARun();
    const watch = startWatch();
    await watch.says('Syncing "Mix" (catching up).');
    while (!existsSync(join(world.folder, 'loads'))) await new Promise((resolve) => setTimeout(resolve, 50));
    const manual = await world.run(['sync']);
    expect(manual.exitCode).toBe(1);
    expect(manual.stderr).toMatch(/^\S+ Another sync is running, since \d\d:\d\d \(process \d+ on .+\)\.\n/);
    const began = performance.now();
    expect((await stop(watch)).exitCode).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000 * slowness());
    world.env['HARMONI_YTDLP'] = real;
    expect(songs()).toHaveLength(3);
    const next = startWatch();
    await next.says('2 new songs.');
    await stop(next);
    expect(songs()).toHaveLength(5);
    // The sync that was interrupted has nothing left to resume.
    expect((await world.run(['resume'])).stdout).not.toContain('Mix');
  },
);

test('SIGHUP reads config.json again, and a bad one changes nothing', async () => {
  const path = join(world.folder, 'config.json');
  const text = readFileSync(path, 'utf8');
  const watch = startWatch();
  await watch.says('(');
  writeFileSync(path, text.replace('daily at 03:30', 'sometimes'));
  watch.child.kill('SIGHUP');
  await watch.says('The settings stay as they were.');
  await watch.says('sync_schedule is "sometimes", but it must be something like "daily at 03:30"');
  writeFileSync(path, text.replace('daily at 03:30', 'off'));
  watch.child.kill('SIGHUP');
  await watch.says('Read config.json again.');
  await watch.says('No schedule is set');
  writeFileSync(path, text);
  expect((await stop(watch)).exitCode).toBe(0);
});

test(
  'a sync that fails is one sentence with what to do, and does not end it',
  { timeout: 120_000 },
  async () => {
    renameSync(world.music, `${world.music}-away`);
    missARun();
    const watch = startWatch();
    await watch.says(' The sync failed. None of the songs HARMONI downloaded to ');
    renameSync(`${world.music}-away`, world.music);
    write('Mix', tracks.slice(0, 6));
    await watch.says('1 new song.');
    expect((await stop(watch)).exitCode).toBe(0);
  },
);
