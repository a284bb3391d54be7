import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Track } from '../../src/tracks/track.ts';
import { fetchOnce } from './fetch-once.ts';
import { createRandom, type Random } from './random.ts';
import {
  filesIn,
  noting,
  playlistFaults,
  soundsIn,
  write,
  type ListNow,
  type Outcome,
} from './sync-lists.ts';
import { createWorld, finished, makeTracks, realTools, type World } from './world.ts';

/** What killed syncs came to. */
export interface Kills {
  readonly kills: number;
  /** Syncs that had something in the trash when they were killed, and those that had ended before. */
  readonly inTrash: number;
  readonly tooLate: number;
  readonly trashed: number;
  readonly undone: number;
  /** What was not as it has to be, in words. */
  readonly faults: readonly string[];
}

interface Round {
  readonly world: World;
  readonly lists: readonly ListNow[];
  readonly tracks: readonly Track[];
  readonly asked: string;
  readonly random: Random;
}

/**
 * Syncs of two lists, one of which moves what left it to the trash, are killed with SIGKILL at random moments, each
 * followed by the next one, which has to put everything right: each playlist file has its list's songs, no song is fetched
 * that the library has, no file is gone that wasn't in the plan, and what was moved to the trash comes back with an undo.
 * @param onRound told after each kill
 */
export async function killSyncs(
  { kills, seed }: { kills: number; seed: number },
  onRound: (faults: readonly string[]) => void = () => undefined,
): Promise<Kills> {
  const random = createRandom(seed);
  const tracks = makeTracks(30, { fromMs: 4_000, stepMs: 50 });
  const world = await createWorld({ tracks, catalogue: { decoys: [] } });
  const total = { inTrash: 0, tooLate: 0, trashed: 0, undone: 0 };
  const faults: string[] = [];
  try {
    const asked = join(world.folder, 'asked');
    world.env['HARMONI_YTDLP'] = noting(
      fetchOnce((await realTools()).ytDlp, world.fetched),
      world.folder,
      asked,
    );
    const lists: ListNow[] = ['Year', 'Second'].map((name, at) => ({
      name,
      file: name,
      rows: tracks.slice(at * 6, at * 6 + 10),
      deleted: new Set(),
    }));
    for (const list of lists) {
      const { name } = list;
      write(world, list);
      const how = name === 'Year' ? 'trash' : 'keep';
      await world.run(['follow', join(world.folder, `${name}.csv`), '--when-removed', how]);
    }
    await sync(world);
    const round = { world, lists, tracks, asked, random };
    let lastMs = 2_000;
    for (let kill = 1; kill <= kills; kill += 1) {
      const found = await killOne(round, lastMs, kill % 3 === 1);
      lastMs = found.syncMs;
      for (const name of ['inTrash', 'tooLate', 'trashed', 'undone'] as const) total[name] += found[name];
      const told = found.faults.map((fault) => `kill ${kill} after ${found.killedMs} ms: ${fault}`);
      faults.push(...told);
      onRound(told);
    }
    return { kills, ...total, faults };
  } finally {
    await world.close();
  }
}

async function sync(world: World, ...more: readonly string[]): Promise<Outcome> {
  const run = await world.run(['sync', '--yes', '--json', '--allow-removals', '100', ...more]);
  if (!run.stdout.includes('"sync"')) throw new Error(run.stdout + run.stderr);
  return JSON.parse(run.stdout) as Outcome; // of --json
}

async function killOne(round: Round, lastMs: number, isUndone: boolean) {
  const { world, lists, asked } = round;
  const faults: string[] = [];
  const before = library(world);
  const sounds = soundsIn(world);
  const last = newestRun(await history(world));
  const left = lists.map((list) => changeList(round, list));
  rmSync(asked, { force: true });
  const { killedMs, isTooLate, isInTrash } = await killSync(round, lastMs);
  const atKill = filesIn(world.music).map((path) => basename(path));
  const began = performance.now();
  const told = await sync(world);
  const syncMs = performance.now() - began;
  for (const list of lists) faults.push(...playlistFaults(round, list));
  // No sound is lost, and only what left the first list is out of the library.
  const after = soundsIn(world);
  for (const [hash, path] of sounds) if (!after.has(hash)) faults.push(`${path} is lost`);
  const now = library(world);
  for (const path of Object.keys(before).filter((one) => one.endsWith('.opus') && !(one in now))) {
    if (left[0]?.some(({ track }) => path.includes(track)) !== true)
      faults.push(`${path} was moved to the trash`);
  }
  for (const { artist, track } of told.lists.flatMap((list) =>
    list.tracks.filter(({ status }) => status === 'done'),
  )) {
    if (atKill.some((name) => name.includes(track))) faults.push(`${artist} - ${track} was fetched again`);
  }
  const ids = existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : [];
  const timesAsked = [...Map.groupBy(ids, (id) => id).values()].map(({ length }) => length);
  const most = Math.max(0, ...timesAsked);
  if (most > 2) faults.push(`fetched ${most} times: ${ids.join(' ')}`);
  const trashed = Object.keys(before).filter((path) => path.endsWith('.opus') && !(path in now)).length;
  if (isUndone) faults.push(...(await undoAll(round, last, before)));
  const counts = {
    inTrash: isInTrash ? 1 : 0,
    tooLate: isTooLate ? 1 : 0,
    trashed,
    undone: isUndone ? trashed : 0,
  };
  return { faults, killedMs, syncMs, ...counts };
}

/** Some songs leave, one comes, and one is moved. Returns those that left. */
function changeList({ world, lists, tracks, random }: Round, list: ListNow): readonly Track[] {
  const { rows } = list;
  const absent = tracks.filter(({ isrc }) =>
    lists.every((one) => one.rows.every((row) => row.isrc !== isrc)),
  );
  const left = rows.splice(random.between(0, rows.length - 3), random.between(1, 3));
  const coming = Array.from({ length: left.length }, () => random.pick(absent));
  for (const track of new Set(coming)) rows.splice(random.between(0, rows.length), 0, track);
  rows.push(...rows.splice(random.between(0, rows.length - 1), 1));
  write(world, list);
  return left;
}

/** At any moment of a sync, or just after it has moved its first file to the trash. */
async function killSync({ world, random }: Round, lastMs: number) {
  const trash = join(world.music, '.harmoni', 'trash');
  const inTrash = (): number =>
    existsSync(trash)
      ? readdirSync(trash, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length
      : 0;
  const before = inTrash();
  const began = performance.now();
  const child = world.start(['sync', '--yes', '--json', '--allow-removals', '100']);
  child.stdin?.end();
  const state = { isOver: false };
  const ended = finished(child).then(() => {
    state.isOver = true;
  });
  if (random.next() < 0.4) {
    while (!state.isOver && inTrash() === before) await pause(1);
    await Promise.race([pause(random.between(0, 60)), ended]);
  } else await Promise.race([pause(random.between(100, Math.max(200, lastMs))), ended]);
  const isTooLate = state.isOver;
  child.kill('SIGKILL');
  await ended;
  return {
    killedMs: Math.round(performance.now() - began),
    isTooLate,
    isInTrash: !isTooLate && inTrash() > before,
  };
}

interface RunNow {
  readonly id: number;
  readonly undone: boolean;
  readonly kind: string;
}

async function history(world: World): Promise<readonly RunNow[]> {
  const run = await world.run(['history', '--json']);
  return (JSON.parse(run.stdout) as { runs: readonly RunNow[] }).runs; // of --json
}

const newestRun = (runs: readonly RunNow[]): number => Math.max(0, ...runs.map(({ id }) => id));

/** Takes back all runs since one, and says what isn't as it was before. Then the library is brought up to date again. */
async function undoAll(
  { world, lists }: Round,
  last: number,
  before: Record<string, string>,
): Promise<readonly string[]> {
  const runs = (await history(world)).filter(({ id, kind }) => id > last && kind !== 'undo');
  for (const { id } of runs.toSorted((a, b) => b.id - a.id))
    await world.run(['undo', String(id), '--yes', '--json']);
  const now = library(world);
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const faults = paths
    .filter((path) => before[path] !== now[path])
    .map(
      (path) =>
        `after the undo ${path} is ${now[path] === undefined ? 'not there' : before[path] === undefined ? 'there' : 'another'}`,
    );
  await sync(world, '--restore-deleted');
  return [
    ...faults,
    ...lists.flatMap((list) => playlistFaults({ world }, list).map((fault) => `after the undo: ${fault}`)),
  ];
}

/** What is in the library by path, without what HARMONI hides there. */
function library({ music }: World): Record<string, string> {
  const paths = readdirSync(music, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(music.length + 1))
    .filter((path) => !path.startsWith('.harmoni'));
  const hashOf = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(music, path)))
      .digest('hex');
  return Object.fromEntries(paths.map((path) => [path, hashOf(path)]));
}
