import { relative, sep } from 'node:path';
import type { Config } from '../config/schema.ts';
import { placeLists } from '../downloads/list-places.ts';
import { writePlaylists } from '../downloads/lists.ts';
import { presenceIn } from '../downloads/presence.ts';
import type { Job } from '../history/jobs.ts';
import type { Store } from '../history/store.ts';
import { placeOwned, type AdoptWay, type Placed } from '../library/adopt/carry-out.ts';
import { createOwnedMatcher, type Owned } from '../library/adopt/match-owned.ts';
import { hearOwned } from '../library/adopt/owned-sounds.ts';
import {
  isStillToAdopt,
  planAdoption,
  type AdoptList,
  type AdoptRow,
} from '../library/adopt/plan-adoption.ts';
import type { Clock } from '../system/clock.ts';
import { isBelow } from '../system/files.ts';
import type { Log } from '../system/log.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import type { TrackList } from '../tracks/track.ts';
import { changeLibrary, type LibraryRunEnd } from './library-run.ts';
import { settingsOf, type JobConfig } from './wish.ts';

export interface AdoptParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: JobConfig & Pick<Config, 'trash_days'>;
}

/** What a folder has of some lists. */
export interface AdoptView {
  /** Absolute. */
  readonly folder: string;
  readonly isInLibrary: boolean;
  readonly lists: readonly AdoptList[];
  /** Files in the folder, and those of them that aren't whole. */
  readonly files: number;
  readonly broken: number;
}

/**
 * Looks which songs of lists a folder has, as the index knows it. Scan both first.
 * @param folder absolute
 * @throws the signal's reason
 */
export function lookAtOwned(
  { store, config }: Pick<AdoptParts, 'store' | 'config'>,
  lists: readonly TrackList[],
  folder: string,
  signal: AbortSignal,
): AdoptView {
  const library = config.output_dir;
  const isInLibrary = folder === library || isBelow(folder, library);
  // What a library in the folder has is HARMONI's business already.
  const inFolder = store.files
    .songsBelow(folder)
    .filter(({ file }) => (isInLibrary ? !file.downloaded : !isBelow(file.path, library)));
  const files = inFolder
    .filter(({ file }) => file.fault === undefined)
    .map((song): Owned => {
      const parts = relative(folder, song.file.path).split(sep);
      return { song: { ...song, lists: [] }, keys: store.files.keysOf(song.file.path), parts };
    });
  const open = new Set(files.flatMap(({ song: { file } }) => (isStillToAdopt(file) ? [file.path] : [])));
  const settings = settingsOf(config, { accept: 'sure' });
  const { isPresent } = presenceIn(store, settings, ({ path }) => isInLibrary && open.has(path));
  const sounds = hearOwned(files, store, signal);
  return {
    folder,
    isInLibrary,
    lists: planAdoption(
      lists.filter(({ tracks }) => tracks.length > 0),
      isPresent,
      createOwnedMatcher(files),
      sounds,
    ),
    files: inFolder.length,
    broken: inFolder.length - files.length,
  };
}

export interface AdoptWish {
  readonly way: AdoptWay;
  /** Whether a row of `ask` is taken. */
  readonly isTaken: (row: AdoptRow) => boolean;
}

export interface AdoptEnd extends LibraryRunEnd {
  /** What became of each row that was to be adopted. */
  readonly placed: ReadonlyMap<AdoptRow, Placed>;
  /** Playlist files that were written; absolute. */
  readonly playlists: readonly string[];
}

/**
 * Adopts what is certain and what the user took, as one run that can be undone, and writes the playlist files. What was
 * killed is gone on with by doing it again.
 * @throws HarmoniError sync-running, library-busy
 */
export async function adopt(
  parts: AdoptParts,
  view: AdoptView,
  wish: AdoptWish,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<AdoptEnd> {
  const { store, config } = parts;
  const placed = new Map<AdoptRow, Placed>();
  let playlists: readonly string[] = [];
  const run = { kind: 'adopt', title: view.folder, library: config.output_dir } as const;
  const end = await changeLibrary(parts, run, async (changes, keep) => {
    const settings = settingsOf(config, { accept: 'sure' });
    const job = jobOf(view.lists);
    const places = await placeLists(job.lists, settings, store.lists);
    const placing = { store, changes, settings, way: wish.way, folder: view.folder, signal };
    await placeAll(view, wish, places, { placing, placed, onProgress }).catch(keep);
    // Also after a stop: what is there is in its playlists.
    const outcomes = outcomesOf(view.lists, placed);
    playlists = [...(await writePlaylists({ ...parts, job, places, changes, settings }, outcomes)).values()];
  });
  return { ...end, placed, playlists };
}

async function placeAll(
  { lists }: AdoptView,
  { isTaken }: AdoptWish,
  places: Awaited<ReturnType<typeof placeLists>>,
  {
    placing,
    placed,
    onProgress,
  }: {
    readonly placing: Parameters<typeof placeOwned>[0];
    readonly placed: Map<AdoptRow, Placed>;
    readonly onProgress: (done: number) => void;
  },
): Promise<void> {
  for (const [number, { rows }] of lists.entries()) {
    for (const row of rows) {
      const { track, match, state } = row;
      if (match === undefined || (state === 'ask' && !isTaken(row))) continue;
      placing.signal.throwIfAborted();
      placed.set(row, await placeOwned(placing, { track, match, place: places[number] }));
      onProgress(placed.size);
    }
  }
}

/** The lists as a job has them that downloads nothing. Pure. */
function jobOf(lists: readonly AdoptList[]): Job {
  const rows = lists.flatMap(({ list }, number) => list.tracks.map((track) => ({ list: number, track })));
  return {
    id: 0,
    createdAt: 0,
    settings: undefined,
    lists: lists.map(({ list: { name, origin, sourceFile, folder, skipped } }) => ({
      name,
      folder,
      skipped,
      ...(origin === undefined ? {} : { origin }),
      ...(sourceFile === undefined ? {} : { sourceFile }),
    })),
    tracks: rows.map((row, position) => ({ ...row, position, chosen: false, outcome: undefined })),
  };
}

/** By the position in the job. Pure. */
function outcomesOf(
  lists: readonly AdoptList[],
  placed: ReadonlyMap<AdoptRow, Placed>,
): ReadonlyMap<number, TrackOutcome> {
  const outcomes = new Map<number, TrackOutcome>();
  for (const [position, row] of lists.flatMap(({ rows }) => rows).entries()) {
    const path = placed.get(row)?.path;
    const { artist, track } = row.track;
    if (path !== undefined) outcomes.set(position, { status: 'present', artist, track, path });
  }
  return outcomes;
}
