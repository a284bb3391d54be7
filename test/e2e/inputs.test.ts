import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(8, { fromMs: 4_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live', 'cover'] } });
});
afterAll(() => world.close());

const report = z.object({
  lists: z.array(
    z.object({
      name: z.string(),
      tracks: z.array(z.object({ status: z.string(), path: z.string().optional() })),
    }),
  ),
});

/** Downloads and gives the paths; every track must have been done. */
async function download(...inputs: string[]): Promise<{ names: string[]; paths: string[] }> {
  const run = await world.run(['download', ...inputs, '--yes', '--json']);
  expect(run.stderr).not.toContain('Fix:');
  const { lists } = report.parse(run.json());
  const outcomes = lists.flatMap((list) => list.tracks);
  expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'done'));
  return { names: lists.map((list) => list.name), paths: outcomes.map(({ path }) => path ?? '') };
}

test('a song by its name lies in the library itself, with its album and cover facts', async () => {
  const [song] = tracks;
  const { paths } = await download(`${song?.artist ?? ''} - ${song?.track ?? ''}`);
  expect(paths).toEqual([join(world.music, `${song?.artist ?? ''} - ${song?.track ?? ''}.opus`)]);
  const { common } = await parseFile(paths[0] ?? '');
  expect(common).toMatchObject({ artist: song?.artist, title: song?.track, album: 'Collected Tones' });
});

test('a bare title gets its artist from what was found', async () => {
  const run = await world.run(['download', tracks[1]?.track ?? '', '--yes', '--json', '--accept', 'unsure']);
  const { lists } = report.parse(run.json());
  const path = lists[0]?.tracks[0]?.path ?? '';
  expect((await parseFile(path)).common.artist).toBe(tracks[1]?.artist);
});

test('tracks.json in both shapes', async () => {
  const rows = tracks.slice(2, 4).map(({ artist, track, album }) => ({ artist, track, album }));
  const file = join(world.folder, 'tracks.json');
  writeFileSync(file, JSON.stringify({ tracks: rows.slice(0, 1) }));
  await download(file);
  writeFileSync(file, JSON.stringify(rows));
  const run = await world.run(['download', file, '--yes', '--json']);
  const { lists } = report.parse(run.json());
  expect(lists[0]?.tracks.map(({ status }) => status)).toEqual(['present', 'done']);
});

test('a link of a video inside a playlist is that video alone', async () => {
  const id = world.youTube.catalogue.shelves[4]?.right?.videoId ?? '';
  const { paths } = await download(`https://www.youtube.com/watch?v=${id}&list=PLharmoniDemoPlaylist`);
  expect(paths).toHaveLength(1);
});

test('a link of a playlist is all of it, in a folder of its name, and what is there is linked', async () => {
  const run = await world.run([
    'download',
    'https://www.youtube.com/playlist?list=PLharmoniDemoPlaylist',
    '--yes',
    '--json',
  ]);
  const { lists } = report.parse(run.json());
  expect(lists[0]?.name).toBe('Demo playlist');
  expect(lists[0]?.tracks).toHaveLength(tracks.length);
  expect(
    readdirSync(join(world.music, 'Demo playlist')).filter((name) => name.endsWith('.opus')),
  ).toHaveLength(tracks.length);
  expect(lists[0]?.tracks.filter(({ status }) => status === 'present').length).toBeGreaterThanOrEqual(4);
});

test('match explains its choice and downloads nothing', async () => {
  const before = world.youTube.requests.count('media');
  const song = tracks[6];
  const run = await world.run(['match', `${song?.artist ?? ''} - ${song?.track ?? ''}`, '--json']);
  const answer = z
    .object({
      lists: z.array(
        z.object({
          tracks: z.array(
            z.object({
              decision: z.string(),
              pick: z.object({ videoId: z.string(), url: z.string() }),
              reasons: z.array(z.string()).min(1),
            }),
          ),
        }),
      ),
    })
    .parse(run.json());
  expect(answer.lists[0]?.tracks[0]?.pick.videoId).toBe(world.youTube.catalogue.shelves[6]?.right?.videoId);
  expect(world.youTube.requests.count('media')).toBe(before);
});
