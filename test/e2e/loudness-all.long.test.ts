import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTagger } from '../../src/downloads/tag.ts';
import { inspect } from '../../src/downloads/inspect.ts';
import { createWorld, exportifyCsv, makeTracks, type World } from '../helpers/world.ts';
import { contentsOf } from '../library/convert/library.ts';

const tracks = makeTracks(3, { fromMs: 6_000, stepMs: 50 });
const tagger = createTagger();
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, config: { loudness: 'all' } });
  writeFileSync(join(world.folder, 'Mix.csv'), exportifyCsv(tracks));
});
afterAll(() => world.close());

test('with loudness: all, Opus that was only copied says how loud it is, once, and undo takes the tags back', async () => {
  const run = await world.run(['download', 'Mix.csv', '--yes']);
  expect(run.stderr + run.stdout).toContain('3');
  expect(run.exitCode).toBe(0);
  const paths = Object.keys(contentsOf(world.music)).filter((way) => way.endsWith('.opus'));
  expect(paths).toHaveLength(3);
  for (const way of paths) {
    const path = join(world.music, way);
    const { properties } = await tagger.read(path);
    expect(Number(properties['R128_TRACK_GAIN']?.[0])).not.toBeNaN();
    expect(properties['REPLAYGAIN_TRACK_GAIN']?.[0]).toMatch(/^-?\d+\.\d\d dB$/);
    expect(properties['ISRC']?.[0]).toMatch(/^QZTST26/);
    expect((await inspect(path, 'opus')).fault).toBeUndefined();
  }
  const done = contentsOf(world.music);
  expect((await world.run(['download', 'Mix.csv', '--yes'])).exitCode).toBe(0);
  expect(contentsOf(world.music)).toEqual(done);
  const deep = await world.run(['library', 'scan', '--deep', '--json']);
  expect(deep.json()).toMatchObject({ deep: { measured: 0, known: 3, broken: [] } });

  expect((await world.run(['undo', '--yes'])).exitCode).toBe(0);
  for (const way of paths) {
    const { properties } = await tagger.read(join(world.music, way));
    expect(properties['R128_TRACK_GAIN']).toBeUndefined();
    expect(properties['TITLE']).toHaveLength(1);
  }
});
