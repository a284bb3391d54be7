import type { Clock } from '../system/clock.ts';
import { transaction, type Database } from '../system/database.ts';
import { contradict, factsOf, isNameKey, sameTrack, trackKeys } from '../tracks/identity.ts';
import { mediaText, type Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';
import { mediaFrom, parseStored, storedTrack } from './stored.ts';

/** What the user decided for a track: a video or upload, or null for "none of these". */
export interface Override {
  readonly track: Track;
  readonly media: Media | null;
  readonly decidedAt: number;
}

export interface Overrides {
  /** The decision for a track by any of its keys; undefined when there is none. Another song of the name has its own. */
  find(track: Track): Override | undefined;
  /** Kept under every key, so that it holds for the track in whatever list it comes. */
  set(track: Track, media: Media | null): void;
  remove(track: Track): boolean;
  all(): readonly Override[];
}

export function createOverrides(database: Database, clock: Clock): Overrides {
  const read = database.prepare(
    'SELECT * FROM overrides WHERE track_key IN (SELECT value FROM json_each(?))',
  );
  /** The rows of a track by its keys, the surest key first. */
  const rowsOf = (track: Track) => {
    const keys = trackKeys(track);
    return read
      .all(JSON.stringify(keys))
      .map((row) => ({ key: String(row['track_key']), found: toOverride(row) }))
      .toSorted((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key));
  };
  const write = database.prepare(
    'INSERT OR REPLACE INTO overrides (track_key, track, media, decided_at) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM overrides WHERE track_key = ?');
  const list = database.prepare('SELECT * FROM overrides ORDER BY decided_at, track_key');
  const toOverride = (row: Record<string, unknown>): Override => ({
    track: parseStored(storedTrack, row['track']),
    media: mediaFrom(row['media']) ?? null,
    decidedAt: Number(row['decided_at']),
  });
  return {
    find(track) {
      for (const { key, found } of rowsOf(track)) {
        if (!isNameKey(key) || !contradict(factsOf(found.track), factsOf(track))) return found;
      }
      return undefined;
    },
    set(track, media) {
      const text = JSON.stringify(track);
      const chosen = media === null ? null : mediaText(media);
      transaction(database, () => {
        for (const key of trackKeys(track)) write.run(key, text, chosen, clock.now());
      });
    },
    remove(track) {
      let removed = false;
      for (const { key, found } of rowsOf(track)) {
        if (!sameTrack(found.track, track)) continue;
        remove.run(key);
        removed = true;
      }
      return removed;
    },
    all() {
      const byTrack = new Map<string, Override>();
      for (const row of list.all()) byTrack.set(String(row['track']), toOverride(row));
      return [...byTrack.values()];
    },
  };
}
