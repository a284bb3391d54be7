import type { Clock } from '../system/clock.ts';
import { transaction, type Database } from '../system/database.ts';
import type { Track } from '../tracks/track.ts';
import { parseStored, storedTrack } from './stored.ts';

/** What the user decided for a track: a video id, or null for "none of these". */
export interface Override {
  readonly track: Track;
  readonly videoId: string | null;
  readonly decidedAt: number;
}

export interface Overrides {
  /** The decision for a track by any of its keys; undefined when there is none. */
  find(trackKeys: readonly string[]): Override | undefined;
  /** Kept under every key, so that it holds for the track in whatever list it comes. */
  set(trackKeys: readonly string[], track: Track, videoId: string | null): void;
  remove(trackKeys: readonly string[]): boolean;
  all(): readonly Override[];
}

export function createOverrides(database: Database, clock: Clock): Overrides {
  const read = database.prepare('SELECT * FROM overrides WHERE track_key = ?');
  const write = database.prepare(
    'INSERT OR REPLACE INTO overrides (track_key, track, video_id, decided_at) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM overrides WHERE track_key = ?');
  const list = database.prepare('SELECT * FROM overrides ORDER BY decided_at, track_key');
  const toOverride = (row: Record<string, unknown>): Override => ({
    track: parseStored(storedTrack, row['track']),
    videoId: typeof row['video_id'] === 'string' ? row['video_id'] : null,
    decidedAt: Number(row['decided_at']),
  });
  return {
    find(trackKeys) {
      for (const key of trackKeys) {
        const row = read.get(key);
        if (row !== undefined) return toOverride(row);
      }
      return undefined;
    },
    set(trackKeys, decided, videoId) {
      const text = JSON.stringify(decided);
      transaction(database, () => {
        for (const key of trackKeys) write.run(key, text, videoId, clock.now());
      });
    },
    remove: (trackKeys) =>
      trackKeys.map((key) => Number(remove.run(key).changes)).some((changes) => changes > 0),
    all() {
      const byTrack = new Map<string, Override>();
      for (const row of list.all()) byTrack.set(String(row['track']), toOverride(row));
      return [...byTrack.values()];
    },
  };
}
