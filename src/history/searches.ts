import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import type { Database } from '../system/database.ts';
import { parseStored } from './stored.ts';

/** How long an answer is good for: uploads come and go. One of the future was kept under a clock that was wrong. */
const lifeMs = 7 * 24 * 3_600_000;

export interface Searches {
  /** The JSON that was saved for this search, while it is fresh. */
  load(provider: string, kind: string, query: string): unknown;
  save(provider: string, kind: string, query: string, candidates: unknown): void;
  /** Answers that aren't good anymore, and the bytes that they have. */
  old(): { readonly many: number; readonly bytes: number };
  forgetOld(): void;
}

export function createSearches(database: Database, clock: Clock): Searches {
  const read = database.prepare(
    'SELECT candidates FROM searches WHERE provider = ? AND kind = ? AND query = ? AND searched_at > ? AND searched_at <= ?',
  );
  const write = database.prepare(
    'INSERT OR REPLACE INTO searches (provider, kind, query, candidates, searched_at) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM searches WHERE searched_at <= ? OR searched_at > ?');
  const measure = database.prepare(
    'SELECT count(*) AS many, sum(length(candidates)) AS bytes FROM searches WHERE searched_at <= ? OR searched_at > ?',
  );
  const forgetOld = (): void => {
    const nowMs = clock.now();
    forget.run(nowMs - lifeMs, nowMs);
  };
  let swept = false;
  return {
    old() {
      const nowMs = clock.now();
      const { many, bytes } = measure.get(nowMs - lifeMs, nowMs) ?? {};
      return { many: Number(many ?? 0), bytes: Number(bytes ?? 0) };
    },
    forgetOld,
    load(provider, kind, query) {
      const nowMs = clock.now();
      const row = read.get(provider, kind, query, nowMs - lifeMs, nowMs);
      return row === undefined ? undefined : parseStored(z.unknown(), row['candidates']);
    },
    save(provider, kind, query, found) {
      const nowMs = clock.now();
      // With the first answer and not before: who only looks shall not have to wait for who writes.
      if (!swept) forgetOld();
      swept = true;
      write.run(provider, kind, query, JSON.stringify(found), nowMs);
    },
  };
}
