import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createFollowedReader, type ReadFollowedParts } from '../automation/read-followed.ts';
import { removeLeft, type Removal } from '../automation/remove-left.ts';
import { isUnchanged, isWanted, planList, withOthersSongs, type ListPlan } from '../automation/sync-plan.ts';
import { pathsIn } from '../downloads/m3u8.ts';
import { presenceIn, presenceOf } from '../downloads/presence.ts';
import type { Config } from '../config/schema.ts';
import { titleOf } from '../downloads/title-of.ts';
import { HarmoniError } from '../errors.ts';
import type { ChangeStore } from '../history/finish.ts';
import type { Followed, FollowedEntry } from '../history/followed.ts';
import type { Store } from '../history/store.ts';
import type { Clock } from '../system/clock.ts';
import { exists } from '../system/files.ts';
import type { ReadOptions } from '../sources/source.ts';
import { createTrackMap } from '../tracks/identity.ts';
import type { JobReport } from '../tracks/outcome.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import type { Chosen } from './choice.ts';
import { withoutDoubles } from './doubles.ts';
import { asRun } from './library-run.ts';
import { waitingTracks } from './review.ts';
import { settingsOf, type JobConfig } from './wish.ts';

/** What a sync found of one followed list. */
export type SyncedList =
  | { readonly kind: 'failed'; readonly followed: Followed; readonly error: HarmoniError }
  | {
      readonly kind: 'planned';
      readonly followed: Followed;
      readonly plan: ListPlan;
      /** Whether all that is remembered of it is right already. */
      readonly isAsBefore: boolean;
    };

export interface SyncOptions {
  /** So many songs may leave each list without a question. */
  readonly allowedRemovals: number | undefined;
  /** Download songs whose files the user deleted, too. */
  readonly restoreDeleted: boolean;
}

export type PlanSyncParts = Omit<ReadFollowedParts, 'followed'> & {
  readonly store: Pick<Store, 'followed' | 'files' | 'lists' | 'overrides' | 'failures'>;
  readonly config: JobConfig;
};

/**
 * Reads followed lists and plans what to do for each, by the library as the index knows it. A list that can't be read
 * doesn't stop the others, and nothing is done for it.
 * @throws the signal's reason
 */
export async function planSync(
  parts: PlanSyncParts,
  followed: readonly Followed[],
  options: SyncOptions,
  reading: ReadOptions,
): Promise<readonly SyncedList[]> {
  const { store, config } = parts;
  const reader = createFollowedReader({ ...parts, followed: store.followed });
  const { isPresent, holds } = presenceIn(store, settingsOf(config, { accept: 'sure' }));
  const waiting = createTrackMap<true>();
  for (const { track } of waitingTracks(store)) waiting.set(track, true);
  const lists: SyncedList[] = [];
  for (const one of followed) {
    const before = store.followed.entries(one.id);
    const found = await reader.read(one, reading);
    if (found.kind === 'failed') {
      lists.push({ kind: 'failed', followed: one, error: found.error });
      continue;
    }
    const list = found.kind === 'unchanged' ? asItWas(one, before) : withoutDoubles(found.list);
    const isWaiting = (track: Track): boolean => waiting.get(track) === true;
    const playlistFile = store.lists.get(config.output_dir, one.origin)?.playlistFile;
    const playlist = await pathsOf(playlistFile);
    const movedTo = found.kind === 'read' ? found.movedTo : undefined;
    const facts = { followed: one, before, list, movedTo, isPresent, playlist, holds, isWaiting };
    const plan = planList({ ...facts, ...options });
    const isAsBefore =
      found.kind === 'unchanged' &&
      plan.rows.every((row, at) => (row === 'there' || row === 'deleted') === before[at]?.isThere);
    lists.push({ kind: 'planned', followed: one, plan, isAsBefore });
  }
  return withAll(lists);
}

function withAll(lists: readonly SyncedList[]): readonly SyncedList[] {
  const plans = withOthersSongs(lists.flatMap((one) => (one.kind === 'planned' ? [one.plan] : [])));
  const byList = new Map(plans.map((plan) => [plan.followed.id, plan]));
  return lists.map((one) =>
    one.kind === 'planned' ? { ...one, plan: byList.get(one.followed.id) ?? one.plan } : one,
  );
}

/** The paths in a playlist file, absolute; undefined where it can't be read, none where there's none. */
async function pathsOf(playlistFile: string | undefined): Promise<readonly string[] | undefined> {
  if (playlistFile === undefined) return [];
  const content = await readFile(playlistFile, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  return pathsIn(content).map((path) => resolve(dirname(playlistFile), path));
}

function asItWas({ name, origin, snapshot }: Followed, before: readonly FollowedEntry[]): TrackList {
  const tracks = before.map(({ track }) => track);
  return {
    name,
    origin,
    ...(snapshot === undefined ? {} : { snapshot }),
    tracks,
    skipped: [],
    folder: 'own',
  };
}

/** The lists that a sync changes, with the songs that it downloads; empty where there's nothing to do. Pure. */
export function chosenBySync(lists: readonly SyncedList[]): readonly Chosen[] {
  return changedPlans(lists).map(({ list, rows }) => ({ list, chosen: rows.map(isWanted) }));
}

/** The plans that are carried out and change something. Pure. */
export function changedPlans(lists: readonly SyncedList[]): readonly ListPlan[] {
  return lists.flatMap((one) =>
    one.kind === 'planned' && one.plan.held === undefined && !isUnchanged(one.plan) ? [one.plan] : [],
  );
}

/** Lists that are in other files now are followed there from now on, with their folder and playlist file. */
export function followMoved(store: Pick<Store, 'followed'>, lists: readonly SyncedList[]): void {
  for (const { followed, list, movedTo } of changedPlans(lists)) {
    if (movedTo === undefined || list.origin === undefined) continue;
    store.followed.reassign(followed, { origin: list.origin, input: movedTo });
  }
}

/**
 * The lists after their job: one whose playlist file wasn't written still has the old one, which names what left it. It
 * counts as not read, and the next sync plans it anew.
 */
export function withUnwritten(
  lists: readonly SyncedList[],
  report: Pick<JobReport, 'lists'>,
  store: Pick<Store, 'lists'>,
  outputDir: string,
): readonly SyncedList[] {
  const plans = changedPlans(lists);
  return lists.map((one): SyncedList => {
    const at = one.kind === 'planned' ? plans.indexOf(one.plan) : -1;
    if (one.kind === 'failed' || at === -1 || report.lists[at]?.playlistFile !== undefined) return one;
    const { origin = '' } = one.plan.list;
    if (store.lists.get(outputDir, origin)?.playlistFile === undefined) return one;
    const what = "Its playlist file couldn't be brought up to date.";
    const fix = 'Check the free space and the permissions there, then run harmoni sync again.';
    return {
      kind: 'failed',
      followed: one.followed,
      error: new HarmoniError('output-not-writable', what, { fix }),
    };
  });
}

export interface EndSyncParts {
  readonly store: Pick<Store, 'followed' | 'files' | 'lists' | 'overrides'> & ChangeStore;
  readonly config: JobConfig & Pick<Config, 'trash_days'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The songs are there and the playlist files are written: moves to the trash what left a list that wants that, and
 * remembers what each list holds now. A sync that was stopped before doesn't come here, and the next one plans anew. Nothing
 * is moved where one of the lists couldn't be read, because it may have the song now: that waits for the next sync.
 * @param jobId the job that downloaded what is new; what is moved to the trash belongs to the same run
 * @returns what became of the songs that left, by list
 */
export async function endSync(
  parts: EndSyncParts,
  lists: readonly SyncedList[],
  jobId: number | undefined,
): Promise<ReadonlyMap<number, readonly Removal[]>> {
  const { store, config, clock } = parts;
  const settings = settingsOf(config, { accept: 'sure' });
  const removals = new Map<number, readonly Removal[]>();
  const plans = changedPlans(lists);
  const title = titleOf(plans.map(({ list }) => list));
  const mayTrash = isAllRead(lists);
  const waits = (plan: ListPlan): boolean => !mayTrash && isToTrash(plan);
  const run = { kind: 'sync', title, library: config.output_dir, jobId } as const;
  const { stoppedBy } = await asRun(parts, run, async (changes) => {
    for (const plan of plans) {
      if (!mayTrash || !isToTrash(plan)) continue;
      const removal = removeLeft({ store, clock, changes, settings }, plan.list, plan.left);
      removals.set(plan.followed.id, await removal);
    }
  });
  if (stoppedBy !== undefined) throw stoppedBy;
  const isPresent = (track: Track): boolean =>
    presenceOf(store.files.find(track), store.overrides.find(track), settings).some(
      ({ standing }) => standing === 'right',
    );
  for (const one of lists) {
    if (one.kind !== 'planned' || one.plan.held !== undefined || waits(one.plan)) continue;
    const { list, rows } = one.plan;
    if (one.isAsBefore && isUnchanged(one.plan)) {
      store.followed.setUnchanged(one.followed.id);
      continue;
    }
    const entries = list.tracks.map((track, at) => ({
      track,
      // What the user deleted is left alone the next time, too.
      isThere: rows[at] === 'deleted' || isPresent(track),
    }));
    store.followed.setSynced(one.followed.id, { name: list.name, snapshot: list.snapshot }, entries);
  }
  return removals;
}

/** Whether files may go to the trash: a list that couldn't be read may have the song now. Pure. */
export function isAllRead(lists: readonly SyncedList[]): boolean {
  return lists.every(({ kind }) => kind === 'planned');
}

/** Whether files of songs that left are to go. Pure. */
function isToTrash({ followed, left }: ListPlan): boolean {
  return followed.whenRemoved === 'trash' && left.length > 0;
}

/** Most libraries are there, and so is the first file. */
const pathsAtOnce = 100;

/**
 * Makes sure that the library is where it was: on a disk that isn't mounted, every song would look deleted.
 * @throws HarmoniError library-missing
 */
export async function checkLibrary(store: Pick<Store, 'files'>, outputDir: string): Promise<void> {
  for (let from = 0; ; from += pathsAtOnce) {
    const paths = store.files.downloadedBelow(outputDir, from, pathsAtOnce);
    if (paths.length === 0 && from === 0) return;
    if (paths.length === 0) break;
    for (const path of paths) if (await exists(path)) return;
  }
  const what = `None of the songs HARMONI downloaded to ${outputDir} are there.`;
  throw new HarmoniError('library-missing', what, {
    fix: 'Connect the disk with your music, or correct output_dir. If you deleted the songs, run harmoni download once.',
  });
}
