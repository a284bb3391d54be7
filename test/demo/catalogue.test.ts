import { describe, expect, test } from 'vitest';
import { makeCatalogue } from '../stand-ins/catalogue.ts';
import { searchCatalogue } from '../../src/demo/catalogue-search.ts';
import { decoyNames } from '../../src/demo/video.ts';
import { demoSongs } from '../../src/demo/demo-songs.ts';
import { toneOf } from '../../src/demo/video-ids.ts';
import { shortTrack } from './run-ytdlp.ts';

const roles = (catalogue: ReturnType<typeof makeCatalogue>, index = 0): string[] =>
  (catalogue.shelves[index]?.results ?? []).map((video) => video.role);

describe('the catalogue', () => {
  test('is the same each time', () => {
    expect(makeCatalogue(demoSongs).shelves).toEqual(makeCatalogue(demoSongs).shelves);
  });

  test('gives every video an id of its own, of YouTube’s shape', () => {
    const ids = makeCatalogue(demoSongs).shelves.flatMap(({ results }) =>
      results.map((video) => video.videoId),
    );

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[\w-]{11}$/.test(id))).toBe(true);
  });

  test('lets no decoy sound like any right recording', () => {
    const videos = makeCatalogue(demoSongs).shelves.flatMap(({ results }) => results);
    const right = new Set(videos.filter((video) => video.role === 'right').map((video) => video.toneHz));

    expect(right.size).toBe(demoSongs.length);
    expect(videos.filter((video) => video.role !== 'right' && right.has(video.toneHz))).toEqual([]);
    expect(videos.every((video) => video.toneHz === toneOf(video.videoId))).toBe(true);
  });

  test('gives the right recording the track’s own length, album and ISRC', () => {
    const [track] = demoSongs;

    expect(makeCatalogue(demoSongs).shelves[0]?.right).toMatchObject({
      title: track?.track,
      artists: track?.artists,
      album: track?.album,
      isrc: track?.isrc,
      durationMs: track?.durationMs,
      audioMs: track?.durationMs,
      kind: 'song',
    });
  });

  test('plays ten hours as a modest file', () => {
    const catalogue = makeCatalogue([shortTrack('Song')], { decoys: ['ten-hours'] });

    expect(catalogue.shelves[0]?.results[1]).toMatchObject({ durationMs: 36_000_000, audioMs: 20_000 });
  });

  test('puts the right recording where it was asked to', () => {
    expect(roles(makeCatalogue([shortTrack('Song')], { place: 2 })).indexOf('right')).toBe(2);
  });

  test('shuffles by the seed', () => {
    const shuffled = (seed: string): string[] =>
      roles(makeCatalogue([shortTrack('Song')], { place: 'shuffled', seed }));

    expect(shuffled('a')).toEqual(shuffled('a'));
    expect(shuffled('a')).not.toEqual(shuffled('b'));
    expect(shuffled('a').toSorted()).toEqual(shuffled('b').toSorted());
  });

  test('can lack the right recording', () => {
    const catalogue = makeCatalogue(demoSongs, { missing: (_, index) => index === 0 });

    expect(catalogue.shelves[0]?.right).toBeUndefined();
    expect(roles(catalogue)).not.toContain('right');
    expect(roles(catalogue, 1)).toContain('right');
  });

  test('can have the same recording twice, and it sounds the same', () => {
    const catalogue = makeCatalogue([shortTrack('Song')], { doubled: () => true, decoys: [] });

    const [right, double] = catalogue.shelves[0]?.results ?? [];
    expect(roles(catalogue)).toEqual(['right', 'double']);
    expect(double?.toneHz).toBe(right?.toneHz);
    expect(double?.videoId).not.toBe(right?.videoId);
  });

  test('has every decoy, and the clean version of explicit tracks only', () => {
    const catalogue = makeCatalogue([shortTrack('Song'), shortTrack('Rude Song', { explicit: true })]);

    expect(roles(catalogue, 0)).toEqual(['right', ...decoyNames.filter((name) => name !== 'clean')]);
    expect(roles(catalogue, 1)).toEqual(['right', ...decoyNames]);
  });

  test('has a song once that a list has twice', () => {
    expect(makeCatalogue([shortTrack('Song'), shortTrack('Song')]).shelves).toHaveLength(1);
  });
});

describe('a search of the catalogue', () => {
  const catalogue = makeCatalogue(demoSongs);

  test.each(demoSongs)('finds $track first when asked for artist and title', (track) => {
    const { videos } = searchCatalogue(catalogue, `${track.artist} ${track.track}`);

    expect(videos[0]).toMatchObject({ role: 'right', title: track.track });
  });

  test.each(['ZZDEM2600002', 'zzdem2600002', '"ZZ-DEM-26-00002"'])(
    'finds the recording of the ISRC %s',
    (isrc) => {
      const found = searchCatalogue(catalogue, isrc);

      expect(found).toMatchObject({ isrc: 'ZZDEM2600002' });
      expect(found.videos[0]).toBe(catalogue.shelves[1]?.right);
    },
  );

  test.each(['ZZDEM2699999', 'nothing of the kind', ''])('finds nothing for "%s"', (query) => {
    expect(searchCatalogue(catalogue, query).videos).toEqual([]);
  });

  test('reads names in every script', () => {
    const track = shortTrack('丸の内サディスティック', { artists: ['椎名林檎'], artist: '椎名林檎' });

    const { videos } = searchCatalogue(makeCatalogue([track]), '椎名林檎 丸の内サディスティック');

    expect(videos[0]?.role).toBe('right');
  });
});
