import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { list, track } from '../history/set-up.ts';
import { createPlaylistBench, entriesIn } from './playlist-bench.ts';

const folders = '{list}/{artist} - {track}';
const albums = '{albumArtist}/{album}/{number} - {track}';
const songs = [track('A', 'One'), track('B', 'Two')];
const mix = (origin = 'spotify:playlist:a') => list('Mix', songs, { origin });
const inFolder = { One: 'Mix/A - One.mp3', Two: 'Mix/B - Two.mp3' };
const inAlbums = { One: 'A/First/01 - One.mp3', Two: 'B/Unknown/Two.mp3' };

test("a list's playlist file lies in its folder, or in Playlists with paths that lead there", async () => {
  const { write, read } = createPlaylistBench();
  expect(await write(folders, [mix()], inFolder)).toEqual(['Mix/Mix.m3u8']);
  expect(entriesIn(read('Mix/Mix.m3u8'))).toEqual(['A - One.mp3', 'B - Two.mp3']);
  expect(await write(albums, [list('Rock', songs, { origin: 'file:r' })], inAlbums)).toEqual([
    'Playlists/Rock.m3u8',
  ]);
  expect(entriesIn(read('Playlists/Rock.m3u8'))).toEqual(['../A/First/01 - One.mp3', '../B/Unknown/Two.mp3']);
  expect(await write('Music/{list}/{track}', [list('Jazz', songs)], { One: 'Music/Jazz/One.mp3' })).toEqual([
    'Music/Jazz/Jazz.m3u8',
  ]);
});

test('songs that belong to no list have no playlist file, and a list without songs has none', async () => {
  const { write, library } = createPlaylistBench();
  expect(await write(folders, [list('A - One', songs, { folder: 'library' })], inAlbums)).toEqual([
    undefined,
  ]);
  expect(await write(folders, [mix()])).toEqual([undefined]);
  expect(existsSync(library)).toBe(false);
});

test('songs that were not downloaded now are named from the library, in the order of the list', async () => {
  const bench = createPlaylistBench();
  bench.own('Other/B - Two.mp3', track('B', 'Two'));
  bench.own('Mix/B - Two.mp3', track('B', 'Two'));
  bench.own('Mix/C - Three.mp3', track('C', 'Three'), { fault: 'is cut off' });
  const three = list('Mix', [track('C', 'Three'), ...songs.toReversed()], { origin: 'file:a' });
  await bench.write(folders, [three], { One: 'Mix/A - One.mp3' });
  expect(entriesIn(bench.read('Mix/Mix.m3u8'))).toEqual(['B - Two.mp3', 'A - One.mp3']);
});

describe('two lists of one name', () => {
  test.each([
    [folders, ['Mix/Mix.m3u8', 'Mix (2)/Mix.m3u8']],
    [albums, ['Playlists/Mix.m3u8', 'Playlists/Mix (2).m3u8']],
    ['{albumArtist}/{list}/{track}', ['Playlists/Mix.m3u8', 'Playlists/Mix (2).m3u8']],
  ])('have a playlist file each (%s), run after run and in either order', async (template, files) => {
    const { write } = createPlaylistBench();
    const [one, two] = [mix(), mix('spotify:playlist:b')];
    expect(await write(template, [one, two], inAlbums)).toEqual(files);
    expect(await write(template, [two, one], inAlbums)).toEqual(files.toReversed());
    expect(await write(template, [two], inAlbums)).toEqual(files.slice(1));
  });

  test('that differ in the case of a letter are not one on any disk', async () => {
    const { write } = createPlaylistBench();
    const lists = [mix(), { ...mix('spotify:playlist:b'), name: 'MIX' }];
    expect(await write(albums, lists, inAlbums)).toEqual(['Playlists/Mix.m3u8', 'Playlists/MIX (2).m3u8']);
  });
});

test.each([
  [folders, 'Mix/Mix.m3u8'],
  [albums, 'Playlists/Mix.m3u8'],
])('a renamed playlist keeps its file (%s), and has its new name in it', async (template, file) => {
  const { write, read } = createPlaylistBench();
  await write(template, [mix()], inAlbums);
  expect(await write(template, [{ ...mix(), name: 'Winter' }], inAlbums)).toEqual([file]);
  expect(read(file)).toContain('#PLAYLIST:Winter\n');
});

describe("a file of the user's own in the way", () => {
  test.each([
    ['of another program', '#EXTM3U\nmine.mp3\n'],
    ['of another list', '#EXTM3U\n#HARMONI:spotify:playlist:other\nmine.mp3\n'],
    ['that is empty', ''],
  ])('(%s) is not touched', async (_, content) => {
    const { write, read, put } = createPlaylistBench();
    put('Playlists/Mix.m3u8', content);
    put('Rock/Rock.m3u8', content);
    for (let run = 0; run < 2; run += 1) {
      expect(await write(albums, [mix()], inAlbums)).toEqual(['Playlists/Mix (2).m3u8']);
      const [rock = ''] = await write(folders, [list('Rock', songs)], { One: 'Rock/A - One.mp3' });
      expect(rock).toMatch(/^Rock \(2\)\/Rock\.m3u8$|^Rock\/Rock \(2\)\.m3u8$/);
    }
    expect([read('Playlists/Mix.m3u8'), read('Rock/Rock.m3u8')]).toEqual([content, content]);
  });

  test('also where it is a folder, or a link', async () => {
    const { write, at } = createPlaylistBench();
    mkdirSync(at('Playlists/Mix.m3u8'), { recursive: true });
    symlinkSync('/nowhere', at('Playlists/Mix (2).m3u8'));
    expect(await write(albums, [mix()], inAlbums)).toEqual(['Playlists/Mix (3).m3u8']);
  });

  test('where the folder Playlists should be, costs the playlist file alone', async () => {
    const { write, put, read } = createPlaylistBench();
    put('Playlists', 'mine');
    expect(await write(albums, [mix()], inAlbums)).toEqual([undefined]);
    expect(read('Playlists')).toBe('mine');
  });
});

test('what the user added to a playlist file is kept in the trash', async () => {
  const { write, read, put, trashed } = createPlaylistBench();
  await write(albums, [mix()], inAlbums);
  const edited = `${read('Playlists/Mix.m3u8')}mine.mp3\n`;
  put('Playlists/Mix.m3u8', edited);
  await write(albums, [mix()], inAlbums);
  expect(trashed('Playlists/Mix.m3u8')).toBe(edited);
  expect(entriesIn(read('Playlists/Mix.m3u8'))).toHaveLength(2);
});

describe('another template', () => {
  test('leaves the playlist file where it is, and keeps it up to date', async () => {
    const { write, read, at } = createPlaylistBench();
    await write(folders, [mix()], { One: inFolder.One });
    const both = { One: inFolder.One, Two: inAlbums.Two };
    expect(await write(albums, [mix()], both)).toEqual(['Mix/Mix.m3u8']);
    expect(entriesIn(read('Mix/Mix.m3u8'))).toEqual(['A - One.mp3', '../B/Unknown/Two.mp3']);
    // One that is gone is made where the template of today has it.
    rmSync(at('Mix'), { recursive: true });
    expect(await write(albums, [mix()], both)).toEqual(['Playlists/Mix.m3u8']);
    expect(await write(folders, [mix()], both)).toEqual(['Playlists/Mix.m3u8']);
  });

  test('leaves it there, too, when the data folder was lost', async () => {
    const { write, store } = createPlaylistBench();
    await write(folders, [mix(), mix('spotify:playlist:b')], inFolder);
    store.database.exec('DELETE FROM lists');
    expect(await write(albums, [mix('spotify:playlist:b'), mix()], inFolder)).toEqual([
      'Mix (2)/Mix.m3u8',
      'Mix/Mix.m3u8',
    ]);
  });
});

describe('a playlist file of HARMONI 2.0', () => {
  const of20 = (paths: readonly string[]): string =>
    ['#EXTM3U', '#EXTENC:UTF-8', '#PLAYLIST:Mix', ...paths.flatMap((path) => ['#EXTINF:3,x', path]), ''].join(
      '\n',
    );

  test.each([
    ['Mix/Mix.m3u8', 'A - One.mp3', folders],
    ['Mix/Mix.m3u8', 'A - One.mp3', albums],
    ['Mix.m3u8', 'Mix/A - One.mp3', folders],
    ['Mix.m3u8', 'Mix/A - One.mp3', '{list}/{track}'],
  ])(
    "in %s is taken over where it is, once its songs are HARMONI's (%s, %s)",
    async (file, path, template) => {
      const bench = createPlaylistBench();
      bench.put(file, of20([path]));
      bench.own('Mix/A - One.mp3', track('A', 'One'));
      expect(await bench.write(template, [mix()], inFolder)).toEqual([file]);
      expect(bench.read(file)).toContain('#HARMONI:spotify:playlist:a\n');
      expect(bench.trashed(file)).toBe(of20([path]));
    },
  );

  test("that names a song which HARMONI did not make is the user's own", async () => {
    const bench = createPlaylistBench();
    bench.put('Mix.m3u8', of20(['mine.mp3']));
    expect(await bench.write(folders, [mix()], inFolder)).toEqual(['Mix/Mix.m3u8']);
    expect(bench.read('Mix.m3u8')).toBe(of20(['mine.mp3']));
  });
});
