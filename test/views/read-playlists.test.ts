import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { playlistRows, readPlaylists } from '../../src/views/playlists.ts';
import {
  createCatalogue,
  demoPlaylist,
  trackRows,
  type DemoPlaylist,
} from '../../src/demo/spotify-catalogue.ts';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';
import { migrations } from '../../src/history/schema.ts';
import { createPageCache } from '../../src/spotify/page-cache.ts';
import { systemClock } from '../../src/system/clock.ts';
import { openDatabase, type Database } from '../../src/system/database.ts';
import { beginWork } from '../../src/system/work-signal.ts';
import { createTerminalProgress } from '../../src/ui/terminal-progress.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { createScriptedPrompter } from '../helpers/scripted-prompter.ts';
import { demoTracks, setScene } from '../spotify/set-up.ts';

let database: Database;
beforeEach(() => {
  database = openDatabase(':memory:', migrations);
});
afterEach(() => database.close());

/** An account with a playlist of 230 songs beside the usual ones. */
async function setUp(more: readonly DemoPlaylist[] = []) {
  const catalogue = createCatalogue(demoTracks(20));
  catalogue.playlists.splice(1, 0, demoPlaylist('Long', trackRows(demoTracks(230))), ...more);
  const scene = await setScene({ catalogue, checkpoints: createPageCache(() => database) });
  const prompter = createScriptedPrompter([]);
  const progress = createTerminalProgress(new PassThrough(), createTheme({ colour: false, unicode: true }));
  const app = { prompter, progress, clock: systemClock, beginWork, spotify: { client: () => scene.client } };
  const playlists = await scene.client.listPlaylists();
  const read = (names: readonly string[]) =>
    readPlaylists(
      app,
      playlists.filter(({ name }) => names.includes(name)),
    );
  return { ...scene, playlists, prompter, read };
}

test("a friend's playlist is explained, and the others come all the same", async () => {
  const { prompter, read } = await setUp();
  const lists = await read(['Road Trip', "A Friend's Mix", 'Long', 'Discover Weekly']);
  expect(lists.map(({ name, tracks }) => [name, tracks.length])).toEqual([
    ['Road Trip', 10],
    ['Long', 230],
  ]);
  expect(prompter.said).toHaveLength(2);
  expect(prompter.said[0]).toContain('"A Friend\'s Mix" belongs to someone else');
});

test('an empty playlist is said, and leaves nothing to choose', async () => {
  const { prompter, read } = await setUp([
    demoPlaylist('Empty', []),
    demoPlaylist('Gone', [{ kind: 'removed' }]),
  ]);
  expect(await read(['Empty', 'Gone'])).toEqual([]);
  expect(prompter.said).toEqual([
    '"Empty" has no songs.',
    '"Gone" has no songs. Its only row is: removed from Spotify (1).',
  ]);
});

test('a reading that stopped half-way says how far it came, and goes on from there', async () => {
  const { clock, prompter, read, standIn } = await setUp();
  standIn.play(spotifyFaults.quotaExceeded(60), { when: /items.*offset=150/ });
  expect(await read(['Long'])).toEqual([]);
  expect(prompter.said.join()).toMatch(/used up its quota.* 150 rows were read and saved/);
  const before = standIn.count(/items/);
  await clock.sleep(60_000);
  expect((await read(['Long'])).map(({ tracks }) => tracks.length)).toEqual([230]);
  expect(standIn.count(/items/) - before).toBe(2);
});

test("the rows to tick have count and owner, and tell what can't be read", async () => {
  const { playlists } = await setUp();
  const rows = playlistRows(playlists).map(({ name, mark, disabled }) =>
    [name, mark, disabled === undefined ? '' : 'disabled'].join(' | '),
  );
  expect(rows).toEqual([
    'Road Trip | 10 songs | ',
    'Long | 230 songs | ',
    'Evenings | 10 songs | ',
    'Odds and Ends | 12 songs | ',
    'Party Together (demo-friend) | 4 songs | ',
    "A Friend's Mix (demo-friend) | only yours can be read | ",
    "Discover Weekly (Spotify) | Spotify's own | disabled",
  ]);
});
