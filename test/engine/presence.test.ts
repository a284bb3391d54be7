import { mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presenceOf } from '../../src/downloads/presence.ts';
import type { JobSettings } from '../../src/downloads/settings.ts';
import { lookAtLibrary, scan } from '../../src/engine/library.ts';
import { settingsOf } from '../../src/engine/wish.ts';
import { configSchema } from '../../src/config/schema.ts';
import type { IndexedFile } from '../../src/history/file-index.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { video } from '../helpers/media.ts';

const tracks = makeTracks(3, { fromMs: 4_000 });
const mix = listOf('Mix', tracks, 'spotify:playlist:a');
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const folder of ['music', 'second', 'job-data']) {
    rmSync(join(world.folder, folder), { recursive: true, force: true });
  }
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
  return () => bench.close();
});

/** What the plan says of each song, and what the job then finds. */
async function planAndRun(outputDir: string, change: Partial<JobSettings> = {}) {
  const config = configSchema.parse({});
  const settings = {
    ...settingsOf(config, { accept: 'sure' }),
    format: 'best' as const,
    outputDir,
    ...change,
  };
  await scan(bench.store, outputDir, {
    signal: new AbortController().signal,
    trash: join(world.folder, 'trash'),
  });
  const { isPresent } = lookAtLibrary(bench.store, settings, config, bench.clock);
  const planned = tracks.map((track) => (isPresent(track) ? 'present' : 'done'));
  const { report } = await bench.run([mix], { settings: { outputDir, format: settings.format, ...change } });
  const found = report.lists[0]?.tracks.map(({ status }) => status);
  return { planned, found };
}

const nothing = ['done', 'done', 'done'];
const everything = ['present', 'present', 'present'];

test('each output folder is a library of its own, for the plan and for the job', async () => {
  const second = join(world.folder, 'second');
  expect(await planAndRun(world.music)).toEqual({ planned: nothing, found: nothing });
  expect(await planAndRun(second)).toEqual({ planned: nothing, found: nothing });
  expect(await planAndRun(second)).toEqual({ planned: everything, found: everything });
  expect(await planAndRun(world.music)).toEqual({ planned: everything, found: everything });
});

test('a second output folder that a link joins to the first one has its songs', async () => {
  const second = join(world.folder, 'second');
  await planAndRun(world.music);
  mkdirSync(second);
  symlinkSync(world.music, join(second, 'first'));
  expect(await planAndRun(second)).toEqual({ planned: everything, found: everything });
});

test('the plan and the job agree about what gives way', async () => {
  await bench.run([mix], { settings: { format: 'mp3' } });
  const paths = tracks.map((track) => bench.store.files.find(track)[0]?.path ?? '');
  truncateSync(paths[0] ?? '', 5_000);
  const another = world.youTube.catalogue.shelves[2]?.results.find(({ role }) => role === 'right');
  if (tracks[1] !== undefined) bench.store.overrides.set(tracks[1], video(another?.videoId ?? ''));
  const first = await planAndRun(world.music, { format: 'mp3' });
  expect(first.planned).toEqual(first.found);
  expect(first.planned).toEqual(['done', 'done', 'present']);
  expect(await planAndRun(world.music, { reformat: true, format: 'opus' })).toEqual({
    planned: nothing,
    found: nothing,
  });
});

describe('of the files that hold a track', () => {
  const settings = { outputDir: '/music', format: 'mp3', replace: false, reformat: false } as const;
  const file = (path: string, change: Partial<IndexedFile> = {}): IndexedFile => ({
    path,
    sizeBytes: 1,
    modifiedMs: 0,
    format: 'mp3',
    downloaded: true,
    ...change,
  });
  const standings = (files: readonly IndexedFile[], videoId?: string) =>
    presenceOf(files, videoId === undefined ? undefined : { media: video(videoId) }, settings).map(
      ({ file: { path }, standing }) => `${path} ${standing}`,
    );

  test('those of another library do not count', () => {
    expect(standings([file('/other/a.mp3'), file('/music2/a.mp3'), file('/music/Mix/a.mp3')])).toEqual([
      '/music/Mix/a.mp3 right',
    ]);
  });

  test('each stands for itself', () => {
    const files = [
      file('/music/a.mp3', { media: video('chosen') }),
      file('/music/b.mp3', { media: video('another') }),
      file('/music/c.mp3', { fault: 'cut off' }),
      file('/music/d.mp3', { fault: 'cut off', downloaded: false }),
    ];
    expect(standings(files, 'chosen')).toEqual([
      '/music/a.mp3 right',
      '/music/b.mp3 gives way',
      '/music/c.mp3 gives way',
      '/music/d.mp3 left alone',
    ]);
  });
});
