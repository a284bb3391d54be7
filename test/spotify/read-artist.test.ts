import { expect, test } from 'vitest';
import { createCatalogue, spotifyId } from '../../src/demo/spotify-catalogue.ts';
import type { Track } from '../../src/tracks/track.ts';
import { demoTracks, failureOf, setScene } from './set-up.ts';

/** So many albums of one artist, two songs each, and one of another on which the artist is a guest. */
function discography(albums: number): Track[] {
  const own = demoTracks(2 * albums).map((track, index) => ({
    ...track,
    artists: ['Band'],
    artist: 'Band',
    albumArtists: ['Band'],
    album: `Album ${Math.floor(index / 2)}`,
    trackNumber: (index % 2) + 1,
    trackTotal: 2,
  }));
  const [guest] = demoTracks(1);
  return guest === undefined
    ? own
    : [...own, { ...guest, artists: ['Other', 'Band'], albumArtists: ['Other'], album: 'Elsewhere' }];
}

const band = spotifyId('artist Band');

test.each(['new', 'old'] as const)(
  'of a %s app: every album is a list, and what is only guested on is none',
  async (cohort) => {
    const { client } = await setScene({ cohort, catalogue: createCatalogue(discography(23)) });
    const told: unknown[] = [];
    const lists = await client.readArtist(band, { onProgress: (progress) => told.push(progress) });
    expect(lists.map(({ name }) => name)).toEqual(
      Array.from({ length: 23 }, (_, index) => `Band - Album ${index}`),
    );
    expect(lists.every(({ tracks }) => tracks.length === 2)).toBe(true);
    expect(new Set(lists.map(({ origin }) => origin)).size).toBe(23);
    expect(told.at(-1)).toEqual({ done: 23, total: 23 });
  },
);

test('one that only appears on albums of others has none, and an unknown one is not found', async () => {
  const { client } = await setScene({ catalogue: createCatalogue(demoTracks(3)) });
  const guest = await failureOf(client.readArtist(spotifyId('artist Guest')));
  expect(guest).toMatchObject({ code: 'source-empty' });
  const nobody = await failureOf(client.readArtist(spotifyId('artist Nobody')));
  expect(nobody.code).toMatch(/not-found|refused/);
});

test('a stop ends it between two albums', async () => {
  const { client } = await setScene({ catalogue: createCatalogue(discography(5)) });
  const stop = new AbortController();
  const reading = client.readArtist(band, {
    signal: stop.signal,
    onProgress: ({ done }) => done === 2 && stop.abort(new Error('stopped')),
  });
  await expect(reading).rejects.toThrow('stopped');
});
