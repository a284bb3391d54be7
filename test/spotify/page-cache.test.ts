import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCatalogue, demoPlaylist, trackRows } from '../../src/demo/spotify-catalogue.ts';
import { edit, manyRows } from '../stand-ins/spotify-rows.ts';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';
import { migrations } from '../../src/history/schema.ts';
import type { PageCheckpoints } from '../../src/spotify/checkpoints.ts';
import { createPageCache } from '../../src/spotify/page-cache.ts';
import { openDatabase, type Database } from '../../src/system/database.ts';
import { demoTracks, failureOf, playlistNamed, setScene, type Scene } from './set-up.ts';

let folder: string;
let database: Database;
let checkpoints: PageCheckpoints;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmoni-pages-'));
  database = openDatabase(join(folder, 'harmoni.db'), migrations);
  checkpoints = createPageCache(() => database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

async function longScene(): Promise<Scene & { id: string }> {
  const catalogue = createCatalogue(demoTracks(5), manyRows(320));
  catalogue.playlists.push(demoPlaylist('Long', trackRows(demoTracks(230))));
  const scene = await setScene({ catalogue, checkpoints });
  return { ...scene, id: playlistNamed(scene.standIn, 'Long').id };
}

test('an unchanged playlist is not read again', async () => {
  const { client, standIn, id } = await longScene();
  const first = await client.readPlaylist(id);
  const before = standIn.count(/items/);
  expect(await client.readPlaylist(id)).toEqual(first);
  expect(standIn.count(/items/)).toBe(before);
});

test('an unchanged playlist that was listed costs no request at all', async () => {
  const { client, standIn, id } = await longScene();
  const facts = (await client.listPlaylists()).find((playlist) => playlist.id === id);
  await client.readPlaylist(id, { facts });
  const before = standIn.requests.length;
  await client.readPlaylist(id, { facts });
  expect(standIn.requests).toHaveLength(before);
});

test('a changed playlist is read again, and the old rows are forgotten', async () => {
  const { client, standIn, id } = await longScene();
  await client.readPlaylist(id);
  edit(playlistNamed(standIn, 'Long'), trackRows(demoTracks(60)));
  expect((await client.readPlaylist(id)).tracks).toHaveLength(60);
  expect(database.prepare('SELECT count(*) AS pages FROM spotify_pages').get()).toMatchObject({ pages: 2 });
});

test('a reading that was stopped by the quota goes on where it stopped', async () => {
  const { client, standIn, clock, id } = await longScene();
  standIn.play(spotifyFaults.quotaExceeded(3_600), { when: /items.*offset=150/ });
  expect(await failureOf(client.readPlaylist(id))).toMatchObject({ code: 'spotify-quota-exceeded' });
  const before = standIn.count(/items/);
  await clock.sleep(3_600_000);
  const list = await client.readPlaylist(id);
  expect(list.tracks.map((track) => track.track)).toEqual(demoTracks(230).map((track) => track.track));
  expect(standIn.count(/items/) - before).toBe(2);
});

test('liked songs go on where an abort stopped them, after one look at the first page', async () => {
  const { client, standIn } = await longScene();
  const stop = new AbortController();
  const reading = client.readLiked({
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done === 150) stop.abort(new Error('stopped'));
    },
  });
  await expect(reading).rejects.toThrow('stopped');
  const before = standIn.requests.length;
  const list = await client.readLiked();
  expect(list.tracks).toHaveLength(320);
  expect(new Set(list.tracks.map((track) => track.spotifyUri)).size).toBe(320);
  const again = standIn.requests.slice(before).map((request) => request.query);
  expect(again).toContain('limit=50&offset=0');
  expect(again).toContain('limit=50&offset=300');
  expect(again).not.toContain('limit=50&offset=50');
  expect(again).not.toContain('limit=50&offset=100');
});

test('unchanged liked songs cost one request', async () => {
  const { client, standIn } = await longScene();
  const first = await client.readLiked();
  const before = standIn.requests.length;
  expect(await client.readLiked()).toEqual(first);
  expect(standIn.requests).toHaveLength(before + 1);
});

test('a new liked song makes all of them be read again', async () => {
  const { client, standIn } = await longScene();
  await client.readLiked();
  standIn.catalogue.liked = manyRows(321);
  const before = standIn.requests.length;
  expect((await client.readLiked()).tracks).toHaveLength(321);
  expect(standIn.requests.length - before).toBe(7);
});

test('a playlist that was edited while it was read is not kept', async () => {
  const { client, standIn, id } = await longScene();
  const playlist = playlistNamed(standIn, 'Long');
  await client.readPlaylist(id, { onProgress: () => edit(playlist, playlist.rows) });
  expect(database.prepare('SELECT count(*) AS pages FROM spotify_pages').get()).toMatchObject({ pages: 0 });
});

test('a stored page that is broken is read again', async () => {
  const { client, id } = await longScene();
  const first = await client.readPlaylist(id);
  database.exec("UPDATE spotify_pages SET entries = '{' WHERE first_row = 50");
  expect(await client.readPlaylist(id)).toEqual(first);
});
