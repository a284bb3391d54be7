import { transaction, type Database } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';

/** Which tracks are being worked on, so that two HARMONIs do not fetch the same one. */
export interface Claims {
  /**
   * True when the track with these keys is now ours; false while a living HARMONI, or another row of this job, has one
   * of the keys.
   */
  take(trackKeys: readonly string[]): boolean;
  release(trackKeys: readonly string[]): void;
  releaseAll(): void;
}

export function createClaims(database: Database, instance: Instance): Claims {
  const read = database.prepare(
    'SELECT owner FROM claims WHERE track_key IN (SELECT value FROM json_each(?))',
  );
  const write = database.prepare('INSERT OR REPLACE INTO claims (track_key, owner) VALUES (?, ?)');
  const remove = database.prepare(
    'DELETE FROM claims WHERE track_key IN (SELECT value FROM json_each(?)) AND owner = ?',
  );
  const removeAll = database.prepare('DELETE FROM claims WHERE owner = ?');
  return {
    take: (trackKeys) =>
      transaction(database, () => {
        for (const { owner } of read.all(JSON.stringify(trackKeys))) {
          if (typeof owner === 'string' && instance.isAlive(owner)) return false;
        }
        for (const key of trackKeys) write.run(key, instance.id);
        return true;
      }),
    release: (trackKeys) => void remove.run(JSON.stringify(trackKeys), instance.id),
    releaseAll: () => void removeAll.run(instance.id),
  };
}
