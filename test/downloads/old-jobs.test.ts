import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jobSettings } from '../../src/downloads/settings.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000, stepMs: 50 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const folder of ['music', 'job-data'])
    rmSync(join(world.folder, folder), { recursive: true, force: true });
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
  return () => bench.close();
});

/** As HARMONI 2.0 froze them. */
const before = (fileNameTemplate: string) => ({
  format: 'best',
  quality: 'high',
  outputDir: world.music,
  fileNameTemplate,
  metadataTemplate: 'comprehensive',
  embedMetadata: true,
  sameTrackInSecondList: 'link',
  accept: 'sure',
});

describe('a job of HARMONI 2.0 that is resumed keeps its layout', () => {
  test.each([
    ['{artist} - {track}', ({ artist, track }: (typeof tracks)[number]) => `Mix/${artist} - ${track}.opus`],
    ['{artist}/{track}', ({ artist, track }: (typeof tracks)[number]) => `Mix/${artist}/${track}.opus`],
    [
      '{artist}/{list}/{track}',
      ({ artist, track }: (typeof tracks)[number]) => `${artist}/Mix/${track}.opus`,
    ],
  ])('%s', async (template, pathOf) => {
    const list = { list: listOf('Mix', tracks), chosen: tracks.map(() => true) };
    const { id } = bench.store.jobs.create([list], before(template));
    bench.store.jobs.leave(id);
    const { report } = await bench.resume(id);
    expect(report.summary).toMatchObject({ done: 2 });
    const files = readdirSync(world.music, { recursive: true, encoding: 'utf8' });
    expect(files.filter((path) => path.endsWith('.opus')).sort()).toEqual(tracks.map(pathOf).sort());
  });
});

test('settings of a job are read once, whatever version they are of', () => {
  const today = jobSettings.parse(before('{artist} - {track}'));
  expect(today).toMatchObject({ version: 2, fileNameTemplate: '{list}/{artist} - {track}', replace: false });
  expect(jobSettings.parse(today)).toEqual(today);
  expect(jobSettings.parse({ ...today, fileNameTemplate: '{track}' }).fileNameTemplate).toBe('{track}');
  expect(() => jobSettings.parse({ ...today, version: 3 })).toThrow();
});
