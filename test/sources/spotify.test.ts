import { describe, expect, test } from 'vitest';
import { spotifyId } from '../../src/demo/spotify-catalogue.ts';
import { albumId, trackId } from '../../src/demo/spotify-json.ts';
import { HarmoniError } from '../../src/errors.ts';
import { createSpotifySource } from '../../src/sources/spotify.ts';
import { demoTracks, failureOf, playlistNamed, setScene } from '../spotify/set-up.ts';

const signal = new AbortController().signal;

test('links, URIs and "liked" are read as lists', async () => {
  const { client, standIn } = await setScene();
  const source = createSpotifySource({ spotify: () => client });
  const [first] = demoTracks(1);
  if (first === undefined) throw new Error('There is one.');
  const sizes = await Promise.all(
    [
      `https://open.spotify.com/intl-de/playlist/${playlistNamed(standIn, 'Road Trip').id}?si=x`,
      `spotify:album:${albumId(first)}`,
      `spotify:track:${trackId(first)}`,
      'Liked Songs',
      `https://open.spotify.com/artist/${spotifyId(`artist ${first.artists[0] ?? ''}`)}`,
    ].map(async (input) => {
      expect(await source.accepts(input)).toBe(true);
      const lists = await source.read(input, { signal });
      return lists.map(({ tracks, folder }) => `${tracks.length} ${folder}`);
    }),
  );
  expect(sizes).toEqual([['10 own'], ['3 own'], ['1 library'], ['20 own'], ['3 own']]);
});

test('the rows that were read are told on the way', async () => {
  const { client } = await setScene();
  const told: unknown[] = [];
  const source = createSpotifySource({ spotify: () => client });
  await source.read('liked', { signal, onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([{ what: 'your liked songs', done: 20, total: 20 }]);
});

test("what Spotify has and HARMONI can't read is refused with the reason, and asks nobody", async () => {
  const source = createSpotifySource({
    spotify: () => {
      throw new Error('Nobody is asked.');
    },
  });
  expect(await source.accepts('Queen - Liked')).toBe(false);
  const error = await failureOf(source.read('https://open.spotify.com/show/1', { signal }));
  expect(error).toMatchObject({ code: 'source-not-understood' });
  expect(error.message).toContain('podcasts');
});

describe('without a sign-in', () => {
  const signedOut = () => Promise.reject(new HarmoniError('sign-in-needed', 'Nobody.'));
  const source = createSpotifySource({
    spotify: () => ({
      readPlaylist: signedOut,
      readAlbum: signedOut,
      readTrack: signedOut,
      readArtist: signedOut,
      readLiked: signedOut,
    }),
  });
  const id = 'a'.repeat(22);

  test.each([
    [`spotify:playlist:${id}`, 'exportify.net'],
    ['liked', 'exportify.net'],
    [`https://open.spotify.com/album/${id}`, 'artist - title'],
    [`https://open.spotify.com/artist/${id}`, 'artist - title'],
    [`spotify:track:${id}`, 'artist - title'],
  ])('%s says what works without one', async (input, way) => {
    const error = await failureOf(source.read(input, { signal }));
    expect(error).toMatchObject({ code: 'sign-in-needed', message: 'Reading from Spotify needs a sign-in.' });
    expect(error.fix).toContain('harmoni login');
    expect(error.fix).toContain(way);
  });

  test('a playlist that Spotify makes is refused: signing in would not help', async () => {
    const error = await failureOf(source.read(`spotify:playlist:37i9dQZEVXcABCDEFGHIJK`, { signal }));
    expect(error).toMatchObject({ code: 'spotify-own-playlist' });
    expect(error.fix).toContain('Add to other playlist');
  });
});

test('a playlist without a song is said to be empty', async () => {
  const { client, standIn } = await setScene();
  const playlist = playlistNamed(standIn, 'Road Trip');
  playlist.rows = [];
  const source = createSpotifySource({ spotify: () => client });
  const error = await failureOf(source.read(`spotify:playlist:${playlist.id}`, { signal }));
  expect(error).toMatchObject({ code: 'source-empty' });
});
