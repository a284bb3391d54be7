import { hostname } from 'node:os';
import type { Clock } from '../system/clock.ts';
import { transaction, type Database, type Row } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';

/** What only one HARMONI of a data folder does at a time. */
export type Turn = 'sync' | 'watch';

/** Who has a turn. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface Turns {
  /** Takes the turn; where another living HARMONI has it, or this one already, it says who. */
  take(turn: Turn): Holder | undefined;
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
    return row !== undefined && isHeld(turn, String(row['owner'])) ? toHolder(row) : undefined;
  };
  return {
    holder,
    take(turn) {
      const other = transaction(database, () => {
        const found = holder(turn);
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

function toHolder(row: Row): Holder {
  return { pid: Number(row['pid']), host: String(row['host']), since: Number(row['since']) };
}
