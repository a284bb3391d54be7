import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, exportifyCsv, makeTracks, projectDir, type World } from '../helpers/world.ts';

// What HARMONI 2.0 left: four songs of Evening, one failure, a decision of the user's, and a job of Morning that was
// killed after the song that it shares with Evening.
const fixture = join(projectDir, 'test', 'fixtures', 'harmoni-2.0');
const tracks = makeTracks(6, { fromMs: 3_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
  cpSync(join(fixture, 'library'), world.music, { recursive: true });
  const store = new DatabaseSync(join(world.data, 'harmoni.db'), { enableForeignKeyConstraints: false });
  store.exec(readFileSync(join(fixture, 'store.sql'), 'utf8').replaceAll('/WORLD', world.folder));
  store.close();
});
afterAll(() => world.close());

const videoIdOf = (index: number): string | undefined =>
  world.youTube.catalogue.shelves[index]?.right?.videoId;

/** Every file of the library with its size and time, but what HARMONI hides there. */
function library(): Record<string, string> {
  const all = readdirSync(world.music, { recursive: true, encoding: 'utf8' }).toSorted();
  const names = all.filter((name) => !name.startsWith('.harmoni'));
  const files = names.map((name) => [name, statSync(join(world.music, name))] as const);
  return Object.fromEntries(
    files
      .filter(([, found]) => found.isFile())
      .map(([name, found]) => [name, `${found.size} ${found.mtimeMs}`]),
  );
}

test('what was decided and what failed is still known', async () => {
  const decided = await world.run(['review', 'list', '--json']);
  expect(decided.json()).toMatchObject({ choices: [{ track: tracks[4]?.track, videoId: videoIdOf(4) }] });
  const waiting = await world.run(['review', '--json']);
  expect(waiting.json()).toMatchObject({ waiting: [{ track: tracks[3]?.track, list: 'Evening' }] });
});

test('an interrupted job is resumed, in the folders that it began with', async () => {
  const before = library();
  const run = await world.run(['resume', '--json']);
  expect(run.json()).toMatchObject({ lists: [{ name: 'Morning' }], summary: { failed: 0, cancelled: 0 } });
  const { artist, track } = tracks[5] ?? {};
  const made = join('Morning', `${artist} - ${track}.opus`);
  expect(library()).toEqual({
    ...before,
    [made]: expect.any(String) as string,
    [join('Morning', 'Morning.m3u8')]: expect.any(String) as string,
  });
});

test('what failed is tried again, and the rest of its list is not fetched', async () => {
  const before = library();
  world.youTube.requests.clear();
  const run = await world.run(['retry', '--json']);
  expect(run.json()).toMatchObject({ summary: { done: 1, failed: 0 } });
  const { artist, track } = tracks[3] ?? {};
  const playlist = join('Evening', 'Evening.m3u8');
  expect(library()).toEqual({
    ...before,
    [join('Evening', `${artist} - ${track}.opus`)]: expect.any(String) as string,
    [playlist]: expect.any(String) as string,
  });
  expect(readFileSync(join(world.music, playlist), 'utf8').match(/\.opus$/gm)).toHaveLength(5);
  expect(world.youTube.requests.count('media')).toBeGreaterThan(0);
});

test('the list that was downloaded is there, and nothing is fetched or written anew', async () => {
  const before = library();
  world.youTube.requests.clear();
  const list = join(world.folder, 'Evening.csv');
  writeFileSync(list, exportifyCsv(tracks.slice(0, 5)));
  const run = await world.run(['download', list, '--yes', '--json']);
  expect(run.json()).toMatchObject({ summary: { present: 5, done: 0 } });
  expect(world.youTube.requests.all).toEqual([]);
  expect(library()).toEqual({ ...before, [join('Evening', 'Evening.m3u8')]: expect.any(String) as string });
});
