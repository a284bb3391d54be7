import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { hearTone } from '../stand-ins/hear-tone.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(6);
let world: World;

beforeAll(async () => {
  world = await createWorld({
    tracks,
    catalogue: { place: 'shuffled', seed: 'e2e' },
    config: { max_concurrent_downloads: 3 },
  });
  writeFileSync(join(world.data, 'exportify', 'Evening.csv'), exportifyCsv(tracks));
});
afterAll(() => world.close());

const report = z.object({
  lists: z.array(
    z.object({
      name: z.string(),
      tracks: z.array(
        z.object({
          track: z.string(),
          status: z.string(),
          path: z.string().optional(),
          videoId: z.string().optional(),
        }),
      ),
      playlistFile: z.string().optional(),
    }),
  ),
  summary: z.object({ done: z.number(), present: z.number(), failed: z.number() }),
});

test('an Exportify CSV becomes a tagged library of the right recordings, and the second run fetches nothing', async () => {
  const first = await world.run([
    'download',
    join(world.data, 'exportify', 'Evening.csv'),
    '--yes',
    '--json',
  ]);
  const made = report.parse(first.json());
  expect(made.summary).toMatchObject({ done: 6, failed: 0 });
  expect(first.exitCode).toBe(0);
  const { ffmpeg } = await realTools();
  for (const [index, outcome] of (made.lists[0]?.tracks ?? []).entries()) {
    const right = world.youTube.catalogue.shelves[index]?.right;
    expect(outcome.videoId).toBe(right?.videoId);
    expect(await hearTone(outcome.path ?? '', ffmpeg)).toBeCloseTo(right?.toneHz ?? 0, -1);
  }
  const playlist = readFileSync(made.lists[0]?.playlistFile ?? '', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(playlist).toEqual(tracks.map((track) => `${track.artist} - ${track.track}.opus`));
  expect(readdirSync(world.music)).toEqual(['Evening']);

  const requests = world.youTube.requests.all.length;
  const second = await world.run([
    'download',
    join(world.data, 'exportify', 'Evening.csv'),
    '--yes',
    '--json',
  ]);
  expect(report.parse(second.json()).summary).toMatchObject({ done: 0, present: 6 });
  expect(world.youTube.requests.all.length).toBe(requests);
});
