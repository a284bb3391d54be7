import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createWorld, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(4, { fromMs: 4_000 }).map((track, index) => ({
  ...track,
  artists: [track.artist, 'Guest Star'],
  releaseDate: ['2019-03-01', '2019', undefined, '2019-03-01'][index],
}));
/** Until 2024 yt-dlp joined the artists, and read only the year. */
const isOld = (await realTools()).ytDlpVersion < '2024.03.10';
const artistsOf = (index: number): readonly string[] => {
  const { artists = [] } = tracks[index] ?? {};
  return isOld ? [artists.join(', ')] : artists;
};
const dateOf = (index: number): string | undefined =>
  isOld ? tracks[index]?.releaseDate?.slice(0, 4) : tracks[index]?.releaseDate;
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
  expect(song?.tags).toMatchObject({ title: track, artists: artistsOf(0), album, date: dateOf(0) });
  expect(song?.tags.picture).toHaveLength(1);
  expect(basename(join(song?.path ?? '', '..'))).toBe(album);
});

test('so has each song of a list of links', async () => {
  const file = join(world.folder, 'links.txt');
  writeFileSync(file, `${watch(1, 'right')}\n${watch(2, 'right')}\n`);
  const songs = await download(file);
  expect(songs.map(({ tags: { artists, title, album, date } }) => [artists, title, album, date])).toEqual(
    [1, 2].map((index) => [artistsOf(index), tracks[index]?.track, tracks[index]?.album, dateOf(index)]),
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
    artists: artistsOf(3),
    title: tracks[3]?.track,
    album: tracks[3]?.album,
    date: dateOf(3),
  });
  expect(common.picture).toHaveLength(1);
});
