import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { JobEvent } from '../../src/downloads/job-events.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, exportifyCsv, finished, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(10, { fromMs: 4_000, stepMs: 50 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
  bench = await createJobBench(world);
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

const songsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.opus')) : [];

test('a store that breaks in the middle of a job ends it with a report of what arrived', async () => {
  let finishedSongs = 0;
  const onEvent = (event: JobEvent): void => {
    if (event.type !== 'track-finished') return;
    finishedSongs += 1;
    if (finishedSongs === 1) bench.store.database.exec('DROP TABLE failures; DROP TABLE visits');
  };
  const { report, stoppedBy, events } = await bench.run([listOf('Broken', tracks)], { onEvent });
  expect(stoppedBy?.code).toBe('store-broken');
  const there = songsIn(join(world.music, 'Broken'));
  expect(there.length).toBeGreaterThan(0);
  expect(report.summary.done).toBe(there.length);
  expect(report.summary.done + report.summary.cancelled).toBe(tracks.length);
  const list = readFileSync(join(world.music, 'Broken', 'Broken.m3u8'), 'utf8');
  for (const name of there) expect(list).toContain(name);
  expect(events.at(-1)?.type).toBe('job-finished');
});

const mayMount =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true'], { stdio: 'ignore' }).status === 0;
const documentSchema = z.object({
  lists: z.array(
    z.object({ tracks: z.array(z.object({ status: z.string(), path: z.string().optional() })) }),
  ),
  summary: z.object({ done: z.number(), cancelled: z.number() }),
});

test.runIf(mayMount)(
  'a data disk that fills in the middle ends a download with its report, and 1',
  async () => {
    const data = join(world.folder, 'small-disk');
    const music = join(world.folder, 'music-full');
    mkdirSync(data);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', data]);
    onTestFinished(() => void spawnSync('umount', ['-l', data]));
    const list = join(world.folder, 'Full.csv');
    writeFileSync(list, exportifyCsv(tracks));
    world.env['HARMONI_DATA_DIR'] = data;
    world.env['HARMONI_OUTPUT_DIR'] = music;
    const child = world.start(['download', list, '--yes', '--json']);
    child.stdin?.end();
    const end = finished(child);
    const before = world.youTube.requests.count('media');
    while (world.youTube.requests.count('media') === before) await new Promise((next) => setTimeout(next, 5));
    spawnSync('dd', ['if=/dev/zero', `of=${join(data, 'filler')}`, 'bs=4k'], { stdio: 'ignore' });
    const run = await end;
    expect(run.stderr).not.toMatch(/fault in HARMONI|at .*\.ts:\d/);
    const { lists, summary } = documentSchema.parse(run.json());
    const paths = (lists[0]?.tracks ?? []).filter(({ status }) => status === 'done').map(({ path }) => path);
    expect(paths.every((path) => path !== undefined && existsSync(path))).toBe(true);
    expect(songsIn(join(music, 'Full'))).toHaveLength(summary.done);
    expect(run.exitCode).toBe(1);
  },
);
