import { transaction, type Database } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';

/** Which tracks are being worked on, so that two HARMONIs do not fetch the same one. */
export interface Claims {
  /** True when the track is now ours; false while a living HARMONI (or another list of this one) has it. */
  take(trackKey: string): boolean;
  release(trackKey: string): void;
  releaseAll(): void;
}

export function createClaims(database: Database, instance: Instance): Claims {
  const read = database.prepare('SELECT owner FROM claims WHERE track_key = ?');
  const write = database.prepare('INSERT OR REPLACE INTO claims (track_key, owner) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM claims WHERE track_key = ? AND owner = ?');
  const removeAll = database.prepare('DELETE FROM claims WHERE owner = ?');
  return {
    take(trackKey) {
      return transaction(database, () => {
        const owner = read.get(trackKey)?.['owner'];
        if (typeof owner === 'string' && instance.isAlive(owner)) return false;
        write.run(trackKey, instance.id);
        return true;
      });
    },
    release: (trackKey) => void remove.run(trackKey, instance.id),
    releaseAll: () => void removeAll.run(instance.id),
  };
}
