import type { FailedTrack } from '../history/failures.ts';
import type { Store } from '../history/store.ts';
import { createTrackMap } from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';

/**
 * Why a library doesn't have a song of a list: it wasn't asked for yet, waits for a match to be chosen, wasn't found,
 * failed, or its file isn't whole.
 */
export type Lack = 'new' | 'unsure' | 'none' | 'failed' | 'broken';

/** A song of a list. */
export interface ListRow {
  readonly track: Track;
  /** Undefined where the library has it. */
  readonly lack?: { readonly status: Lack; readonly reason: string };
}

/** A list that is followed or was downloaded, with all its songs. */
export interface KnownList {
  readonly name: string;
  readonly isFollowed: boolean;
  readonly rows: readonly ListRow[];
}

type ListStore = Pick<Store, 'files' | 'followed' | 'failures' | 'jobs' | 'lists'>;

/**
 * The lists of a library: what each holds as its last sync or download knew it, and which of that the index has now. A
 * list whose songs nobody remembers (its download was long ago) is left out.
 * @param library absolute
 */
export function readKnownLists(store: ListStore, library: string): readonly KnownList[] {
  const find = store.files.finderBelow(library);
  const failures = Map.groupBy(store.failures.all(), ({ listOrigin }) => listOrigin ?? '');
  const followed = store.followed.all(library);
  const origins = new Set(followed.map(({ origin }) => origin));
  const lists = [
    ...followed.map((list) => ({ ...list, isFollowed: true, tracks: tracksOf(store, list) })),
    ...store.lists
      .all(library)
      .filter(({ origin }) => !origins.has(origin))
      .map(({ name, origin }) => {
        const own = origin.startsWith('name:') ? { name } : { name, origin };
        return { name, origin, isFollowed: false, tracks: store.jobs.latestTracks(own) };
      }),
  ];
  return lists
    .filter(({ tracks }) => tracks.length > 0)
    .map(({ name, origin, isFollowed, tracks }) => {
      const failed = createTrackMap<FailedTrack>();
      // A failure in a list without an origin is stored under its name.
      const own = [...(failures.get(origin) ?? []), ...(failures.get('') ?? [])];
      for (const one of own)
        if (one.listOrigin !== undefined || one.listName === name) failed.set(one.track, one);
      const rows = tracks.map((track): ListRow => {
        const files = [...find(track)];
        if (files.some(({ fault }) => fault === undefined)) return { track };
        return { track, lack: lackOf(files[0]?.fault, failed.get(track)) };
      });
      return { name, isFollowed, rows };
    });
}

function tracksOf(
  { followed, jobs }: ListStore,
  { id, name, origin }: { readonly id: number; readonly name: string; readonly origin: string },
): readonly Track[] {
  const entries = followed.entries(id).map(({ track }) => track);
  return entries.length > 0 ? entries : jobs.latestTracks({ name, origin });
}

function lackOf(fault: string | undefined, failed: FailedTrack | undefined): NonNullable<ListRow['lack']> {
  if (fault !== undefined) return { status: 'broken', reason: `Its file is broken: ${fault}.` };
  if (failed === undefined) return { status: 'new', reason: "It hasn't been downloaded yet." };
  return { status: failed.status, reason: failed.failure.message };
}
