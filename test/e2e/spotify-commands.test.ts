import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { exportifyCsv, makeTracks } from '../helpers/world.ts';
import { createSpotifyWorld, type SpotifyWorld } from '../helpers/spotify-world.ts';

const tracks = makeTracks(6, { fromMs: 4_000 });
let world: SpotifyWorld;
beforeAll(async () => {
  world = await createSpotifyWorld({ tracks, spotify: { approval: 'agree' } });
});
afterAll(() => world.close());

const status = z.object({
  signedIn: z.boolean(),
  account: z.string().optional(),
  scopes: z.array(z.string()),
});
const failure = z.object({ error: z.object({ code: z.string(), fix: z.string() }) });
const report = z.object({
  lists: z.array(
    z.object({
      name: z.string(),
      tracks: z.array(z.object({ status: z.string() })),
      skipped: z.array(z.object({ row: z.number(), reason: z.string() })),
    }),
  ),
  summary: z.object({ done: z.number(), present: z.number() }),
});
const playlists = z.object({
  playlists: z.array(z.object({ id: z.string(), name: z.string(), readable: z.boolean().nullable() })),
});

async function idOf(name: string): Promise<string> {
  const list = playlists.parse((await world.run(['playlists', '--json'])).json());
  return list.playlists.find((playlist) => playlist.name === name)?.id ?? '';
}

test('without a sign-in every command says so and ends with 4', async () => {
  const now = await world.run(['status', '--json']);
  expect(now).toMatchObject({ exitCode: 4 });
  expect(status.parse(now.json())).toEqual({ signedIn: false, scopes: [] });
  const fixes = [
    [['playlists'], 'Run harmoni login.'],
    [['download', 'liked', '--yes'], 'exportify.net'],
  ] as const;
  for (const [args, fix] of fixes) {
    const run = await world.run([...args, '--json']);
    expect(run.exitCode).toBe(4);
    const { error } = failure.parse(run.json());
    expect(error.code).toBe('sign-in-needed');
    expect(error.fix).toContain(fix);
  }
});

test('what needs a sign-in does not stop a file next to it, and the end tells how to get it', async () => {
  writeFileSync(join(world.folder, 'Evening.csv'), exportifyCsv(tracks.slice(5)));
  // Elsewhere, because the library of the other tests is counted.
  const env = { HARMONI_OUTPUT_DIR: join(world.folder, 'evening') };
  const run = await world.run(['download', 'liked', 'Evening.csv', '--yes'], { env });
  expect(run.stdout).toMatch(/liked: Reading from Spotify needs a sign-in\. .*exportify\.net/);
  expect(run.stdout).toContain('Downloaded 1 song');
  expect(run.exitCode).toBe(4);
});

test('login waits for the browser on its callback server', async () => {
  const login = await world.login(['--json']);
  const page = await fetch(login.url);
  expect(await page.text()).toContain('You&#39;re signed in');
  const ended = await login.ended;
  expect(ended.exitCode).toBe(0);
  expect(status.parse(ended.json())).toMatchObject({ signedIn: true, account: 'Demo Listener' });
});

test('two playlists and the liked songs become files, and a second run downloads nothing', async () => {
  const names = ['Road Trip', 'Evenings'];
  const uris = await Promise.all(names.map(async (name) => `spotify:playlist:${await idOf(name)}`));
  const first = await world.run(['download', ...uris, 'liked', '--yes', '--json']);
  expect(first.exitCode).toBe(0);
  expect(report.parse(first.json()).summary).toMatchObject({ done: 6, present: 6 });
  expect(readdirSync(world.music).toSorted()).toEqual(['Evenings', 'Liked Songs', 'Road Trip']);
  for (const [name, count] of [
    ['Road Trip', 3],
    ['Evenings', 3],
    ['Liked Songs', 6],
  ] as const) {
    const songs = readdirSync(join(world.music, name)).filter((file) => file.endsWith('.opus'));
    expect(songs).toHaveLength(count);
  }
  const visits = world.youTube.requests.all.length;
  const second = await world.run(['download', ...uris, 'liked', '--yes', '--json']);
  expect(report.parse(second.json()).summary).toMatchObject({ done: 0, present: 12 });
  expect(world.youTube.requests.all).toHaveLength(visits);
});

test("a friend's playlist is explained and does not stop the other one", async () => {
  const [friends, own] = [await idOf("A Friend's Mix"), await idOf('Road Trip')];
  const links = [friends, own].map((id) => `https://open.spotify.com/playlist/${id}?si=1`);
  const run = await world.run(['download', ...links, '--yes', '--json']);
  expect(run.exitCode).toBe(1);
  const { lists, summary } = report.parse(run.json());
  expect(lists[0]?.skipped).toMatchObject([{ row: 0 }]);
  expect(lists[0]?.skipped[0]?.reason).toContain('belongs to someone else');
  expect(summary).toMatchObject({ present: 3 });
});

test('logout forgets the sign-in, and login takes a pasted address from stdin', async () => {
  expect((await world.run(['logout'])).exitCode).toBe(0);
  expect((await world.run(['status'])).exitCode).toBe(4);
  const login = await world.login();
  const answer = await fetch(login.url, { redirect: 'manual' });
  login.type('what is this for?');
  login.type(answer.headers.get('location') ?? '');
  const ended = await login.ended;
  expect(ended).toMatchObject({ exitCode: 0, stdout: '' });
  expect(ended.stderr).toContain("That isn't a Spotify address or code.");
  expect(ended.stderr).toContain('Signed in as Demo Listener.');
});

test('nothing of all this gave a secret away', () => {
  const tokens = readFileSync(join(world.data, 'spotify_tokens.json'), 'utf8');
  expect([...world.spotify.secrets].filter((secret) => tokens.includes(secret))).toHaveLength(2);
  expect(world.secretsSeen()).toEqual([]);
});
