import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import type { Database } from '../system/database.ts';
import type { Failure, OutcomeStatus } from '../tracks/outcome.ts';
import { sameTrack, trackKeys } from '../tracks/identity.ts';
import { checkStored, parseStored, storedFailure, storedTrack } from './stored.ts';
import type { Track, TrackList } from '../tracks/track.ts';

/** A track that has not been had yet, and why. */
export interface FailedTrack {
  readonly track: Track;
  readonly listName: string;
  readonly listOrigin?: string | undefined;
  readonly listFolder: TrackList['folder'];
  readonly status: Extract<OutcomeStatus, 'failed' | 'none' | 'unsure'>;
  readonly failure: Failure;
  readonly attempts: number;
  readonly failedAt: number;
}

export interface Failures {
  add(trackKey: string, failed: Omit<FailedTrack, 'attempts' | 'failedAt'>): void;
  /** Forgets the failures of a song under any of its keys. */
  remove(track: Track): void;
  all(): readonly FailedTrack[];
}

const status = z.enum(['failed', 'none', 'unsure']);
const folder = z.enum(['own', 'library']);

export function createFailures(database: Database, clock: Clock): Failures {
  const write = database.prepare(`
    INSERT INTO failures
      (track_key, track, list_name, list_origin, list_folder, status, failure, attempts, failed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)
    ON CONFLICT (track_key) DO UPDATE SET track = excluded.track, list_name = excluded.list_name,
      list_origin = excluded.list_origin, list_folder = excluded.list_folder, status = excluded.status, failure = excluded.failure,
      attempts = attempts + 1, failed_at = excluded.failed_at`);
  const read = database.prepare('SELECT track FROM failures WHERE track_key = ?');
  const remove = database.prepare('DELETE FROM failures WHERE track_key = ?');
  const list = database.prepare('SELECT * FROM failures ORDER BY failed_at, rowid');
  return {
    add(trackKey, failed) {
      write.run(
        trackKey,
        JSON.stringify(failed.track),
        failed.listName,
        failed.listOrigin ?? null,
        failed.listFolder,
        failed.status,
        JSON.stringify(failed.failure),
        clock.now(),
      );
    },
    remove(track) {
      for (const key of trackKeys(track)) {
        const row = read.get(key);
        if (row === undefined) continue;
        if (sameTrack(parseStored(storedTrack, row['track']), track)) remove.run(key);
      }
    },
    all: () =>
      list.all().map((row) => ({
        track: parseStored(storedTrack, row['track']),
        listName: String(row['list_name']),
        listOrigin: typeof row['list_origin'] === 'string' ? row['list_origin'] : undefined,
        listFolder: checkStored(folder, row['list_folder']),
        status: checkStored(status, row['status']),
        failure: parseStored(storedFailure, row['failure']),
        attempts: Number(row['attempts']),
        failedAt: Number(row['failed_at']),
      })),
  };
}
