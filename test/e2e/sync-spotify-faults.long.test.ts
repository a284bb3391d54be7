import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonAnswer } from '../../src/demo/spotify-exchange.ts';
import {
  demoPlaylist,
  snapshotOf,
  trackRows,
  type DemoPlaylist,
  type DemoRow,
} from '../../src/demo/spotify-catalogue.ts';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { createSpotifyWorld, type SpotifyWorld } from '../helpers/spotify-world.ts';
import { makeTracks, realTools, type Run } from '../helpers/world.ts';
import { spotifyFaults, type DemoFault } from '../stand-ins/spotify-faults.ts';

const tracks = makeTracks(4, { fromMs: 4_000, stepMs: 50 });
const removed: DemoRow[] = Array.from({ length: 60 }, () => ({ kind: 'removed' }));
/** Two pages: the second song is on the second one. */
const tenthRows = [...trackRows(tracks.slice(0, 1)), ...removed, ...trackRows(tracks.slice(1, 3))];
const playlists: readonly DemoPlaylist[] = Array.from({ length: 11 }, (_, at) =>
  demoPlaylist(`List ${at + 1}`, at === 9 ? tenthRows : trackRows(tracks.slice(0, 2))),
);
const [first, tenth] = [playlists[0], playlists[9]] as [DemoPlaylist, DemoPlaylist]; // there are eleven
let world: SpotifyWorld;

beforeAll(async () => {
  const me = { id: 'demo-listener', name: 'Demo Listener' };
  const catalogue = { me, playlists: [...playlists], liked: [] };
  world = await createSpotifyWorld({ tracks, spotify: { approval: 'agree', catalogue } });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  const login = await world.login();
  await fetch(login.url);
  await login.ended;
  const links = playlists.map(({ id }) => `spotify:playlist:${id}`);
  await world.run(['follow', ...links, '--when-removed', 'trash']);
  expect((await sync()).exitCode).toBe(0);
});
afterAll(() => world.close());

const sync = (...args: readonly string[]): Promise<Run> => world.run(['sync', '--json', ...args]);
const listsOf = (run: Run): readonly { name: string; state: string; trashed?: number }[] =>
  (JSON.parse(run.stdout) as { sync: { name: string; state: string }[] }).sync; // of --json
const failedIn = (run: Run): string[] =>
  listsOf(run)
    .filter(({ state }) => state === 'failed')
    .map(({ name }) => name);
const entries = ({ name }: DemoPlaylist): number =>
  (readFileSync(join(world.music, name, `${name}.m3u8`), 'utf8').match(/#EXTINF/g) ?? []).length;
const trashed = (): number => {
  const trash = join(world.music, '.harmoni', 'trash');
  return existsSync(trash)
    ? readdirSync(trash, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.opus'))
        .length
    : 0;
};
function edit(list: DemoPlaylist, rows: readonly DemoRow[]): void {
  list.rows = [...rows];
  list.snapshotId = snapshotOf(rows.length, list.snapshotId);
}
/** On the second page of the tenth playlist. */
function play(fault: DemoFault, times: number): void {
  world.spotify.play(fault, { when: new RegExp(`/playlists/${tenth.id}/items\\?.*offset=50`), times });
}

const empty = jsonAnswer(200, { items: [], total: tenthRows.length, limit: 50, offset: 50, next: null });

test.each<[string, DemoFault]>([
  ['401', spotifyFaults.tokenExpired()],
  ['403', spotifyFaults.forbidden()],
  ['404', spotifyFaults.notFound()],
  ['429 for hours', spotifyFaults.rateLimited(20_000)],
  ['an empty page', { kind: 'answer', answer: empty }],
])(
  '%s in the middle of the tenth playlist: nothing is lost, not even in the others',
  async (_what, fault) => {
    edit(first, trackRows(tracks.slice(0, 1)));
    edit(tenth, tenthRows.slice(0, -1));
    play(fault, 99);
    const run = await sync();
    world.spotify.faults.clear();
    expect(run.exitCode).toBeGreaterThan(0);
    expect(failedIn(run)).toContain('List 10');
    expect([entries(tenth), trashed()]).toEqual([3, 0]);
    for (const { name } of playlists.slice(1, 9)) expect(failedIn(run)).not.toContain(name);
    // As if nothing had been: the songs are back, and nothing is to do.
    edit(first, trackRows(tracks.slice(0, 2)));
    edit(tenth, tenthRows);
    const next = await sync();
    expect([next.exitCode, JSON.parse(next.stdout)]).toMatchObject([0, { summary: { done: 0 } }]);
    expect([entries(first), entries(tenth), trashed()]).toEqual([2, 3, 0]);
  },
);

test.each<[string, DemoFault]>([
  ['a 401', spotifyFaults.tokenExpired()],
  ['a 429 for a second', spotifyFaults.rateLimited(1)],
  ['an answer that breaks off', spotifyFaults.tornBody()],
])('%s that passes keeps nothing from being synced', async (_what, fault) => {
  const has = tenth.rows.length === tenthRows.length;
  edit(tenth, has ? tenthRows.slice(0, -1) : tenthRows);
  play(fault, 1);
  const run = await sync();
  expect([run.exitCode, failedIn(run)]).toEqual([0, []]);
  expect(entries(tenth)).toBe(has ? 2 : 3);
});

test('a playlist that vanished keeps its songs and its playlist file, and the others wait with removals', async () => {
  edit(tenth, tenthRows);
  await sync();
  const before = trashed();
  const [fifth] = world.spotify.catalogue.playlists.splice(4, 1);
  if (fifth === undefined) throw new Error('There is no fifth playlist.');
  edit(first, trackRows(tracks.slice(0, 1)));
  const run = await sync();
  expect([run.exitCode, failedIn(run)]).toEqual([1, ['List 5']]);
  expect(run.stderr).toContain('harmoni unfollow "List 5"');
  expect([entries(fifth), trashed()]).toEqual([2, before]);
  expect((await world.run(['unfollow', 'List 5'])).exitCode).toBe(0);
  const next = await sync();
  expect([next.exitCode, entries(first), entries(fifth)]).toEqual([0, 1, 2]);
  expect(trashed()).toBe(before + 1);
});
