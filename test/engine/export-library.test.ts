import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportSongs } from '../../src/engine/export-library.ts';
import type { IndexedFile } from '../../src/history/file-index.ts';
import type { Store } from '../../src/history/store.ts';
import { listFile } from '../../src/sources/list-file.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import type { SongFacts } from '../../src/tracks/song-facts.ts';
import type { Track } from '../../src/tracks/track.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore, track } from '../history/set-up.ts';

const { signal } = new AbortController();
const nowMs = new Date(2026, 10, 30, 12).getTime();

/** A song of the library, as a scan leaves it. */
function index(
  { files }: Store,
  path: string,
  song: Track,
  more: { file?: Partial<IndexedFile>; facts?: Partial<SongFacts> } = {},
): void {
  const { artists, artist, track: title, isrc } = song;
  const facts = { genres: [], hasCover: false, isrcs: isrc === undefined ? [] : [isrc] };
  files.put(
    {
      path,
      sizeBytes: 1_000,
      modifiedMs: 5,
      downloaded: true,
      format: 'mp3',
      durationMs: 200_400,
      ...more.file,
    },
    trackKeys(song),
    { ...facts, title, artist, artists, ...more.facts },
  );
}

const one = track('Air', 'Alpha', { isrc: 'ZZTST1900001' });
const two = track('=Boards; of', 'Two, "2"');
const gone = track('Cream', 'Gone', { album: 'Wheels', releaseDate: '1968' });
const unsure = track('Devo', 'Maybe');
const broken = track('Eels', 'Broken');

/** A library with two songs and a broken one, and a followed list and a downloaded one that have these and others. */
function makeLibrary(): { store: Store; library: string; folder: string } {
  const store = openTestStore();
  const root = tempFolder();
  const [library, folder] = [join(root, 'music'), join(root, 'export')];
  mkdirSync(library);
  index(store, join(library, 'Mix', 'Air - Alpha.mp3'), one, {
    facts: { album: 'Moon', date: '1998-01-16' },
  });
  index(store, join(library, 'Mix', '#2.mp3'), two);
  index(store, join(library, 'Mix', 'Eels.mp3'), broken, { file: { fault: 'it is empty' } });
  const mix = {
    library,
    origin: 'spotify:playlist:1',
    name: 'Mix',
    input: 'x',
    whenRemoved: 'keep',
  } as const;
  const { id } = store.followed.follow(mix);
  const isThere = (song: Track): boolean => [one, two].includes(song);
  const entries = [two, gone, unsure, broken, one].map((song) => ({ track: song, isThere: isThere(song) }));
  store.followed.setSynced(id, { name: 'Mix', snapshot: undefined }, entries);
  const list = { listName: 'Mix', listOrigin: mix.origin, listFolder: 'own' } as const;
  const failure = {
    stage: 'match',
    code: 'no-match',
    message: 'Nothing like it was found.',
    fix: '',
  } as const;
  store.failures.add('a', { ...list, track: gone, status: 'none', failure });
  store.failures.add('b', {
    ...list,
    track: unsure,
    status: 'unsure',
    failure: { ...failure, message: 'Unsure.' },
  });
  store.lists.add({ library, origin: mix.origin, name: 'Mix', label: 'Mix' });
  store.lists.add({ library, origin: 'file:2', name: 'Old', label: 'Old' });
  const old = { name: 'Old', origin: 'file:2', tracks: [one, gone], skipped: [], folder: 'own' } as const;
  store.jobs.create([{ list: old, chosen: [true, false] }], {});
  const playlist = join(library, 'Mix', 'Mix.m3u8');
  mkdirSync(join(library, 'Mix'));
  writeFileSync(playlist, '#EXTM3U\n#HARMONI:spotify:playlist:1\n./#2.mp3\nAir - Alpha.mp3\n');
  store.lists.setPlaylist(library, mix.origin, playlist, 'x');
  return { store, library, folder };
}

function run(
  { store, library, folder }: ReturnType<typeof makeLibrary>,
  flags: Parameters<typeof exportSongs>[2],
  words: readonly string[] = [],
): ReturnType<typeof exportSongs> {
  return exportSongs(store, { library, folder, nowMs }, flags, words);
}

const namesOf = (tracks: readonly Track[] = []): readonly string[] => tracks.map((song) => song.track);

test.each(['csv', 'json'] as const)('the library comes back from %s', async (as) => {
  const place = makeLibrary();
  const { files } = await run(place, { as });
  expect(files).toEqual([{ path: join(place.folder, `harmoni_export_2026-11-30.${as}`), songs: 3 }]);
  const [list] = await listFile.read(files[0]?.path ?? '', { signal });
  const durationMs = 200_400;
  expect(list?.tracks).toEqual([
    { ...one, durationMs, album: 'Moon', releaseDate: '1998-01-16' },
    { ...two, durationMs },
    { ...broken, durationMs },
  ]);
  expect(readFileSync(files[0]?.path ?? '', 'utf8')).toContain('Mix/Air - Alpha.mp3');
});

test('a query chooses, and a name that is taken gets a number', async () => {
  const place = makeLibrary();
  const to = join(place.folder, 'mine.csv');
  mkdirSync(place.folder);
  writeFileSync(to, 'my own');
  const { files } = await run(place, { to }, ['artist:air']);
  expect(files).toEqual([{ path: join(place.folder, 'mine (2).csv'), songs: 1 }]);
  expect(readFileSync(to, 'utf8')).toBe('my own');
  expect(readdirSync(place.folder).toSorted()).toEqual(['mine (2).csv', 'mine.csv']);
});

test.each(['csv', 'json'] as const)('what playlists lack is a list for each of them, as %s', async (as) => {
  const place = makeLibrary();
  const { files } = await run(place, { what: 'missing', as });
  expect(files).toMatchObject([{ songs: 4 }]);
  const lists = await listFile.read(files[0]?.path ?? '', { signal });
  expect(lists.map(({ name, tracks }) => [name, namesOf(tracks)])).toEqual([
    ['Mix', ['Gone', 'Maybe', 'Broken']],
    ['Old', ['Gone']],
  ]);
  expect(lists[0]?.tracks[0]).toEqual(gone);
  const text = readFileSync(files[0]?.path ?? '', 'utf8');
  for (const reason of [
    'Nothing like it was found.',
    'Unsure.',
    'it is empty',
    "hasn't been downloaded yet",
  ]) {
    expect(text).toContain(reason);
  }
});

test('a query looks at missing songs by what their source knew', async () => {
  const place = makeLibrary();
  const { files } = await run(place, { what: 'missing', as: 'csv' }, ['year:1968', 'list:old']);
  const lists = await listFile.read(files[0]?.path ?? '', { signal });
  expect(lists.map(({ name, tracks }) => [name, namesOf(tracks)])).toEqual([['Old', ['Gone']]]);
});

test('a track list has the songs of all playlists once, there or not', async () => {
  const { files } = await run(makeLibrary(), { what: 'playlists' });
  const [list] = await listFile.read(files[0]?.path ?? '', { signal });
  expect(namesOf(list?.tracks)).toEqual(['Two, "2"', 'Gone', 'Maybe', 'Broken', 'Alpha']);
  const [first] = (JSON.parse(readFileSync(files[0]?.path ?? '', 'utf8')) as { tracks: object[] }).tracks; // just written
  expect(first).toMatchObject({ artist: '=Boards; of', track: 'Two, "2"' });
});

test('each playlist is a file with paths from where it lies, in order, and none of HARMONI marks', async () => {
  const place = makeLibrary();
  const { files } = await run(place, { as: 'm3u' });
  const folder = join(place.folder, 'playlists_2026-11-30');
  expect(files).toEqual([{ path: join(folder, 'Mix.m3u'), songs: 2 }]);
  expect(readFileSync(join(folder, 'Mix.m3u'), 'utf8').split('\n')).toEqual([
    '#EXTM3U',
    '#PLAYLIST:Mix',
    '#EXTINF:200,=Boards; of - Two, "2"',
    '../../music/Mix/#2.mp3',
    '#EXTINF:200,Air - Alpha',
    '../../music/Mix/Air - Alpha.mp3',
    '',
  ]);
});

test('a playlist file that is named holds all songs that are meant', async () => {
  const place = makeLibrary();
  const to = join(place.library, 'Mix', 'all.m3u8');
  expect(await run(place, { to }, ['is:broken'])).toMatchObject({ files: [{ path: to, songs: 1 }] });
  expect(readFileSync(to, 'utf8')).toContain('\nEels.mp3\n');
});
