import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createWorld, exportifyCsv, makeTracks, type Run, type World } from '../helpers/world.ts';

const tracks = makeTracks(3, { fromMs: 4_000, stepMs: 50 });
const [first] = tracks;
let world: World;
let settings: Record<string, unknown>;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  settings = z.record(z.string(), z.unknown()).parse(storedConfig());
});
afterAll(() => world.close());
beforeEach(() => {
  for (const path of [world.music, join(world.data, 'harmoni.db')])
    rmSync(path, { recursive: true, force: true });
  for (const folder of ['a', 'b']) mkdirSync(join(world.folder, folder), { recursive: true });
  writeFileSync(join(world.folder, 'a', 'Mix.csv'), exportifyCsv(tracks.slice(0, 2)));
  writeFileSync(
    join(world.folder, 'b', 'Mix.csv'),
    exportifyCsv([tracks[0], tracks[2]].flatMap((one) => one ?? [])),
  );
});

const configFile = (): string => join(world.folder, 'config.json');
const storedConfig = (): unknown => JSON.parse(readFileSync(configFile(), 'utf8'));
const configure = (more: Record<string, unknown>): void =>
  writeFileSync(configFile(), JSON.stringify({ ...settings, ...more }));
const songs = (): string[] =>
  readdirSync(world.music, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.opus'))
    .sort();
const summaryOf = (run: Run): Record<string, number> =>
  z.object({ summary: z.record(z.string(), z.number()) }).parse(run.json()).summary;

test('a config.json of HARMONI 2.0 keeps its layout: it is converted once, which is said', async () => {
  configure({ file_name_template: '{artist}/{track}' });
  const run = await world.run(['download', 'a/Mix.csv', '--yes', '--json']);
  expect(run.stderr).toContain(
    `file_name_template in ${configFile()} was {artist}/{track} and is now {list}/{artist}/{track}`,
  );
  expect(summaryOf(run)).toMatchObject({ done: 2 });
  expect(songs()).toEqual(
    tracks.slice(0, 2).map(({ artist, track }) => join('Mix', artist, `${track}.opus`)),
  );
  expect(storedConfig()).toMatchObject({ config_version: 2, file_name_template: '{list}/{artist}/{track}' });
  const requests = world.youTube.requests.all.length;
  const again = await world.run(['download', 'a/Mix.csv', '--yes', '--json']);
  expect(again.stderr).not.toContain('file_name_template');
  expect(summaryOf(again)).toMatchObject({ present: 2, done: 0 });
  expect(world.youTube.requests.all.length).toBe(requests);
});

test('the same library under Artist / Album: what is there stays and is not fetched, playlists find it', async () => {
  configure({ config_version: 2 });
  await world.run(['download', 'a/Mix.csv', '--yes', '--json']);
  const before = songs();
  expect((await world.run(['config', 'set', 'file_name_template', 'artist-album'])).exitCode).toBe(0);
  const run = await world.run(['download', 'a/Mix.csv', 'b/Mix.csv', '--yes', '--json']);
  expect(summaryOf(run)).toMatchObject({ present: 3, done: 1 });
  const third = join(tracks[2]?.artist ?? '', 'Collected Tones', `${tracks[2]?.track ?? ''}.opus`);
  expect(songs()).toEqual([...before, third].sort());
  expect(existsSync(join(world.music, 'Mix', 'Mix.m3u8'))).toBe(true);
  expect(readFileSync(join(world.music, 'Playlists', 'Mix (2).m3u8'), 'utf8')).toContain(`../${third}`);
});

test('retry puts a song that failed in two lists of one name into both', async () => {
  configure({ config_version: 2 });
  const videoId = world.youTube.catalogue.shelves.find(({ track }) => track.track === first?.track)?.right
    ?.videoId;
  world.youTube.failures.add({ failure: 'removed', videoId: videoId ?? '' });
  await world.run(['download', 'a/Mix.csv', 'b/Mix.csv', '--yes', '--json']);
  world.youTube.failures.clear();
  const waiting = z.object({ waiting: z.array(z.object({ track: z.string() })) });
  expect(waiting.parse((await world.run(['review', '--json'])).json()).waiting).toHaveLength(1);
  const retried = await world.run(['retry', '--json']);
  expect(summaryOf(retried)).toMatchObject({ done: 1, present: 1, failed: 0 });
  for (const folder of ['Mix', 'Mix (2)']) {
    const playlist = readFileSync(join(world.music, folder, 'Mix.m3u8'), 'utf8');
    expect(playlist.match(/\.opus$/gm)).toHaveLength(2);
    expect(existsSync(join(world.music, folder, `${first?.artist ?? ''} - ${first?.track ?? ''}.opus`))).toBe(
      true,
    );
  }
  expect((await world.run(['retry'])).stdout).toContain('No songs have failed.');
});
