import { describe, expect, test } from 'vitest';
import { failureOf } from './failure-of.ts';
import { listOf, listsOf, nameOf } from './read-text.ts';

/** As spotDL 4 writes a song. */
const song = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  name,
  artists: ['Queen', 'David Bowie'],
  artist: 'Queen',
  genres: ['glam rock', 'rock'],
  disc_number: 1,
  disc_count: 2,
  album_name: 'Hot Space',
  album_artist: 'Queen',
  duration: 248,
  year: 1982,
  date: '1982-05-21',
  track_number: 11,
  tracks_count: 12,
  song_id: '2fuCquhmrzHpu5xcA1ci9x',
  explicit: false,
  publisher: 'Tones',
  url: 'https://open.spotify.com/track/2fuCquhmrzHpu5xcA1ci9x',
  isrc: 'GBUM71029601',
  cover_url: 'https://i.scdn.co/image/ab67',
  copyright_text: '1982 Tones',
  download_url: null,
  lyrics: null,
  popularity: 70,
  album_id: '6reTSIf5MoBco62rk8T7Q1',
  list_name: null,
  list_url: null,
  list_position: null,
  list_length: null,
  artist_id: '1dfeR4HaWDbWqFHLkxsg1d',
  album_type: 'album',
  ...more,
});

describe('a save file of spotDL that cannot be read', () => {
  test.each([
    [
      'cut off',
      JSON.stringify([song('One')]).slice(0, 100),
      "save.spotdl isn't valid JSON. It may be damaged or cut off.",
    ],
    ['empty', '', 'save.spotdl is empty.'],
    ['of another shape', '{"version": 4}', "save.spotdl doesn't contain a song list that HARMONI knows."],
  ])('because it is %s says so', async (_, content, message) => {
    expect(await failureOf(listsOf('save.spotdl', content))).toMatchObject({ message });
  });
});

describe('a save file of spotDL', () => {
  test('gives all of a song', async () => {
    const list = await listOf('Evening.spotdl', JSON.stringify([song('Under Pressure')], undefined, 4));
    expect(list.name).toBe('Evening');
    expect(list.tracks).toEqual([
      {
        artists: ['Queen', 'David Bowie'],
        artist: 'Queen, David Bowie',
        track: 'Under Pressure',
        album: 'Hot Space',
        albumArtists: ['Queen'],
        genres: ['glam rock', 'rock'],
        durationMs: 248_000,
        releaseDate: '1982-05-21',
        discNumber: 1,
        discTotal: 2,
        trackNumber: 11,
        trackTotal: 12,
        spotifyUri: 'spotify:track:2fuCquhmrzHpu5xcA1ci9x',
        explicit: false,
        label: 'Tones',
        copyright: '1982 Tones',
        isrc: 'GBUM71029601',
        coverUrl: 'https://i.scdn.co/image/ab67',
        extra: {
          ARTIST: 'Queen',
          POPULARITY: '70',
          ALBUM_ID: '6reTSIf5MoBco62rk8T7Q1',
          ARTIST_ID: '1dfeR4HaWDbWqFHLkxsg1d',
          ALBUM_TYPE: 'album',
        },
      },
    ]);
  });

  test('of several lists is as many, and names the video that spotDL found', async () => {
    const lists = await listsOf(
      'save.spotdl',
      JSON.stringify([
        song('One', { list_name: 'Mix', list_position: 1, list_url: 'https://open.spotify.com/playlist/x' }),
        song('Two', { list_name: 'Other', download_url: 'https://music.youtube.com/watch?v=fJ9rUzIMcZQ' }),
        song('', { list_name: 'Mix' }),
        song('Three', { list_name: 'Mix' }),
        song('Four'),
      ]),
    );
    expect(lists.map(({ name, tracks }) => [name, ...tracks.map(({ track }) => track)])).toEqual([
      ['Mix', 'One', 'Three'],
      ['Other', 'Two'],
      ['save', 'Four'],
    ]);
    expect(lists[0]?.skipped).toMatchObject([{ row: 2, reason: 'no title' }]);
    expect(lists[0]?.tracks[0]?.extra).toMatchObject({
      LIST_POSITION: '1',
      LIST_URL: 'https://open.spotify.com/playlist/x',
    });
    expect(lists[1]?.tracks[0]?.media).toEqual({ provider: 'youtube', id: 'fJ9rUzIMcZQ' });
  });

  test('that spotDL keeps in sync is read as well', async () => {
    const content = { type: 'sync', query: ['https://open.spotify.com/playlist/x'], songs: [song('One')] };
    expect((await listOf('mix.sync.spotdl', JSON.stringify(content))).tracks.map(nameOf)).toEqual([
      'Queen, David Bowie | One',
    ]);
  });
});

describe('a JSON list of texts', () => {
  test('is read as the lines of a text are, links too', async () => {
    const texts = ['1. Queen - Lazy', '2. https://youtu.be/fJ9rUzIMcZQ', '3. spotify:playlist:x', '??'];
    const readLink = async (link: string) => [
      {
        name: link,
        tracks: [{ artists: ['A'], artist: 'A', track: 'One' }],
        skipped: [],
        folder: 'own' as const,
      },
    ];
    const list = await listOf('songs.json', JSON.stringify(texts), { readLink });
    expect(list.tracks.map(nameOf)).toEqual([
      'Queen | Lazy',
      ' | https://www.youtube.com/watch?v=fJ9rUzIMcZQ',
      'A | One',
    ]);
    expect(list.skipped).toEqual([{ row: 4, reason: 'no title', text: '??' }]);
  });

  test('may have texts among its songs', async () => {
    const list = await listOf(
      'songs.json',
      '{"tracks": [{"artist": "Queen", "track": "Lazy"}, "A - One", 7]}',
    );
    expect(list.tracks.map(nameOf)).toEqual(['Queen | Lazy', 'A | One']);
    expect(list.skipped).toEqual([{ row: 3, reason: 'no title and no artist name', text: '7' }]);
  });
});
