import { expect, test } from 'vitest';
import { rowJson, playlistRowJson } from '../../src/demo/spotify-json.ts';
import { entrySchema } from '../../src/spotify/schemas.ts';
import { toTrack, type ReadRow } from '../../src/spotify/to-track.ts';
import type { Track } from '../../src/tracks/track.ts';
import { withOldFields } from '../stand-ins/spotify-old-cohort.ts';

const read = (entry: unknown): ReadRow => toTrack(entrySchema.safeParse(entry).data, 1);
const trackIn = (entry: unknown): Track => {
  const row = read(entry);
  if ('skipped' in row) throw new Error(row.skipped.reason);
  return row.track;
};
const baseUrl = 'http://127.0.0.1:1';

const full = {
  added_at: '2025-07-29T21:11:55Z',
  added_by: { id: 'somebody' },
  is_local: false,
  item: {
    type: 'track',
    id: '4uLU6hMCjMI75M1A2tKUQC',
    uri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC',
    name: ' Song ',
    artists: [{ name: 'AC/DC', uri: 'spotify:artist:a' }, { name: 'Guest' }, { name: 'AC/DC' }],
    album: {
      name: 'Album',
      artists: [{ name: 'AC/DC' }],
      release_date: '1980-07',
      total_tracks: 10,
      album_type: 'album',
      uri: 'spotify:album:b',
      images: [
        { url: 'small', width: 64 },
        { url: 'large', width: 640 },
        { url: 'middle', width: 300 },
      ],
    },
    episode: false,
    track: true,
    duration_ms: 255_000,
    track_number: 6,
    disc_number: 1,
    explicit: true,
    external_ids: { isrc: 'au-ap0-90-00045' },
    popularity: 80,
  },
};

test('keeps everything that Spotify says of a track', () => {
  expect(trackIn(full)).toEqual({
    artists: ['AC/DC', 'Guest'],
    artist: 'AC/DC, Guest',
    track: 'Song',
    album: 'Album',
    albumArtists: ['AC/DC'],
    releaseDate: '1980-07',
    durationMs: 255_000,
    trackNumber: 6,
    trackTotal: 10,
    discNumber: 1,
    isrc: 'AUAP09000045',
    explicit: true,
    spotifyUri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC',
    coverUrl: 'large',
    addedAt: '2025-07-29T21:11:55Z',
    extra: {
      SPOTIFY_ARTIST_URIS: 'spotify:artist:a',
      SPOTIFY_ALBUM_URI: 'spotify:album:b',
      ALBUM_TYPE: 'album',
      POPULARITY: '80',
    },
  });
});

test('takes the track from item or from track, and never from the boolean of that name inside', () => {
  const { item, ...rest } = full;
  expect(trackIn({ ...rest, track: item })).toEqual(trackIn(full));
  expect(trackIn({ ...rest, item, track: true })).toEqual(trackIn(full));
});

test('lives with a track of which nearly nothing is said', () => {
  expect(trackIn({ track: { name: 'Song', artists: [{ name: 'Artist' }] } })).toEqual({
    artists: ['Artist'],
    artist: 'Artist',
    track: 'Song',
  });
});

test('ignores fields of the wrong type instead of losing the track', () => {
  const odd = {
    ...full.item,
    album: 'none',
    duration_ms: '255',
    external_ids: null,
    explicit: 'yes',
    images: {},
  };
  expect(trackIn({ ...full, added_by: 'me', added_at: 5, item: odd })).toEqual({
    artists: ['AC/DC', 'Guest'],
    artist: 'AC/DC, Guest',
    track: 'Song',
    trackNumber: 6,
    discNumber: 1,
    spotifyUri: 'spotify:track:4uLU6hMCjMI75M1A2tKUQC',
    extra: { SPOTIFY_ARTIST_URIS: 'spotify:artist:a', POPULARITY: '80' },
  });
});

test('leaves out null artists, and takes those of the album where none is left', () => {
  const named = { ...full.item, artists: [{ name: null }, null, { name: 'Real' }] };
  expect(trackIn({ item: named }).artists).toEqual(['Real']);
  expect(trackIn({ item: { ...full.item, artists: [] } }).artists).toEqual(['AC/DC']);
});

test('does not pass on a release date that is none', () => {
  const item = { ...full.item, album: { ...full.item.album, release_date: '0000' } };
  expect(trackIn({ item })).not.toHaveProperty('releaseDate');
});

test.each([
  [{ kind: 'removed' }, 'removed from Spotify', undefined],
  [{ kind: 'unavailable' }, 'no longer available on Spotify', undefined],
  [{ kind: 'nameless' }, 'no longer available on Spotify', undefined],
  [{ kind: 'episode', show: 'Show', name: 'Episode' }, 'a podcast episode', 'Show - Episode'],
  [{ kind: 'episode', show: 'Show', name: 'Episode', trackShaped: true }, 'a podcast episode', 'Episode'],
  [
    { kind: 'local', artist: '', album: 'X', title: 'Take 7' },
    'a local file without artist and title',
    'Take 7',
  ],
] as const)('skips %j with the reason', (row, reason, text) => {
  const skipped = { row: 1, reason, ...(text === undefined ? {} : { text }) };
  const entry = playlistRowJson(row, 1, baseUrl);
  expect(read(entry)).toEqual({ skipped });
  expect(read(withOldFields(JSON.stringify(entry)))).toEqual({ skipped });
});

test('reads a local file, which has a name and no address', () => {
  const row = {
    kind: 'local',
    artist: 'Fugees (Refugee Camp)',
    album: 'The Score',
    title: 'No Woman, No Cry',
  } as const;
  const entry = playlistRowJson(row, 1, baseUrl);
  for (const json of [entry, withOldFields(JSON.stringify(entry))]) {
    const track = trackIn(json);
    expect(track).toMatchObject({ artist: row.artist, track: row.title, album: row.album });
    expect(track).not.toHaveProperty('spotifyUri');
  }
});

test('reads the names of a local file from its address where it has none', () => {
  const local = rowJson({ kind: 'local', artist: 'A: B', album: '', title: '100% C+' }, baseUrl);
  expect(trackIn({ is_local: true, item: { ...local, name: '', artists: [] } })).toMatchObject({
    artists: ['A: B'],
    track: '100% C+',
  });
});

test.each([null, 'text', 5, {}, { item: null, track: null }, { item: [] }])('skips the row %j', (entry) => {
  expect(read(entry)).toHaveProperty('skipped');
});

test('skips a track that has a name but no artist anywhere', () => {
  expect(read({ item: { name: 'Song', artists: [{ name: '' }] } })).toEqual({
    skipped: { row: 1, reason: 'no artist name', text: 'Song' },
  });
});
