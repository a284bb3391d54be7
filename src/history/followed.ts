import { z } from 'zod';
import { transaction, type Database } from '../system/database.ts';
import type { Track } from '../tracks/track.ts';
import { leaving, type Leaving } from './leaving.ts';
import { checkStored, parseStored, storedTrack } from './stored.ts';

/** A list that a library follows. */
export interface Followed {
  readonly id: number;
  /** Absolute. */
  readonly library: string;
  /** TrackList.origin */
  readonly origin: string;
  /** As its source called it last. */
  readonly name: string;
  /** What it's read from: a link, "liked", or the path of a file. */
  readonly input: string;
  readonly whenRemoved: Leaving;
  /** What its source called the state that `entries` are of. */
  readonly snapshot: string | undefined;
  readonly followedAt: number;
  /** When all of it was in the library last; undefined before that. */
  readonly syncedAt: number | undefined;
}

/** One song of a followed list, as it was after the last sync. */
export interface FollowedEntry {
  readonly track: Track;
  /** Whether the library had it then. */
  readonly isThere: boolean;
}

/** Which lists each library follows, and what they held after the last sync that ended. */
export interface FollowedLists {
  all(library: string): readonly Followed[];
  entries(id: number): readonly FollowedEntry[];
  /** Follows a list; one that is followed already gets the new choice. */
  follow(list: Pick<Followed, 'library' | 'origin' | 'name' | 'input' | 'whenRemoved'>): Followed;
  unfollow(id: number): void;
  /** A sync has ended: what the list holds now. */
  setSynced(id: number, state: Pick<Followed, 'name' | 'snapshot'>, entries: readonly FollowedEntry[]): void;
  /** A sync has ended, and nothing is to be remembered that isn't. */
  setUnchanged(id: number): void;
  /** The list is the same and its file another. It keeps its label, and what failed of it, and what waits for resume. */
  reassign(list: Pick<Followed, 'id' | 'library' | 'origin'>, to: Pick<Followed, 'origin' | 'input'>): void;
  /** Forgets what the lists of a library hold, so that the next sync reads all of them anew. They stay followed. */
  forgetSynced(library: string): void;
}

const leavingSchema = z.enum(leaving);

export function createFollowedLists(database: Database, clock: { now(): number }): FollowedLists {
  const all = database.prepare('SELECT * FROM followed WHERE library = ? ORDER BY id');
  const one = database.prepare('SELECT * FROM followed WHERE library = ? AND origin = ?');
  const entries = database.prepare('SELECT * FROM followed_entries WHERE followed_id = ? ORDER BY position');
  const insert = database.prepare(`
    INSERT INTO followed (library, origin, name, input, when_removed, followed_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (library, origin) DO UPDATE SET name = excluded.name, input = excluded.input,
      when_removed = excluded.when_removed`);
  const remove = database.prepare('DELETE FROM followed WHERE id = ?');
  const setState = database.prepare('UPDATE followed SET name = ?, snapshot = ?, synced_at = ? WHERE id = ?');
  const setTime = database.prepare('UPDATE followed SET synced_at = ? WHERE id = ?');
  const removeEntries = database.prepare('DELETE FROM followed_entries WHERE followed_id = ?');
  const addEntry = database.prepare(
    'INSERT INTO followed_entries (followed_id, position, is_there, track) VALUES (?, ?, ?, ?)',
  );
  const forgetEntries = database.prepare(
    'DELETE FROM followed_entries WHERE followed_id IN (SELECT id FROM followed WHERE library = ?)',
  );
  const forgetStates = database.prepare(
    'UPDATE followed SET snapshot = NULL, synced_at = NULL WHERE library = ?',
  );
  return {
    all: (library) => all.all(library).map(toFollowed),
    entries: (id) =>
      entries.all(id).map((row) => ({
        track: parseStored(storedTrack, row['track']),
        isThere: row['is_there'] === 1,
      })),
    follow({ library, origin, name, input, whenRemoved }) {
      insert.run(library, origin, name, input, whenRemoved, clock.now());
      return toFollowed(one.get(library, origin) ?? {});
    },
    unfollow: (id) => void remove.run(id),
    setUnchanged: (id) => void setTime.run(clock.now(), id),
    reassign: createReassign(database),
    forgetSynced: (library) =>
      transaction(database, () => {
        forgetEntries.run(library);
        forgetStates.run(library);
      }),
    setSynced(id, { name, snapshot }, now) {
      transaction(database, () => {
        setState.run(name, snapshot ?? null, clock.now(), id);
        removeEntries.run(id);
        for (const [position, { track, isThere }] of now.entries()) {
          addEntry.run(id, position, isThere ? 1 : 0, JSON.stringify(track));
        }
      });
    },
  };
}

/** A list's origin stands in all that is remembered of it. */
function createReassign(database: Database): FollowedLists['reassign'] {
  // Without its snapshot, a sync that is killed now leaves a list that the next one reads, with its new name.
  const ofList = database.prepare(
    'UPDATE OR IGNORE followed SET origin = ?, input = ?, snapshot = NULL WHERE id = ?',
  );
  const ofLabel = database.prepare(
    'UPDATE OR IGNORE lists SET origin = ?, source_file = ? WHERE library = ? AND origin = ?',
  );
  const ofFailures = database.prepare(
    'UPDATE OR IGNORE failures SET list_key = ?1, list_origin = ?1 WHERE list_key = ?2',
  );
  const ofJobs = database.prepare('UPDATE job_lists SET origin = ?, source_file = ? WHERE origin = ?');
  return (list, { origin, input }) => {
    transaction(database, () => {
      ofList.run(origin, input, list.id);
      ofLabel.run(origin, input, list.library, list.origin);
      ofFailures.run(origin, list.origin);
      ofJobs.run(origin, input, list.origin);
    });
  };
}

function toFollowed(row: Record<string, unknown>): Followed {
  const { snapshot, synced_at: syncedAt } = row;
  return {
    id: Number(row['id']),
    library: String(row['library']),
    origin: String(row['origin']),
    name: String(row['name']),
    input: String(row['input']),
    whenRemoved: checkStored(leavingSchema, row['when_removed']),
    snapshot: typeof snapshot === 'string' ? snapshot : undefined,
    followedAt: Number(row['followed_at']),
    syncedAt: syncedAt === null || syncedAt === undefined ? undefined : Number(syncedAt),
  };
}
