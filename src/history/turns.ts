import { hostname } from 'node:os';
import type { Clock } from '../system/clock.ts';
import { transaction, type Database, type Row } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';

/** What HARMONIs of one data folder take turns at. */
export type Turn = 'watch' | 'sync' | 'change' | 'enrich';

/**
 * Which of them can't happen at the same time. A `change` is what moves, replaces or removes files that are there:
 * organise, adopt, convert, duplicates, repair, undo and restore. To enrich takes hours where a service is slow, and only
 * writes tags, so a sync needn't wait for it, and adds metadata itself. A download takes no turn: it claims its songs one
 * by one, publishes only under free names, and looks at the end where they are then.
 */
const excluded: Readonly<Record<Turn, readonly Turn[]>> = {
  watch: ['watch'],
  sync: ['sync', 'change'],
  change: ['change', 'sync', 'enrich'],
  enrich: ['enrich', 'change'],
};

/** Who has a turn. */
export interface Holder {
  readonly turn: Turn;
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface Turns {
  /** Takes the turn; where another living HARMONI is in the way, or this one already, it says who. */
  take(turn: Turn): Holder | undefined;
  /** Who is in the way of this turn. */
  blocker(turn: Turn): Holder | undefined;
  holder(turn: Turn): Holder | undefined;
  /** Never throws: where the store can't be written, the row stays, and means nothing to this HARMONI anymore. */
  release(turn: Turn): void;
}

/** Turns end with their process, as claims do: also after SIGKILL, and across containers that share the folder. */
export function createTurns(database: Database, instance: Instance, clock: Pick<Clock, 'now'>): Turns {
  const read = database.prepare('SELECT * FROM turns WHERE turn = ?');
  const write = database.prepare(
    'INSERT OR REPLACE INTO turns (turn, owner, pid, host, since) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM turns WHERE turn = ? AND owner = ?');
  // A row of this HARMONI's own that a full disk kept from being removed would stop every later sync of its watch.
  const mine = new Set<Turn>();
  const isHeld = (turn: Turn, owner: string): boolean =>
    owner === instance.id ? mine.has(turn) : instance.isAlive(owner);
  const holder = (turn: Turn): Holder | undefined => {
    const row = read.get(turn);
    return row !== undefined && isHeld(turn, String(row['owner'])) ? toHolder(turn, row) : undefined;
  };
  const blocker = (turn: Turn): Holder | undefined =>
    excluded[turn].map(holder).find((found) => found !== undefined);
  return {
    holder,
    blocker,
    take(turn) {
      const other = transaction(database, () => {
        const found = blocker(turn);
        if (found === undefined) write.run(turn, instance.id, process.pid, hostname(), clock.now());
        return found;
      });
      if (other === undefined) mine.add(turn);
      return other;
    },
    release(turn) {
      mine.delete(turn);
      try {
        remove.run(turn, instance.id);
      } catch {
        // What the turn was for has ended, and says itself what went wrong with the store.
      }
    },
  };
}

function toHolder(turn: Turn, row: Row): Holder {
  return { turn, pid: Number(row['pid']), host: String(row['host']), since: Number(row['since']) };
}
