import type { Clock } from '../system/clock.ts';
import { transaction, type Database } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';

const hourMs = 3_600_000;
/** Less is the ordinary drift that a time server corrects. */
const clockSetMs = 1_000;

/** The videos that all HARMONIs of this data folder asked YouTube for in the last hour, or are about to. */
export interface Visits {
  /** A video will be asked for. Counts as one of now while this HARMONI lives. Returns the visit's number. */
  plan(): number;
  /** It was asked for, now. */
  happened(visit: number): void;
  /** It never was. */
  cancel(visits: readonly number[]): void;
  /** The times of the last hour's visits, oldest first; none is later than now. */
  lastHour(): readonly number[];
}

/** A visit of this process, which knows how long ago it was whatever the clock on the wall says. */
interface OwnVisit {
  readonly atMs: number;
  readonly plannedBy: string | null;
}

/**
 * Times are kept by the clock of the machine, because other processes have to read them, and that clock may be wrong:
 * a visit of the future was noted under a clock that was ahead; it does not count, and is forgotten. When the clock is
 * set while this process runs, its own visits are set with it, so that a jump neither frees nor blocks the hour.
 */
export function createVisits(database: Database, instance: Instance, clock: Clock): Visits {
  const insert = database.prepare('INSERT INTO visits (visited_at, planned_by) VALUES (?, ?)');
  const put = database.prepare(
    'INSERT OR REPLACE INTO visits (rowid, visited_at, planned_by) VALUES (?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM visits WHERE rowid = ?');
  const forget = database.prepare('DELETE FROM visits WHERE visited_at <= ? OR visited_at > ?');
  const planners = database.prepare('SELECT DISTINCT planned_by FROM visits WHERE planned_by IS NOT NULL');
  const forgetPlans = database.prepare('DELETE FROM visits WHERE planned_by = ?');
  const read = database.prepare('SELECT visited_at FROM visits WHERE visited_at > ? ORDER BY visited_at');
  const own = new Map<number, OwnVisit>();
  const offset = (): number => clock.now() - clock.monotonicMs();
  let knownOffsetMs = offset();

  function followClock(): void {
    const nowMs = clock.monotonicMs();
    for (const [id, { atMs }] of own) if (atMs <= nowMs - hourMs) own.delete(id);
    const offsetMs = offset();
    if (Math.abs(offsetMs - knownOffsetMs) < clockSetMs) return;
    transaction(database, () => {
      for (const [id, { atMs, plannedBy }] of own) put.run(id, Math.round(atMs + offsetMs), plannedBy);
    });
    knownOffsetMs = offsetMs;
  }

  return {
    plan() {
      const id = Number(insert.run(Math.round(clock.now()), instance.id).lastInsertRowid);
      own.set(id, { atMs: clock.monotonicMs(), plannedBy: instance.id });
      return id;
    },
    happened(visit) {
      put.run(visit, Math.round(clock.now()), null);
      own.set(visit, { atMs: clock.monotonicMs(), plannedBy: null });
    },
    cancel(visits) {
      for (const visit of visits) {
        remove.run(visit);
        own.delete(visit);
      }
    },
    lastHour() {
      followClock();
      // Rounded up: an own visit may just have been rounded so.
      const nowMs = Math.ceil(clock.now());
      forget.run(nowMs - hourMs, nowMs);
      for (const { planned_by: planner } of planners.all()) {
        if (!instance.isAlive(String(planner))) forgetPlans.run(String(planner));
      }
      return read.all(nowMs - hourMs).map((row) => Number(row['visited_at']));
    },
  };
}
