import type { Followed, FollowedEntry } from '../history/followed.ts';
import { createTrackMap } from '../tracks/identity.ts';
import { songs } from '../tracks/song-count.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import { changesOf } from './list-changes.ts';

/**
 * What a sync does for a song in the list: it's there, it's new, it came back and the library has it, it failed last time
 * and is tried again, it waits for review, or the user deleted its file.
 */
export type RowPlan = 'there' | 'new' | 'back' | 'again' | 'review' | 'deleted';

/** What a sync does for one followed list. */
export interface ListPlan {
  readonly followed: Followed;
  readonly list: TrackList;
  /** Of each of the list's tracks, in its order. */
  readonly rows: readonly RowPlan[];
  /** Songs that aren't in the list anymore. */
  readonly left: readonly Track[];
  readonly moved: number;
  readonly isRenamed: boolean;
  /** The file that it's in now; undefined where that is the one it's followed in. */
  readonly movedTo?: string | undefined;
  /** Whether its playlist file names files that have gone, or lacks songs that are there. */
  readonly isStale: boolean;
  /** Why nothing is done for this list unless the user says so; undefined where it's safe. */
  readonly held: string | undefined;
}

export interface PlanFacts {
  readonly followed: Followed;
  readonly before: readonly FollowedEntry[];
  readonly list: TrackList;
  readonly movedTo?: string | undefined;
  readonly isPresent: (track: Track) => boolean;
  /** The paths in its playlist file; none where it has no file yet, undefined where that is gone. */
  readonly playlist: readonly string[] | undefined;
  /** Whether the file at a path holds a track. */
  readonly holds: (path: string, track: Track) => boolean;
  /** Whether a song waits for the user to choose a match. */
  readonly isWaiting: (track: Track) => boolean;
  /** So many songs may leave each list without a question. */
  readonly allowedRemovals: number | undefined;
  /** Download what the user deleted, too. */
  readonly restoreDeleted: boolean;
}

/** Songs that may leave a list in one sync; more look like a mistake of somebody's. */
const mostLeft = 50;
const mostLeftPart = 0.3;
/** Of a short list, so few may always leave. */
const fewLeft = 4;

/** Plans the sync of one list that was read whole. Pure. */
export function planList(facts: PlanFacts): ListPlan {
  const { followed, before, list, allowedRemovals } = facts;
  const changes = changesOf(
    before.map(({ track }) => track),
    list.tracks,
  );
  const rows = list.tracks.map((track, at): RowPlan => {
    const was = changes.same.get(at);
    return rowOf(track, was === undefined ? undefined : before[was], facts);
  });
  return {
    followed,
    list,
    rows,
    isStale: !isPlaylistRight(facts, rows),
    left: changes.left.flatMap((at) => before[at]?.track ?? []),
    moved: changes.moved,
    isRenamed: followed.syncedAt !== undefined && followed.name !== list.name,
    movedTo: facts.movedTo,
    held: heldBecause(changes.left.length, before.length, list.tracks.length, allowedRemovals),
  };
}

/** Whether a playlist file leads to the list's songs that are there, in their order. */
function isPlaylistRight({ list, playlist, holds }: PlanFacts, rows: readonly RowPlan[]): boolean {
  if (playlist === undefined) return false;
  let next = 0;
  for (const [at, track] of list.tracks.entries()) {
    const path = playlist[next];
    if (path !== undefined && holds(path, track)) next += 1;
    else if (rows[at] === 'there') return false;
  }
  return next === playlist.length;
}

/**
 * The plans with those told whose playlist files change because of the others: a song that one list lacks, as the user
 * deleted it, comes with another list. Pure.
 */
export function withOthersSongs(plans: readonly ListPlan[]): readonly ListPlan[] {
  const coming = createTrackMap<true>();
  for (const { list, rows, held } of plans) {
    if (held !== undefined) continue;
    for (const [at, track] of list.tracks.entries()) if (isComing(rows[at])) coming.set(track, true);
  }
  return plans.map((plan) => {
    const lacks = (row: RowPlan): boolean => row === 'deleted' || row === 'review';
    const isStale = plan.list.tracks.some(
      (track, at) => lacks(plan.rows[at] ?? 'there') && coming.get(track) === true,
    );
    return isStale ? { ...plan, isStale } : plan;
  });
}

function rowOf(
  track: Track,
  before: FollowedEntry | undefined,
  { isPresent, isWaiting, restoreDeleted }: PlanFacts,
): RowPlan {
  if (isPresent(track)) return before === undefined ? 'back' : 'there';
  if (isWaiting(track)) return 'review';
  if (before === undefined) return 'new';
  if (!before.isThere) return 'again';
  return restoreDeleted ? 'again' : 'deleted';
}

function heldBecause(
  left: number,
  before: number,
  now: number,
  allowed: number | undefined,
): string | undefined {
  if (left <= (allowed ?? 0)) return undefined;
  if (now === 0) return `it's empty now, and had ${songs(before)}`;
  const isMany = left > mostLeft || (left > fewLeft && left > before * mostLeftPart);
  return isMany ? `${left} of ${songs(before)} aren't in it anymore` : undefined;
}

/** Whether a song of a plan is to be downloaded. Pure. */
export function isComing(row: RowPlan | undefined): boolean {
  return row === 'new' || row === 'again';
}

/** Whether a song of a plan is to be downloaded, or linked into its list's folder. Pure. */
export function isWanted(row: RowPlan): boolean {
  return row === 'new' || row === 'back' || row === 'again';
}

/** Whether a sync has nothing to do for a list. Pure. */
export function isUnchanged({ rows, left, moved, isRenamed, movedTo, isStale, held }: ListPlan): boolean {
  if (held !== undefined || isRenamed || isStale || movedTo !== undefined) return false;
  return left.length === 0 && moved === 0 && !rows.some(isWanted);
}
