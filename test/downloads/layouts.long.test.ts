import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { layoutPresets } from '../../src/config/layouts.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { createJobBench, listOf, type JobBench, type JobChange } from '../helpers/job.ts';
import { createWorld, makeTracks, realTools, type World } from '../helpers/world.ts';
import { entriesIn } from './playlist-bench.ts';

const tracks = makeTracks(4, { fromMs: 4_000, stepMs: 50 });
const [one, two] = [tracks.slice(0, 2), tracks.slice(2)];
const [oneA, twoA] = tracks.map(({ artist, track }) => `${artist} - ${track}.opus`);
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const folder of ['music', 'trash', 'job-data']) {
    rmSync(join(world.folder, folder), { recursive: true, force: true });
  }
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
  return () => bench.close();
});

/** All files of the library, playlist files too. */
const library = (): string[] =>
  readdirSync(world.music, { recursive: true, encoding: 'utf8' })
    .filter((path) => lstatSync(join(world.music, path)).isFile())
    .sort();
const songs = (): string[] =>
  library().filter((path) => path.endsWith('.opus') && !path.startsWith('.harmoni'));
const read = (path: string): string => readFileSync(join(world.music, path), 'utf8');
/** The titles in a playlist file; each of its paths leads to a file. */
function titlesIn(path: string): string[] {
  for (const entry of entriesIn(read(path))) statSync(join(world.music, dirname(path), entry));
  return [...read(path).matchAll(/^#EXTINF:-?\d+,.* - (.*)$/gm)].flatMap(([, title]) => title ?? []);
}
const titles = (of: TrackList['tracks']): string[] => of.map(({ track }) => track);
const idOf = (title: string | undefined): string =>
  world.youTube.catalogue.shelves.find(({ track }) => track.track === title)?.right?.videoId ?? '';
const mixA = listOf('Mix', one, 'spotify:playlist:a');
const mixB = listOf('mix', two, 'spotify:playlist:b');

// That for Jellyfin lays songs out as Artist / Album does.
describe.each(layoutPresets.filter((preset) => preset.name !== 'jellyfin'))(
  '$title',
  ({ name, template }) => {
    const byList = name === 'folder-per-playlist';
    const run = (lists: readonly TrackList[], change: JobChange = {}) =>
      bench.run(lists, { ...change, settings: { fileNameTemplate: template, ...change.settings } });
    /** The playlist file of a list with this label, which is called so. */
    const m3u8 = (label: string, called = label): string =>
      byList ? `${label}/${called}.m3u8` : `Playlists/${label}.m3u8`;

    test('two playlists of one name stay two, whichever comes first, run after run', async () => {
      await run([mixA]);
      const { report } = await run([mixB]);
      expect(report.lists[0]?.playlistFile).toBe(join(world.music, m3u8('mix (2)', 'mix')));
      const before = library();
      const { report: again } = await run([mixB, mixA]);
      expect(again.summary).toMatchObject({ present: 4, done: 0 });
      expect(library()).toEqual(before);
      expect(before).toHaveLength(6);
      expect(titlesIn(m3u8('Mix'))).toEqual(titles(one));
      expect(titlesIn(m3u8('mix (2)', 'mix'))).toEqual(titles(two));
    });

    test('a renamed playlist keeps its place', async () => {
      await run([mixA]);
      const before = library();
      const { report } = await run([{ ...mixA, name: 'Winter', tracks: tracks.slice(0, 3) }]);
      expect(report.lists[0]?.playlistFile).toBe(join(world.music, m3u8('Mix')));
      expect(library().filter((path) => !before.includes(path))).toHaveLength(1);
      expect(read(m3u8('Mix'))).toContain('#PLAYLIST:Winter\n');
      expect(titlesIn(m3u8('Mix'))).toEqual(titles(tracks.slice(0, 3)));
    });

    test("a user's own playlist file in the way is not touched", async () => {
      const own = '#EXTM3U\nmine.mp3\n';
      mkdirSync(dirname(join(world.music, m3u8('Mix'))), { recursive: true });
      writeFileSync(join(world.music, m3u8('Mix')), own);
      for (let pass = 0; pass < 2; pass += 1) {
        await run([mixA]);
        expect(read(m3u8('Mix'))).toBe(own);
        expect(titlesIn(m3u8(byList ? 'Mix' : 'Mix (2)', 'Mix (2)'))).toEqual(titles(one));
        expect(library().filter((path) => path.endsWith('.m3u8'))).toHaveLength(2);
      }
    });

    test('a song in three lists is linked into their folders, or is one file that three lists name', async () => {
      const lists = ['One', 'Two', 'Three'].map((title) => listOf(title, one.slice(0, 1), `file:${title}`));
      const { report } = await run(lists);
      expect(report.summary).toMatchObject({ done: 1, present: 2 });
      const files = songs();
      expect(files).toHaveLength(byList ? 3 : 1);
      expect(statSync(join(world.music, files[0] ?? '')).nlink).toBe(byList ? 3 : 1);
      for (const title of ['One', 'Two', 'Three'])
        expect(titlesIn(m3u8(title))).toEqual(titles(one.slice(0, 1)));
      const before = library();
      await run(lists.toReversed());
      expect(library()).toEqual(before);
    });

    test.each(['copy', 'skip'] as const)('a song in two lists, by "%s"', async (how) => {
      const lists = ['One', 'Two'].map((title) => listOf(title, one.slice(0, 1), `file:${title}`));
      await run(lists, { settings: { sameTrackInSecondList: how } });
      expect(songs()).toHaveLength(byList && how === 'copy' ? 2 : 1);
      expect(songs().map((path) => statSync(join(world.music, path)).nlink)).toEqual(songs().map(() => 1));
      for (const title of ['One', 'Two']) expect(titlesIn(m3u8(title))).toEqual(titles(one.slice(0, 1)));
    });

    test('songs of two lists of one name are retried in their own', async () => {
      // One song is missing in both.
      const lists = [
        { ...mixA, tracks: [...one, ...two.slice(0, 1)] },
        { ...mixB, tracks: two },
      ];
      const failing = [one[0], two[0]];
      for (const song of failing)
        world.youTube.failures.add({ failure: 'removed', videoId: idOf(song?.track) });
      const { ytDlp } = await realTools();
      await run(lists, { ytDlpPath: ytDlp });
      world.youTube.failures.clear();
      const failed = bench.store.failures.all();
      expect(failed.map(({ listOrigin, track }) => [listOrigin, track.track]).toSorted()).toEqual(
        [
          ['spotify:playlist:a', one[0]?.track],
          ['spotify:playlist:a', two[0]?.track],
          ['spotify:playlist:b', two[0]?.track],
        ].toSorted(),
      );
      // As `retry` does, for one list only.
      await run([lists[0] ?? mixA]);
      expect(bench.store.failures.all()).toMatchObject([{ listOrigin: 'spotify:playlist:b' }]);
      await run(lists);
      expect(bench.store.failures.all()).toEqual([]);
      expect(titlesIn(m3u8('Mix'))).toEqual(titles([...one, ...two.slice(0, 1)]));
      expect(titlesIn(m3u8('mix (2)', 'mix'))).toEqual(titles(two));
    });

    test('a library with a folder per list of HARMONI 2.0 stays as it is, and nothing is fetched', async () => {
      await bench.run([mixA], { settings: { fileNameTemplate: '{list}/{artist} - {track}' } });
      const before = library();
      expect(before).toEqual([`Mix/${oneA}`, `Mix/${twoA}`, 'Mix/Mix.m3u8'].sort());
      const requests = world.youTube.requests.all.length;
      const { report } = await run([mixA]);
      expect(report.summary).toMatchObject({ present: 2, done: 0 });
      expect(world.youTube.requests.all.length).toBe(requests);
      expect(library()).toEqual(before);
      expect(titlesIn('Mix/Mix.m3u8')).toEqual(titles(one));
    });

    test('a single song is in no folder of a list', async () => {
      const [song] = one;
      if (song === undefined) throw new Error('one song');
      await run([{ name: 'Anything', tracks: [song], skipped: [], folder: 'library' }]);
      expect(library()).toEqual([
        name === 'artist-album' ? `${song.artist}/Collected Tones/${song.track}.opus` : oneA,
      ]);
    });
  },
);

describe('a template that names the list between others', () => {
  test.each(['{albumArtist}/{list}/{track}', '{artist} - {track} ({list})'])(
    'gives a song a place in each list (%s), and the next run finds it there',
    async (fileNameTemplate) => {
      const lists = ['One', 'Two'].map((title) => listOf(title, one, `file:${title}`));
      await bench.run(lists, { settings: { fileNameTemplate } });
      const before = library();
      expect(before.filter((path) => path.endsWith('.opus'))).toHaveLength(4);
      const { report } = await bench.run(lists, { settings: { fileNameTemplate } });
      expect(report.summary).toMatchObject({ present: 4, done: 0 });
      expect(library()).toEqual(before);
      expect(report.lists.map(({ playlistFile }) => playlistFile)).toEqual(
        ['One', 'Two'].map((title) => join(world.music, 'Playlists', `${title}.m3u8`)),
      );
      expect(entriesIn(read('Playlists/Two.m3u8')).every((path) => path.includes('Two'))).toBe(true);
      expect(titlesIn('Playlists/One.m3u8')).toEqual(titles(one));
    },
  );
});

test('a song that comes anew in another format is followed by all playlist files, wherever they lie', async () => {
  const settings = { fileNameTemplate: '{albumArtist}/{album}/{track}' };
  await bench.run([mixA], { settings: { fileNameTemplate: '{list}/{track}' } });
  await bench.run([listOf('Rock', one, 'file:r')], { settings });
  await bench.run([listOf('Jazz', one, 'file:j')], {
    settings: { ...settings, format: 'mp3', reformat: true },
  });
  expect(songs()).toEqual([]);
  for (const path of ['Mix/Mix.m3u8', 'Playlists/Rock.m3u8', 'Playlists/Jazz.m3u8']) {
    expect(titlesIn(path)).toEqual(titles(one));
    expect(entriesIn(read(path)).every((entry) => entry.endsWith('.mp3'))).toBe(true);
  }
});
