import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';
import { failureOf, playlistNamed, setScene } from './set-up.ts';

test.each([
  ['a 500', spotifyFaults.serverError(500)],
  ['a 502', spotifyFaults.serverError(502)],
  ['a 503', spotifyFaults.serverError(503)],
  ['an HTML error page', spotifyFaults.html(502)],
  ['an empty error', spotifyFaults.emptyBody(500)],
  ['an empty answer', spotifyFaults.emptyBody(200)],
  ['an HTML page in place of JSON', spotifyFaults.html(200)],
  ['a reset connection', spotifyFaults.reset()],
  ['JSON cut in half', spotifyFaults.tornJson()],
  ['a connection torn in the middle', spotifyFaults.tornBody()],
])('%s is tried again with a growing wait', async (_, fault) => {
  const { client, standIn, clock } = await setScene();
  standIn.play(fault, { when: /items/, times: 2 });
  const list = await client.readPlaylist(playlistNamed(standIn, 'Road Trip').id);
  expect(list.tracks).toHaveLength(10);
  expect(clock.slept).toEqual([1_000, 2_000]);
  expect(standIn.count(/items/)).toBe(3);
});

test('after the retries the failure is told', async () => {
  const { client, standIn } = await setScene({ maxRetries: 3 });
  standIn.play(spotifyFaults.serverError(503), { times: Infinity });
  expect(await failureOf(client.me())).toMatchObject({
    code: 'spotify-unavailable',
    message: 'Spotify has a problem right now (HTTP 503).',
  });
  expect(standIn.requests).toHaveLength(4);
});

test('an expired token is renewed once, and for all requests in flight together', async () => {
  const { client, standIn, refreshes } = await setScene();
  await client.me();
  standIn.tokens.expireAccess();
  const lists = await Promise.all(
    ['Road Trip', 'Evenings', 'Odds and Ends'].map((name) =>
      client.readPlaylist(playlistNamed(standIn, name).id),
    ),
  );
  expect(lists).toHaveLength(3);
  expect(refreshes()).toBe(1);
});

test('a new token that is refused too asks for a sign-in', async () => {
  const { client, standIn, refreshes } = await setScene();
  standIn.play(spotifyFaults.tokenExpired(), { times: Infinity });
  expect(await failureOf(client.me())).toMatchObject({ code: 'sign-in-needed', fix: 'Run harmoni login.' });
  expect(refreshes()).toBe(1);
  expect(standIn.requests).toHaveLength(2);
});

test('a short Retry-After is waited for, and told beforehand', async () => {
  const { client, standIn, clock, pauses } = await setScene();
  const before = clock.now();
  standIn.play(spotifyFaults.rateLimited(7), { times: 2 });
  await client.me();
  expect(clock.now() - before).toBe(14_000);
  expect(pauses).toEqual([before + 7_000, before + 14_000]);
});

test.each([
  ['JSON', spotifyFaults.rateLimited()],
  ['plain text', spotifyFaults.rateLimitedAsText()],
])('a 429 as %s without Retry-After backs off', async (_, fault) => {
  const { client, standIn, clock } = await setScene();
  standIn.play(fault, { times: 2 });
  await client.me();
  expect(clock.slept).toEqual([1_000, 2_000]);
});

test('waits of more than a minute in all stop the reading and name the time', async () => {
  const { client, standIn } = await setScene();
  standIn.play(spotifyFaults.rateLimited(25), { times: Infinity });
  const error = await failureOf(client.me());
  expect(error.code).toBe('spotify-rate-limited');
  expect(error.fix).toMatch(/after \d\d:\d\d\. It continues where it stopped/);
  expect(standIn.requests).toHaveLength(3);
});

test('a wait of a day is not waited for, and nothing more is asked of that kind', async () => {
  const { client, standIn, clock } = await setScene();
  standIn.play(spotifyFaults.rateLimitedAsText(86_207));
  const { id } = playlistNamed(standIn, 'Road Trip');
  expect(await failureOf(client.readPlaylist(id))).toMatchObject({ code: 'spotify-rate-limited' });
  expect(await failureOf(client.readPlaylist(id))).toMatchObject({ code: 'spotify-rate-limited' });
  expect(standIn.requests).toHaveLength(1);
  expect(clock.slept).toEqual([]);
  // Other kinds of requests have their own count.
  expect((await client.me()).name).toBe('Demo Listener');
});

test('a used-up quota stops at once, and is not asked again while it lasts', async () => {
  const { client, standIn, clock } = await setScene();
  standIn.play(spotifyFaults.quotaExceeded());
  const { id } = playlistNamed(standIn, 'Road Trip');
  const error = await failureOf(client.readPlaylist(id));
  expect(error).toMatchObject({ code: 'spotify-quota-exceeded' });
  expect(await failureOf(client.readPlaylist(id))).toBe(error);
  expect(standIn.requests).toHaveLength(1);
  expect(clock.slept).toEqual([]);
});

test.each([
  ['lapsed Premium', spotifyFaults.premiumLapsed(), 'spotify-premium-lapsed'],
  ['a user who is not registered', spotifyFaults.userNotRegistered(), 'spotify-user-not-registered'],
  ['the same as plain text', spotifyFaults.userNotRegisteredAsText(), 'spotify-user-not-registered'],
  ['a missing scope', spotifyFaults.scopeMissing(), 'spotify-scope-missing'],
  ['a bare 403', spotifyFaults.forbidden(), 'spotify-refused'],
  ['a 404', spotifyFaults.notFound(), 'spotify-not-found'],
])('%s is explained and not tried again', async (_, fault, code) => {
  const { client, standIn } = await setScene();
  standIn.play(fault, { times: Infinity });
  const error = await failureOf(client.me());
  expect(error.code).toBe(code);
  expect(error.fix).not.toBe('');
  expect(standIn.requests).toHaveLength(1);
});

test('the permission that is missing is named', async () => {
  const { client } = await setScene({ scopes: ['playlist-read-private'] });
  expect((await failureOf(client.readLiked())).message).toBe(
    "Your liked songs can't be read: your sign-in lacks a permission (user-library-read).",
  );
});

test('no diagnosis holds a secret', async () => {
  const { client, standIn } = await setScene({ maxRetries: 0 });
  const { html, emptyBody, serverError, ...plain } = spotifyFaults;
  const faults = [html(403), emptyBody(404), serverError(500), ...Object.values(plain).map((make) => make())];
  const texts: string[] = [];
  for (const fault of faults) {
    standIn.faults.clear();
    standIn.play(fault, { times: Infinity });
    const error = await failureOf(client.readTrack('4uLU6hMCjMI75M1A2tKUQC'));
    texts.push(inspect(error, { depth: 9 }));
  }
  expect(standIn.secrets.size).toBeGreaterThan(1);
  for (const secret of standIn.secrets) expect(texts.join()).not.toContain(secret);
});

test('an abort ends the waiting at once', async () => {
  const { client, standIn } = await setScene();
  const stop = new AbortController();
  standIn.play(spotifyFaults.rateLimited(30), { times: Infinity });
  stop.abort(new Error('enough'));
  await expect(client.readLiked({ signal: stop.signal })).rejects.toThrow('enough');
});
