import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import type { Database } from '../system/database.ts';
import type { FailedUpload, Failure, OutcomeStatus } from '../tracks/outcome.ts';
import { sameTrack, trackKeys } from '../tracks/identity.ts';
import { mediaText } from '../tracks/media.ts';
import { checkStored, parseStored, storedFailure, storedTrack, storedUploads } from './stored.ts';
import type { Track, TrackList } from '../tracks/track.ts';

/** A track that a list does not have yet, and why. */
export interface FailedTrack {
  readonly track: Track;
  readonly listName: string;
  readonly listOrigin?: string | undefined;
  readonly listFolder: TrackList['folder'];
  readonly status: Extract<OutcomeStatus, 'failed' | 'none' | 'unsure'>;
  readonly failure: Failure;
  /** What was tried for it in vain, this time or before. */
  readonly uploads: readonly FailedUpload[];
  readonly attempts: number;
  readonly failedAt: number;
}

export type NewFailure = Omit<FailedTrack, 'attempts' | 'failedAt' | 'uploads'> &
  Partial<Pick<FailedTrack, 'uploads'>>;

/** What failed last time in each list, until it succeeds there. */
export interface Failures {
  add(trackKey: string, failed: NewFailure): void;
  /** Forgets the failure of a song in a list, under any of its keys; without a list, in all of them. */
  remove(track: Track, list?: Pick<TrackList, 'name' | 'origin'>): void;
  /** The failures of one song in all lists. */
  of(track: Track): readonly FailedTrack[];
  all(): readonly FailedTrack[];
}

const status = z.enum(['failed', 'none', 'unsure']);
const folder = z.enum(['own', 'library']);

export function createFailures(database: Database, clock: Clock): Failures {
  // HARMONI 2.0 knew the list by its name alone.
  const takeOver = database.prepare(
    'UPDATE OR IGNORE failures SET list_key = ?, list_origin = ? WHERE list_key = ? AND track_key = ?',
  );
  const write = database.prepare(`
    INSERT INTO failures
      (list_key, track_key, track, list_name, list_origin, list_folder, status, failure, uploads, attempts, failed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
    ON CONFLICT (list_key, track_key) DO UPDATE SET track = excluded.track, list_name = excluded.list_name,
      list_origin = excluded.list_origin, list_folder = excluded.list_folder, status = excluded.status,
      failure = excluded.failure, uploads = excluded.uploads, attempts = attempts + 1, failed_at = excluded.failed_at`);
  const read = database.prepare(
    'SELECT * FROM failures WHERE track_key IN (SELECT value FROM json_each(?)) ORDER BY failed_at, rowid',
  );
  const remove = database.prepare('DELETE FROM failures WHERE list_key = ? AND track_key = ?');
  const list = database.prepare('SELECT * FROM failures ORDER BY failed_at, rowid');

  /** The rows of a song, whichever of its keys they are stored under. */
  const rowsOf = (track: Track): readonly Record<string, unknown>[] =>
    read
      .all(JSON.stringify(trackKeys(track)))
      .filter((row) => sameTrack(parseStored(storedTrack, row['track']), track));

  return {
    add(trackKey, { track, listName, listOrigin, listFolder, status: ending, failure, uploads = [] }) {
      const before = rowsOf(track).flatMap((row) => parseStored(storedUploads, row['uploads']));
      const tried = new Map([...before, ...uploads].map((one) => [mediaText(one.media), one]));
      const listKey = listOrigin ?? nameKey(listName);
      if (listOrigin !== undefined) takeOver.run(listKey, listOrigin, nameKey(listName), trackKey);
      write.run(
        listKey,
        trackKey,
        JSON.stringify(track),
        listName,
        listOrigin ?? null,
        listFolder,
        ending,
        JSON.stringify(failure),
        JSON.stringify([...tried.values()]),
        clock.now(),
      );
    },
    remove(track, inList) {
      const lists =
        inList === undefined ? undefined : new Set<unknown>([inList.origin, nameKey(inList.name)]);
      for (const { list_key: listKey, track_key: trackKey } of rowsOf(track)) {
        if (lists?.has(listKey) !== false) remove.run(String(listKey), String(trackKey));
      }
    },
    of: (track) => rowsOf(track).map(toFailed),
    all: () => list.all().map(toFailed),
  };
}

/** Of a list without an origin. */
function nameKey(listName: string): string {
  return `name:${listName}`;
}

function toFailed(row: Record<string, unknown>): FailedTrack {
  return {
    track: parseStored(storedTrack, row['track']),
    listName: String(row['list_name']),
    listOrigin: typeof row['list_origin'] === 'string' ? row['list_origin'] : undefined,
    listFolder: checkStored(folder, row['list_folder']),
    status: checkStored(status, row['status']),
    failure: parseStored(storedFailure, row['failure']),
    uploads: parseStored(storedUploads, row['uploads']),
    attempts: Number(row['attempts']),
    failedAt: Number(row['failed_at']),
  };
}
