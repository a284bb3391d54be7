import { afterEach, expect, test } from 'vitest';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { manyRows } from '../stand-ins/spotify-rows.ts';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn, type SpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import { demoTracks, playlistNamed } from '../spotify/set-up.ts';

let standIn: SpotifyStandIn;
afterEach(() => standIn.close());

async function start(cohort: 'old' | 'new'): Promise<void> {
  const catalogue = createCatalogue(demoTracks(20), manyRows(120));
  standIn = await startSpotifyStandIn({ catalogue, clients: [{ ...demoClient, cohort }] });
}

async function get(path: string, scopes?: readonly string[]): Promise<{ status: number; body: unknown }> {
  const token = standIn.signIn(scopes === undefined ? {} : { scopes }).access_token;
  const response = await fetch(`${standIn.apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() };
}

test('new apps get item alone, old ones item and track', async () => {
  await start('new');
  const path = `/playlists/${playlistNamed(standIn, 'Road Trip').id}/items?limit=1`;
  const fresh = (await get(path)).body as { items: Record<string, unknown>[] };
  expect(Object.keys(fresh.items[0] ?? {})).not.toContain('track');
  await standIn.close();
  await start('old');
  const old = (await get(path)).body as { items: Record<string, unknown>[] };
  expect(old.items[0]?.['track']).toEqual(old.items[0]?.['item']);
  expect(old.items[0]?.['track']).toMatchObject({ track: true, episode: false, popularity: 41 });
});

test('what Spotify closed for new apps is closed for them alone', async () => {
  await start('new');
  const playlist = `/playlists/${playlistNamed(standIn, 'Road Trip').id}`;
  const closed = [`${playlist}/tracks`, '/users/demo-listener/playlists', '/tracks?ids=a'];
  for (const path of closed) expect((await get(path)).status).toBe(403);
  const followed = `/playlists/${playlistNamed(standIn, "A Friend's Mix").id}`;
  expect((await get(`${followed}/items`)).status).toBe(403);
  expect((await get(followed)).body).not.toHaveProperty('items');
  await standIn.close();
  await start('old');
  for (const path of [...closed, `${followed}/items`]) expect((await get(path)).status).toBe(200);
});

test('next of the playlists leads to the closed endpoint', async () => {
  await start('new');
  expect((await get('/me/playlists?limit=2')).body).toMatchObject({
    total: 6,
    next: `${standIn.apiUrl}/users/demo-listener/playlists?offset=2&limit=2`,
  });
});

test('pages hold at most 50 rows', async () => {
  await start('new');
  expect(await get('/me/tracks?limit=51')).toEqual({
    status: 400,
    body: { error: { status: 400, message: 'Invalid limit' } },
  });
  const last = (await get('/me/tracks?limit=50&offset=100')).body as { items: unknown[]; next: unknown };
  expect(last.items).toHaveLength(20);
  expect(last.next).toBeNull();
});

test('scopes are enforced', async () => {
  await start('new');
  const refused = { status: 403, body: { error: { status: 403, message: 'Insufficient client scope' } } };
  expect(await get('/me/tracks', [])).toEqual(refused);
  expect(await get('/me/playlists', [])).toEqual(refused);
  expect((await get('/me', [])).status).toBe(200);
  const own = (await get('/me/playlists', ['playlist-read-private'])).body as { total: number };
  expect(own.total).toBe(5);
});

test('missing, wrong and expired tokens are told apart in the header', async () => {
  await start('new');
  const challenge = async (authorization?: string): Promise<string | null> => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${standIn.apiUrl}/me`, { headers });
    expect(response.status).toBe(401);
    return response.headers.get('www-authenticate');
  };
  expect(await challenge()).toContain('missing_token');
  expect(await challenge('Bearer x')).toContain('Invalid access token');
  const token = standIn.signIn().access_token;
  standIn.tokens.expireAccess();
  expect(await challenge(`Bearer ${token}`)).toContain('The access token expired');
});

test('fields keeps what it names', async () => {
  await start('old');
  const { id } = playlistNamed(standIn, 'Road Trip');
  expect((await get(`/playlists/${id}?fields=id,owner(id),tracks(total,items(track(name)))`)).body).toEqual({
    id,
    owner: { id: 'demo-listener' },
    tracks: {
      total: 10,
      items: Array.from({ length: 10 }, (_, index) => ({ track: { name: `Song ${index}` } })),
    },
  });
});

test('faults come when they are planned, and the log counts every request', async () => {
  await start('new');
  standIn.play(spotifyFaults.rateLimited(3), { when: /me\?/, after: 1, times: 1 });
  standIn.play(spotifyFaults.reset(), { when: /me\/tracks/ });
  expect((await get('/me')).status).toBe(200);
  expect((await get('/me')).status).toBe(429);
  await expect(get('/me/tracks')).rejects.toThrow();
  expect((await get('/me/tracks')).status).toBe(200);
  expect(standIn.requests.map((request) => request.status)).toEqual([200, 429, 0, 200]);
  expect(standIn.count(/tracks/)).toBe(2);
});

test('covers are pictures', async () => {
  await start('new');
  const { body } = await get(`/playlists/${playlistNamed(standIn, 'Road Trip').id}/items?limit=1`);
  const url = /"url":"([^"]+\/image\/[^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
  const response = await fetch(url);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});
