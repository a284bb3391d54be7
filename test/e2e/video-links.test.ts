import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(4, { fromMs: 4_000 }).map((track, index) => ({
  ...track,
  artists: [track.artist, 'Guest Star'],
  releaseDate: ['2019-03-01', '2019', undefined, '2019-03-01'][index],
}));
let world: World;

beforeAll(async () => {
  world = await createWorld({
    tracks: tracks.map(({ releaseDate, ...track }) =>
      releaseDate === undefined ? track : { ...track, releaseDate },
    ),
    catalogue: { decoys: ['music-video', 'cover'] },
    config: { file_name_template: '{album}/{artist} - {track}', metadata_template: 'comprehensive' },
  });
});
afterAll(() => world.close());

const report = z.object({
  lists: z.array(
    z.object({
      tracks: z.array(
        z.object({ artist: z.string(), track: z.string(), status: z.string(), path: z.string().optional() }),
      ),
    }),
  ),
});

async function download(input: string) {
  const run = await world.run(['download', input, '--yes', '--json']);
  const songs = report.parse(run.json()).lists.flatMap((list) => list.tracks);
  expect(songs.map(({ status }) => status)).toEqual(songs.map(() => 'done'));
  return Promise.all(
    songs.map(async (song) => ({ ...song, tags: (await parseFile(song.path ?? '')).common })),
  );
}

const watch = (index: number, role: string): string => {
  const video = world.youTube.catalogue.shelves[index]?.results.find((one) => one.role === role);
  return `https://www.youtube.com/watch?v=${video?.videoId ?? ''}`;
};

test('a music video of which YouTube knows no song is named by its title, and has its picture', async () => {
  const [song] = await download(watch(0, 'music-video'));
  expect(song).toMatchObject({ track: tracks[0]?.track, tags: { title: tracks[0]?.track } });
  expect(song?.tags.artist).not.toContain('Official');
  expect(song?.tags.album).toBeUndefined();
  expect(song?.tags.picture).toHaveLength(1);
});

test("a song's link has the tags that its label gave YouTube, and its cover", async () => {
  const [song] = await download(watch(0, 'right'));
  const { artists, track, album } = tracks[0] ?? {};
  expect(song).toMatchObject({ artist: artists?.join(', '), track });
  expect(song?.tags).toMatchObject({ title: track, artists, album, date: '2019-03-01' });
  expect(song?.tags.picture).toHaveLength(1);
  expect(basename(join(song?.path ?? '', '..'))).toBe(album);
});

test('so has each song of a list of links', async () => {
  const file = join(world.folder, 'links.txt');
  writeFileSync(file, `${watch(1, 'right')}\n${watch(2, 'right')}\n`);
  const songs = await download(file);
  expect(songs.map(({ tags: { artists, title, album, date } }) => [artists, title, album, date])).toEqual(
    tracks.slice(1, 3).map(({ artists, track, album, releaseDate }) => [artists, track, album, releaseDate]),
  );
});

test('and each song of a playlist; those that are there already are known again', async () => {
  const run = await world.run([
    'download',
    'https://www.youtube.com/playlist?list=PLharmoniDemoPlaylist',
    '--yes',
    '--json',
  ]);
  const songs = report.parse(run.json()).lists.flatMap((list) => list.tracks);
  expect(songs.map(({ status }) => status)).toEqual(['present', 'present', 'present', 'done']);
  const { common } = await parseFile(songs[3]?.path ?? '');
  expect(common).toMatchObject({
    artists: tracks[3]?.artists,
    title: tracks[3]?.track,
    album: tracks[3]?.album,
    date: '2019-03-01',
  });
  expect(common.picture).toHaveLength(1);
});
