import type { Clock } from '../system/clock.ts';
import type { Database } from '../system/database.ts';

const hourMs = 3_600_000;

/** The videos fetched in the last hour by all HARMONIs of this data folder. */
export interface Visits {
  add(): void;
  /** The times of the last hour's visits, oldest first. */
  lastHour(): readonly number[];
}

export function createVisits(database: Database, clock: Clock): Visits {
  const insert = database.prepare('INSERT INTO visits (visited_at) VALUES (?)');
  const forget = database.prepare('DELETE FROM visits WHERE visited_at <= ?');
  const read = database.prepare('SELECT visited_at FROM visits WHERE visited_at > ? ORDER BY visited_at');
  return {
    add: () => void insert.run(clock.now()),
    lastHour() {
      const since = clock.now() - hourMs;
      forget.run(since);
      return read.all(since).map((row) => Number(row['visited_at']));
    },
  };
}
