import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { listFile } from '../../src/sources/list-file.ts';
import type { Track } from '../../src/tracks/track.ts';

const folder = new URL('../fixtures/sources/', import.meta.url).pathname;
const signal = new AbortController().signal;

async function readTracks(name: string): Promise<readonly Track[]> {
  const [list] = await listFile.read(`${folder}${name}.csv`, { signal });
  expect(list?.skipped).toEqual([]);
  expect(list?.name).toBe(name);
  return list?.tracks ?? [];
}

const titles = ['Bohemian Rhapsody - Remastered 2011', 'Under Pressure - Remastered 2011', 'EARFQUAKE'];

/** Which fields a generation has beyond title, artists, album, length and date added. */
const generations: readonly (readonly [string, readonly (keyof Track)[]])[] = [
  ['net-2019-06-22', ['spotifyUri', 'genres', 'releaseDate']],
  ['net-2019', ['spotifyUri', 'genres', 'releaseDate', 'tempo', 'key', 'mode', 'energy']],
  ['net-2024-09-01', ['spotifyUri', 'genres', 'releaseDate', 'tempo', 'label', 'trackTotal']],
  ['net-2024-09-05', ['genres', 'releaseDate', 'tempo', 'label']],
  ['net-2024-09-10', ['spotifyUri', 'genres', 'releaseDate', 'tempo', 'label']],
  ['net-2025-04', ['spotifyUri', 'genres', 'releaseDate', 'tempo', 'label']],
  ['net-2025-05-23', ['spotifyUri', 'genres', 'releaseDate', 'tempo', 'label', 'explicit']],
  ['net-now', ['spotifyUri', 'genres', 'releaseDate', 'tempo', 'label', 'explicit']],
  ['net-fork-isrc', ['spotifyUri', 'genres', 'releaseDate', 'label', 'explicit', 'isrc']],
  ['app-2015-05', ['spotifyUri', 'discNumber', 'trackNumber']],
  ['app-2015', ['spotifyUri', 'discNumber', 'trackNumber']],
  ['app-2020', ['spotifyUri', 'discNumber', 'trackNumber']],
  ['app-now', ['spotifyUri', 'trackNumber', 'albumArtists', 'releaseDate', 'coverUrl', 'explicit', 'isrc']],
  ['app-now-all', ['spotifyUri', 'albumArtists', 'isrc', 'genres', 'tempo', 'label', 'copyright']],
  ['app-fr', ['spotifyUri', 'trackNumber', 'albumArtists', 'releaseDate', 'coverUrl', 'explicit', 'isrc']],
  ['app-de-all', ['spotifyUri', 'albumArtists', 'isrc', 'genres', 'tempo', 'label', 'copyright']],
  ['app-ja-features', ['spotifyUri', 'albumArtists', 'releaseDate', 'isrc', 'tempo', 'energy']],
  ['app-es-playable', ['spotifyUri', 'albumArtists', 'releaseDate', 'isrc', 'coverUrl', 'explicit']],
];

describe.each(generations)('the header of %s', (name, fields) => {
  test('is understood', async () => {
    const tracks = await readTracks(name);
    expect(tracks.slice(0, 3).map(({ track }) => track)).toEqual(titles);
    const [first, second] = tracks;
    expect(first?.artists).toEqual(['Queen']);
    expect(second?.artists).toEqual(['Queen', 'David Bowie']);
    expect(second).toMatchObject({
      artist: 'Queen, David Bowie',
      album: 'Hot Space (2011 Remaster)',
      durationMs: 248440,
      addedAt: '2020-03-14T09:26:53Z',
    });
    for (const field of fields) expect(second, field).toHaveProperty(field);
  });

  test('loses no cell of any row but who added it', async () => {
    const tracks = await readTracks(name);
    const text = (await readFile(`${folder}${name}.csv`, 'utf8')).replace(/^\ufeff/, '');
    const rows = parse(text, { from_line: 2, relax_column_count: true });
    expect(rows).toHaveLength(tracks.length);
    for (const [index, row] of rows.entries()) {
      const known = valuesOf(tracks[index]);
      for (const cell of row.filter(
        (text) => text !== '' && text !== 'undefined' && !text.includes('wizzler'),
      )) {
        const parts = [cell, ...cell.split(/;|(?<!\\),/)].map(plain);
        const [whole = '', ...pieces] = parts;
        expect(
          known.has(whole) || pieces.every((piece) => known.has(piece)),
          `${cell} of ${titles[index]}`,
        ).toBe(true);
      }
    }
  });
});

/** Every value of a track, and every item of its lists. */
function valuesOf(track: Track | undefined): ReadonlySet<string> {
  const values = Object.values({ ...track, ...track?.extra })
    .flat()
    .flatMap((value) => (typeof value === 'object' ? [] : [String(value)]));
  return new Set(values.flatMap((value) => [value, ...value.split(',')]).map(plain));
}

/** What the reader may change: spaces, case, prefixes of URIs, hyphens of an ISRC, how a number is written. */
function plain(text: string): string {
  const bare = text
    .trim()
    .replace(/^spotify:(?:user|track):/, '')
    .replaceAll('\\,', ',');
  if (/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/.test(bare)) return String(Number(bare));
  return bare.toUpperCase().replace(/^([A-Z]{2})-(\w{3})-(\d\d)-(\d{5})$/, '$1$2$3$4');
}

test.each(['net-2019', 'app-2020', 'app-now', 'app-fr', 'app-ja-features', 'net-now'])(
  'keeps the comma of a name in %s',
  async (name) => {
    const [, , third] = await readTracks(name);
    expect(third?.artists).toEqual(['Tyler, The Creator']);
  },
);

test('keeps the quotes of a title', async () => {
  expect((await readTracks('net-now'))[3]).toMatchObject({
    track: '"Heroes" - 2017 Remaster',
    releaseDate: '1977',
  });
  expect((await readTracks('app-fr'))[3]).toMatchObject({
    track: '"Heroes" - 2017 Remaster',
    releaseDate: '1977',
  });
});

test('reads every field of a full row', async () => {
  expect((await readTracks('app-de-all'))[2]).toEqual({
    artists: ['Tyler, The Creator'],
    artist: 'Tyler, The Creator',
    track: 'EARFQUAKE',
    spotifyUri: 'spotify:track:5hVghJ4KaYES3BFUATCYn0',
    album: 'IGOR',
    albumArtists: ['Tyler, The Creator'],
    releaseDate: '2019-05-17',
    coverUrl: 'https://i.scdn.co/image/ab67616d0000b2735hvghj4kayes3bfuatcyn0',
    discNumber: 1,
    trackNumber: 2,
    durationMs: 190066,
    explicit: true,
    isrc: 'USQX91901108',
    addedAt: '2020-03-14T09:26:53Z',
    genres: ['hip hop', 'rap', 'british invasion'],
    energy: 0.498,
    key: 9,
    mode: 1,
    tempo: 79.635,
    label: 'Columbia',
    copyright: 'P 2019 Columbia',
    extra: {
      ARTIST_URIS: 'spotify:artist:4V8LLVI7PbaPR0K2TGSxFF',
      ALBUM_URI: 'spotify:album:5zi7WsKlIiUXv09tbGLKsE',
      ALBUM_ARTIST_URIS: 'spotify:artist:4V8LLVI7PbaPR0K2TGSxFF',
      PREVIEW_URL: 'https://p.scdn.co/mp3-preview/5hvghj4kayes3bfuatcyn0',
      POPULARITY: '82',
      DANCEABILITY: '0.554',
      LOUDNESS: '-8.866',
      SPEECHINESS: '0.0685',
      ACOUSTICNESS: '0.230',
      INSTRUMENTALNESS: '6.29e-06',
      LIVENESS: '0.795',
      VALENCE: '0.413',
      TIME_SIGNATURE: '4',
    },
  });
});
