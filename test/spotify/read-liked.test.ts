import { expect, test } from 'vitest';
import { createCatalogue, trackRows, type DemoRow } from '../../src/demo/spotify-catalogue.ts';
import { manyRows } from '../stand-ins/spotify-rows.ts';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';
import { demoTracks, setScene } from './set-up.ts';

test.each([
  ['new', 50],
  ['old', 0],
] as const)(
  '10,000 liked songs stream to an app of the %s kind in 200 requests and a few pages of memory (%i ms away)',
  async (cohort, latencyMs) => {
    const catalogue = createCatalogue(demoTracks(5), manyRows(10_000));
    const { client, standIn, clock } = await setScene({ catalogue, cohort, latencyMs });
    const started = clock.now();
    let tracks = 0;
    let mostHeld = 0;
    for await (const page of client.likedPages()) {
      tracks += page.tracks.length;
      mostHeld = Math.max(mostHeld, standIn.count(/me\/tracks/) * 50 - tracks);
      expect(page.total).toBe(10_000);
    }
    expect(tracks).toBe(10_000);
    expect(standIn.requests).toHaveLength(200);
    expect(mostHeld).toBeLessThanOrEqual(150);
    expect(standIn.peak()).toBeLessThanOrEqual(3);
    // A burst, then two requests a second: the client's own pace, in time that nobody waits for here.
    expect(clock.now() - started).toBeGreaterThanOrEqual((200 - 30) * 500 - 500);
  },
);

test('no more pages are asked for once nobody wants them', async () => {
  const { client, standIn } = await setScene({ catalogue: createCatalogue([], manyRows(10_000)) });
  for await (const page of client.likedPages()) {
    expect(page.done).toBe(50);
    break;
  }
  expect(standIn.requests.length).toBeLessThanOrEqual(1);
});

test('a song that is liked meanwhile makes no song come twice', async () => {
  const rows: DemoRow[] = trackRows(demoTracks(200));
  const catalogue = createCatalogue([], { length: 200, at: (index) => rows[index] });
  const { client, standIn } = await setScene({ catalogue });
  let pages = 0;
  const list = await client.readLiked({
    onProgress: () => {
      pages += 1;
      if (pages !== 2) return;
      const [extra] = trackRows(demoTracks(201).slice(200));
      if (extra !== undefined) rows.unshift(extra);
      standIn.catalogue.liked = { length: 201, at: (index) => rows[index] };
    },
  });
  const names = list.tracks.map((track) => track.track);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(demoTracks(200).map((track) => track.track));
});

test('liked songs that become fewer meanwhile are read again', async () => {
  const all = trackRows(demoTracks(200));
  const catalogue = createCatalogue([], { length: 200, at: (index) => all[index] });
  const { client, standIn } = await setScene({ catalogue });
  let shrunk = false;
  const list = await client.readLiked({
    onProgress: () => {
      if (shrunk) return;
      shrunk = true;
      const rows = all.slice(10);
      standIn.catalogue.liked = { length: 190, at: (index) => rows[index] };
    },
  });
  expect(list.tracks.map((track) => track.track)).toEqual(
    demoTracks(200)
      .slice(10)
      .map((track) => track.track),
  );
});

test('an empty account has no liked songs and costs one request', async () => {
  const { client, standIn } = await setScene({ catalogue: createCatalogue([]) });
  expect(await client.readLiked()).toEqual({
    name: 'Liked Songs',
    origin: 'spotify:liked',
    tracks: [],
    skipped: [],
    folder: 'own',
  });
  expect(standIn.requests).toHaveLength(1);
});

test('a 429 between the pages makes all of them wait and then go slower', async () => {
  const { client, standIn, clock, pauses } = await setScene({
    catalogue: createCatalogue([], manyRows(1_000)),
  });
  const started = clock.now();
  standIn.play(spotifyFaults.rateLimited(20), { when: /offset=200$/ });
  expect((await client.readLiked()).tracks).toHaveLength(1_000);
  expect(pauses).toEqual([started + 20_000]);
  // Without the 429 these 20 pages would be a burst that takes no time.
  expect(clock.now() - started).toBeGreaterThan(30_000);
  expect(standIn.requests).toHaveLength(21);
});
