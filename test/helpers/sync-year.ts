import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Track } from '../../src/tracks/track.ts';
import { fetchOnce } from './fetch-once.ts';
import { createRandom, type Random } from './random.ts';
import { retag } from './retag.ts';
import {
  csvOf,
  filesIn,
  noting,
  playlistFaults,
  soundsIn,
  write,
  type ListNow,
  type Outcome,
} from './sync-lists.ts';
import { createWorld, finished, makeTracks, realTools, type World } from './world.ts';

/** What a year of syncs came to. */
export interface Year {
  readonly changes: number;
  readonly kills: number;
  readonly held: number;
  readonly trashed: number;
  /** What was not as it has to be, in words. */
  readonly faults: readonly string[];
}

/**
 * Two followed lists that share songs change again and again, and are exported under other names, while the user moves, retags and deletes files, and some
 * syncs are killed. After every sync that ended: each playlist file has the list's songs in their order, but for those that
 * the user deleted; no sound was lost that was not moved to the trash; nothing was fetched that the library had.
 */
export async function liveAYear(
  { changes, seed }: { changes: number; seed: number },
  onFault: (faults: readonly string[]) => void = () => undefined,
): Promise<Year> {
  const random = createRandom(seed);
  const tracks = makeTracks(24, { fromMs: 4_000, stepMs: 50 });
  const world = await createWorld({ tracks, catalogue: { decoys: [] } });
  try {
    const asked = join(world.folder, 'asked');
    world.env['HARMONI_YTDLP'] = noting(
      fetchOnce((await realTools()).ytDlp, world.fetched),
      world.folder,
      asked,
    );
    const lists: ListNow[] = ['Year', 'Second'].map((name) => ({
      name,
      file: name,
      rows: tracks.slice(0, 10),
      deleted: new Set(),
    }));
    for (const list of lists) {
      const { name } = list;
      write(world, list);
      const how = name === 'Year' ? 'trash' : 'keep';
      await world.run(['follow', join(world.folder, `${name}.csv`), '--when-removed', how]);
    }
    return await live({ world, lists, tracks, asked, random, changes, onFault });
  } finally {
    await world.close();
  }
}

interface Life {
  readonly world: World;
  readonly lists: readonly ListNow[];
  readonly tracks: readonly Track[];
  readonly asked: string;
  readonly random: Random;
  readonly changes: number;
  readonly onFault: (faults: readonly string[]) => void;
}

async function live(life: Life): Promise<Year> {
  const { world, lists, random, asked, changes } = life;
  const faults: string[] = [];
  let kills = 0;
  let held = 0;
  let trashed = 0;
  await world.run(['sync', '--yes', '--json']);
  for (let day = 1; day <= changes; day += 1) {
    const what: string[] = [];
    for (const list of lists) if (random.next() < 0.7) what.push(changeList(life, list));
    const isPartial = random.next() < 0.08;
    if (random.next() < 0.4) what.push(await disturb(life));
    const [exported] = lists.filter(({ rows }) => rows.length > 4 && random.next() < 0.05);
    const wasCalled = exported?.file;
    if (exported !== undefined) what.push(exportAgain(life, exported, `${exported.name} (${day})`));
    const before = soundsIn(world);
    rmSync(asked, { force: true });
    if (isPartial) cutOff(csvOf(world, lists[0]?.file ?? ''));
    const isKilled = random.next() < 0.2;
    if (isKilled) {
      kills += 1;
      await killed(world, random);
    }
    const allow = random.next() < 0.3 ? ['--allow-removals', '100'] : [];
    const run = await world.run(['sync', '--yes', '--json', ...allow]);
    if (!run.stdout.includes('"sync"')) throw new Error(`day ${day}: ${run.stdout}${run.stderr}`);
    const told = JSON.parse(run.stdout) as Outcome; // of --json
    held += told.sync.filter(({ state }) => state === 'held').length;
    trashed += told.sync.reduce((sum, one) => sum + (one.trashed ?? 0), 0);
    const say = (fault: string): void => {
      const told = `day ${day} (${what.join(', ')}): ${fault}`;
      faults.push(told);
      life.onFault([told]);
    };
    for (const list of lists) {
      const state = told.sync.find(({ name }) => name === list.file)?.state;
      // What looks too different, or was cut off, is exported once more under the name that HARMONI knows.
      if (list === exported && state !== 'synced') exportAgain(life, list, wasCalled ?? list.name);
      else if (state === 'synced') for (const fault of playlistFaults(life, list)) say(fault);
    }
    const after = soundsIn(world);
    for (const [hash, path] of before) if (!after.has(hash)) say(`${path} is lost`);
    if (!isKilled && existsSync(asked)) {
      const ids = readFileSync(asked, 'utf8').trim().split('\n');
      if (new Set(ids).size < ids.length) say(`fetched twice: ${ids.join(' ')}`);
    }
    if (isPartial) for (const list of lists) write(world, list);
  }
  return { changes, kills, held, trashed, faults };
}

/** Adds, removes, moves, renames, relinks, doubles, or empties. */
function changeList({ world, tracks, random }: Life, list: ListNow): string {
  const { rows } = list;
  const at = rows.length === 0 ? 0 : random.between(0, rows.length - 1);
  const kind = random.pick(['add', 'add', 'remove', 'remove', 'move', 'relink', 'double', 'empty'] as const);
  if (kind === 'add' || rows.length === 0) {
    const absent = tracks.filter(({ isrc }) => !rows.some((row) => row.isrc === isrc));
    if (absent.length > 0) rows.splice(at, 0, random.pick(absent));
  } else if (kind === 'remove') rows.splice(at, random.between(1, 2));
  else if (kind === 'move') rows.push(...rows.splice(at, 1));
  else if (kind === 'double') rows.push(...rows.slice(at, at + 1));
  else if (kind === 'empty') {
    if (random.next() < 0.3) rows.length = 0;
  } else {
    const uri = `spotify:track:${createHash('sha256').update(String(random.next())).digest('hex').slice(0, 22)}`;
    rows.splice(at, 1, ...rows.slice(at, at + 1).map((row) => ({ ...row, spotifyUri: uri })));
  }
  write(world, list);
  return `${list.name}: ${kind}`;
}

/** The CSV has another name. */
function exportAgain({ world }: Life, list: ListNow, file: string): string {
  renameSync(csvOf(world, list.file), csvOf(world, file));
  list.file = file;
  return `${list.name}: exported as ${file}`;
}

/** The user moves, retags or deletes a file of the library. */
async function disturb({ world, lists, random }: Life): Promise<string> {
  const files = filesIn(world.music);
  if (files.length === 0) return 'nothing';
  const file = random.pick(files);
  const kind = random.pick(['move', 'retag', 'delete'] as const);
  if (kind === 'move') {
    const to = join(world.music, 'Mine', `${random.between(0, 1e6)} ${basename(file)}`);
    mkdirSync(dirname(to), { recursive: true });
    renameSync(file, to);
  } else if (kind === 'retag') {
    const number = String(random.between(0, 1e6));
    await retag(file, {
      TITLE: [`Title ${number}`],
      ARTIST: [`Artist ${number}`],
      ISRC: [`ZZTST9${number}`],
    });
  } else {
    // All of its names: the song is gone for both lists.
    const sound = readFileSync(file);
    for (const other of files) if (readFileSync(other).equals(sound)) rmSync(other);
    const song = basename(file)
      .replace(/^\d+ /, '')
      .replace(/\.opus$/, '');
    for (const { rows, deleted } of lists) {
      for (const row of rows) if (song.includes(row.track)) deleted.add(row.isrc ?? '');
    }
  }
  return `${kind} ${basename(file)}`;
}

/** Ends a sync, and all that it started, at some moment. */
async function killed(world: World, random: Random): Promise<void> {
  const child = world.start(['sync', '--yes', '--json', '--allow-removals', '3']);
  child.stdin?.end();
  const ended = finished(child);
  await Promise.race([pause(random.between(50, 2_500)), ended]);
  child.kill('SIGKILL');
  await ended;
}

/** As a download that broke off leaves it. */
function cutOff(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.slice(0, Math.max(text.indexOf('\n') + 10, text.length - 40)));
}
