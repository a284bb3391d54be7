/**
 * npm run bench:sync -- [--lists N] [--songs N] [--runs N] [--profile]: the sync of followed Spotify playlists whose songs
 * are all in the library, when nothing changed and when one playlist did: requests, seconds, memory. Prints JSON.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { demoPlaylist, snapshotOf, trackRows } from '../../src/demo/spotify-catalogue.ts';
import { openStore } from '../../src/history/store.ts';
import { systemClock } from '../../src/system/clock.ts';
import { createSpotifyWorld } from '../helpers/spotify-world.ts';
import { makeTracks, projectDir } from '../helpers/world.ts';
import { benchTrack, makeLibrary, makeTemplates, numberOf } from './start/library.ts';
import { median } from './start/rounds.ts';

const { values } = parseArgs({
  options: {
    lists: { type: 'string', default: '200' },
    songs: { type: 'string', default: '20000' },
    runs: { type: 'string', default: '5' },
    profile: { type: 'boolean', default: false },
  },
});
const [lists, songs, runs] = [values.lists, values.songs, values.runs].map(Number) as [
  number,
  number,
  number,
];
const perList = Math.ceil(songs / lists);
const tracks = Array.from({ length: songs }, (_, index) => benchTrack(numberOf(index)));
const nameOf = (list: number): string => `List ${String(list + 1).padStart(3, '0')}`;
const playlists = Array.from({ length: lists }, (_, list) =>
  demoPlaylist(nameOf(list), trackRows(tracks.slice(list * perList, (list + 1) * perList))),
);
const liked = trackRows(tracks.slice(0, 100));
const me = { id: 'demo-listener', name: 'Demo Listener' };
const world = await createSpotifyWorld({
  tracks: makeTracks(1),
  spotify: { approval: 'agree', catalogue: { me, playlists, liked } },
});

interface Used {
  readonly ms: number;
  readonly cpuMs: number;
  readonly megabytes: number;
  /** To Spotify. */
  readonly requests: number;
}

/** Runs a program of Node's to its end. @throws when it fails */
async function used(args: readonly string[], nodeArgs: readonly string[] = []): Promise<Used> {
  const usage = join(world.folder, 'usage.json');
  const before = world.spotify.requests.length;
  const note = join(import.meta.dirname, 'programs', 'note-usage.mjs');
  const began = performance.now();
  await promisify(execFile)(process.execPath, ['--import', note, ...nodeArgs, ...args], {
    cwd: world.folder,
    env: { ...world.env, BENCH_USAGE: usage },
    maxBuffer: 2 ** 30,
  });
  const ms = performance.now() - began;
  const found = JSON.parse(readFileSync(usage, 'utf8')) as Pick<Used, 'cpuMs' | 'megabytes'>; // of note-usage.mjs
  return { ms, ...found, requests: world.spotify.requests.length - before };
}

/**
 * As after a sync that downloaded everything, without its playlist files. At HARMONI's pace for Spotify, reading all rows
 * would take seven minutes.
 */
function followAll(): void {
  const store = openStore(world.data, systemClock);
  const library = world.music;
  for (const [number, { id, name, snapshotId: snapshot }] of playlists.entries()) {
    const origin = `spotify:playlist:${id}`;
    const followed = store.followed.follow({ library, origin, name, input: origin, whenRemoved: 'keep' });
    const own = tracks.slice(number * perList, (number + 1) * perList);
    const entries = own.map((track) => ({ track, isThere: true }));
    store.followed.setSynced(followed.id, { name, snapshot }, entries);
  }
  const origin = 'spotify:liked';
  store.followed.follow({ library, origin, name: 'Liked Songs', input: 'liked', whenRemoved: 'keep' });
  store.close();
}

/** The first song of a list goes to its end, and one comes that the library has in another list. */
function change(run: number): void {
  const list = playlists[run % playlists.length];
  if (list === undefined) return;
  const [first, ...others] = list.rows;
  list.rows = [...others, ...(first === undefined ? [] : [first]), ...trackRows(tracks.slice(-1))];
  list.snapshotId = snapshotOf(list.rows.length, list.snapshotId);
}

async function harmoni(...args: readonly string[]): Promise<Used> {
  return used([join(projectDir, 'src', 'index.ts'), ...args]);
}

const medians = (all: readonly Used[]): Used => ({
  ms: median(all.map(({ ms }) => ms)),
  cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
  megabytes: median(all.map(({ megabytes }) => megabytes)),
  requests: Math.max(...all.map(({ requests }) => requests)),
});

try {
  mkdirSync(world.music, { recursive: true });
  const templates = await makeTemplates(join(world.folder, 'templates'));
  await makeLibrary(world.music, templates, songs, (index) => nameOf(Math.floor(index / perList)));
  const login = await world.login();
  await fetch(login.url);
  await login.ended;
  followAll();
  // Its scan reads every file, and it writes all playlist files.
  const first = await harmoni('sync', '--yes', '--json');
  const readStore = join(import.meta.dirname, 'programs', 'read-store.ts');
  const rounds: Record<string, Used>[] = [];
  for (let run = 0; run <= runs; run += 1) {
    rounds.push({
      nodeAlone: await used(['-e', '0']),
      readStore: await used([readStore, world.data, world.music]),
      nothingChanged: await harmoni('sync', '--yes', '--json'),
      oneChanged: await (change(run), harmoni('sync', '--yes', '--json')),
    });
  }
  // The first round warms up.
  const counted = rounds.slice(1);
  const of = (name: string): Used => medians(counted.flatMap((round) => round[name] ?? []));
  const ratio = (to: string, what: 'ms' | 'megabytes'): number =>
    median([of('nothingChanged')[what] / of(to)[what]]);
  const names = ['nodeAlone', 'readStore', 'nothingChanged', 'oneChanged'];
  const results = {
    ...{ node: process.version, cores: availableParallelism(), lists, songs, runs, first },
    ...Object.fromEntries(names.map((name) => [name, of(name)])),
    toNode: { ms: ratio('nodeAlone', 'ms'), megabytes: ratio('nodeAlone', 'megabytes') },
    toStore: { ms: ratio('readStore', 'ms'), megabytes: ratio('readStore', 'megabytes') },
  };
  console.log(JSON.stringify(results, null, 2));
  if (values.profile) {
    const to = join(projectDir, 'data', 'bench');
    await used(
      [join(projectDir, 'src', 'index.ts'), 'sync', '--yes', '--json'],
      ['--cpu-prof', `--cpu-prof-dir=${to}`],
    );
    console.error(`The profile is in ${to}.`);
  }
} finally {
  await world.close();
}
