import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { jsonAnswer } from '../../src/demo/spotify-exchange.ts';
import { snapshotOf, trackRows, type DemoPlaylist } from '../../src/demo/spotify-catalogue.ts';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { createSpotifyWorld, type SpotifyWorld } from '../helpers/spotify-world.ts';
import { hasTmux, openTmux } from '../helpers/tmux.ts';
import { makeTracks, projectDir, realTools, type Run } from '../helpers/world.ts';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';

const tracks = makeTracks(6, { fromMs: 4_000 });
let world: SpotifyWorld;

beforeAll(async () => {
  world = await createSpotifyWorld({ tracks, spotify: { approval: 'agree' } });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  const login = await world.login();
  await fetch(login.url);
  await login.ended;
});
afterAll(() => world.close());

function playlist(name: string): DemoPlaylist {
  const found = world.spotify.catalogue.playlists.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no playlist ${name}.`);
  return found;
}
function edit(one: DemoPlaylist, rows: DemoPlaylist['rows']): void {
  one.rows = rows;
  one.snapshotId = snapshotOf(rows.length, one.snapshotId);
}
const sync = (...args: readonly string[]): Promise<Run> => world.run(['sync', '--json', ...args]);
const listsOf = (run: Run): unknown => (JSON.parse(run.stdout) as { sync: unknown }).sync; // of --json
const songsIn = (list: string): number =>
  readdirSync(join(world.music, list)).filter((name) => name.endsWith('.opus')).length;
let before = 0;
beforeEach(() => {
  before = world.spotify.requests.length;
});
const asked = (): string[] =>
  world.spotify.requests.slice(before).map(({ path }) => path.replace(/\?.*/, ''));

test('playlists and liked songs are followed by their links, and fetched by the first sync', async () => {
  const links = ['Road Trip', 'Evenings'].map((name) => `spotify:playlist:${playlist(name).id}`);
  expect((await world.run(['follow', ...links, 'liked'])).exitCode).toBe(0);
  const run = await sync();
  expect(run.exitCode).toBe(0);
  expect(listsOf(run)).toMatchObject([
    { name: 'Road Trip', new: 3 },
    { new: 3 },
    { name: 'Liked Songs', new: 6 },
  ]);
  expect([songsIn('Road Trip'), songsIn('Evenings'), songsIn('Liked Songs')]).toEqual([3, 3, 6]);
});

test('as long as nothing changes, no playlist is read', async () => {
  expect((await sync()).exitCode).toBe(0);
  expect(asked().filter((path) => /\/(?:items|tracks)$/.test(path))).toEqual(['/v1/me/tracks']);
  expect(asked().filter((path) => /\/me\/playlists$/.test(path))).toHaveLength(1);
});

test('of one that changed that one is read, and a song with a new link is the same song', async () => {
  const evenings = playlist('Evenings');
  const [, second, third] = evenings.rows;
  if (second?.kind !== 'track' || third === undefined) throw new Error('There is no such row.');
  const relinked = { ...second.track, spotifyUri: 'spotify:track:1234567890123456789012' };
  edit(evenings, [...trackRows([relinked]), third, ...trackRows(tracks.slice(0, 1))]);
  const run = await sync();
  expect(listsOf(run)).toMatchObject([{ new: 0 }, { new: 0, back: 1, removed: 1 }, { new: 0 }]);
  expect(JSON.parse(run.stdout)).toMatchObject({ summary: { done: 0, present: 1 } });
  expect(asked().filter((path) => path.endsWith('/items'))).toEqual([`/v1/playlists/${evenings.id}/items`]);
  // What was removed is kept, and only the playlist file knows it no longer.
  expect(songsIn('Evenings')).toBe(4);
  const m3u8 = readFileSync(join(world.music, 'Evenings', 'Evenings.m3u8'), 'utf8');
  expect(m3u8.match(/#EXTINF/g)).toHaveLength(3);
});

test('a renamed playlist keeps its folder', async () => {
  const one = playlist('Road Trip');
  one.name = 'Road Trip 2027';
  one.snapshotId = snapshotOf(one.rows.length, one.snapshotId);
  expect(listsOf(await sync())).toMatchObject([{ name: 'Road Trip 2027', renamed: true }, {}, {}]);
  expect(existsSync(join(world.music, 'Road Trip 2027'))).toBe(false);
  expect(songsIn('Road Trip')).toBe(3);
  expect(listsOf(await sync())).toMatchObject([{ renamed: false }, {}, {}]);
});

test.each([
  ['forbidden', spotifyFaults.forbidden()],
  ['not found', spotifyFaults.notFound()],
  ['torn in the middle', { kind: 'torn-body' as const }],
  ['cut JSON', { kind: 'torn-json' as const }],
])('a playlist that is %s loses nothing, and the others are synced', async (_what, fault) => {
  const evenings = playlist('Evenings');
  const rows = evenings.rows;
  edit(evenings, rows.slice(0, 2));
  world.spotify.play(fault, { when: /\/items/, times: 20 });
  const run = await sync();
  world.spotify.faults.clear();
  expect(run.exitCode).toBe(1);
  expect(listsOf(run)).toMatchObject([{ state: 'synced' }, { state: 'failed' }, { state: 'synced' }]);
  edit(evenings, rows);
  expect(listsOf(await sync())).toMatchObject([{}, { state: 'synced', removed: 0, new: 0 }, {}]);
});

test('an empty answer where songs should be is no empty playlist', async () => {
  const evenings = playlist('Evenings');
  evenings.snapshotId = snapshotOf(1, evenings.snapshotId);
  const answer = jsonAnswer(200, { items: [], total: 3, limit: 50, offset: 0, next: null });
  world.spotify.play({ kind: 'answer', answer }, { when: /\/items/, times: 20 });
  const run = await sync();
  world.spotify.faults.clear();
  expect(listsOf(run)).toMatchObject([{}, { state: 'failed', failure: { code: 'source-broken' } }, {}]);
  expect((await sync()).exitCode).toBe(0);
});

test.runIf(hasTmux)(
  'in the menu playlists are followed, synced, and held back',
  { timeout: 60_000 },
  async () => {
    await world.run(['unfollow', 'Road Trip 2027', 'Evenings', 'Liked Songs']);
    const env = Object.fromEntries(
      Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const terminal = openTmux([join(projectDir, 'src', 'index.ts')], { columns: 80, rows: 24 }, env);
    const look = (title: string, lines: readonly string[]): void => {
      if (process.env['HARMONI_TEST_SHOW'] !== undefined) console.log(`== ${title}\n${lines.join('\n')}`);
    };
    try {
      await terminal.shows(/❯ Downloads/);
      terminal.keys('Down', 'Down', 'Enter');
      look('menu', await terminal.shows(/❯ Follow Spotify playlists/));
      terminal.keys('Enter');
      look('pick', await terminal.shows(/Which playlists should be kept in sync\?/));
      terminal.type('even');
      terminal.keys('Tab');
      await terminal.shows(/1 of \d+ selected/);
      terminal.keys('Enter');
      look('removed', await terminal.shows(/When a song is removed/));
      terminal.keys('Down', 'Enter');
      look('follow', await terminal.shows(/Sync now\?/));
      terminal.keys('Enter');
      look('plan', await terminal.shows(/Sync "Evenings": .*OK\?|❯ Sync now/));
      if (/Sync "Evenings":/.test(terminal.screen().join('\n'))) terminal.keys('Enter');
      look('synced', await terminal.shows(/❯ Follow Spotify playlists/));
      const evenings = playlist('Evenings');
      edit(evenings, []);
      terminal.keys('Up', 'Enter');
      look('held', await terminal.shows(/may have changed by mistake: it's empty now/));
      terminal.keys('Enter');
      look('left', await terminal.shows(/not synced\./));
      await terminal.shows(/❯ Sync now/);
      terminal.keys('Enter');
      await terminal.shows(/trash\? \(y/);
      terminal.type('y');
      terminal.keys('Enter');
      // Who has agreed to that is not asked again.
      look('end', await terminal.shows(/Moved 3 files to the trash/));
      await terminal.shows(/❯ Sync now/);
      terminal.keys('Escape');
      await terminal.shows(/❯ Automation/);
      terminal.keys('Escape');
      await terminal.shows(/\[exit 0\]/);
    } finally {
      terminal.end();
    }
    expect(songsIn('Evenings')).toBe(1);
    expect((await sync()).exitCode).toBe(0);
  },
);
