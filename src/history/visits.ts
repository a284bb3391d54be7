import type { Clock } from '../system/clock.ts';
import type { Database } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';

const hourMs = 3_600_000;

/** The videos that all HARMONIs of this data folder asked YouTube for in the last hour, or are about to. */
export interface Visits {
  /** A video will be asked for. Counts as one of now while this HARMONI lives. Returns the visit's number. */
  plan(): number;
  /** It was asked for, now. */
  happened(visit: number): void;
  /** It never was. */
  cancel(visits: readonly number[]): void;
  /** The times of the last hour's visits, oldest first. */
  lastHour(): readonly number[];
}

export function createVisits(database: Database, instance: Instance, clock: Clock): Visits {
  const insert = database.prepare('INSERT INTO visits (visited_at, planned_by) VALUES (?, ?)');
  const happened = database.prepare('UPDATE visits SET visited_at = ?, planned_by = NULL WHERE rowid = ?');
  const remove = database.prepare('DELETE FROM visits WHERE rowid = ?');
  const forget = database.prepare('DELETE FROM visits WHERE visited_at <= ?');
  const planners = database.prepare('SELECT DISTINCT planned_by FROM visits WHERE planned_by IS NOT NULL');
  const forgetPlans = database.prepare('DELETE FROM visits WHERE planned_by = ?');
  const read = database.prepare('SELECT visited_at FROM visits WHERE visited_at > ? ORDER BY visited_at');
  return {
    plan: () => Number(insert.run(clock.now(), instance.id).lastInsertRowid),
    happened: (visit) => void happened.run(clock.now(), visit),
    cancel(visits) {
      for (const visit of visits) remove.run(visit);
    },
    lastHour() {
      const since = clock.now() - hourMs;
      forget.run(since);
      for (const { planned_by: planner } of planners.all()) {
        if (!instance.isAlive(String(planner))) forgetPlans.run(String(planner));
      }
      return read.all(since).map((row) => Number(row['visited_at']));
    },
  };
}
