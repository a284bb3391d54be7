import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import type { Database } from '../system/database.ts';
import { parseStored } from './stored.ts';

/**
 * What services on the internet answered, so that nobody asks them twice. An answer may be that there's nothing; how long
 * it's good for is up to who asks.
 */
export interface Answers {
  /** The answer to this question, while it's good; undefined where there is none. */
  load(service: string, question: string): { readonly answer: unknown } | undefined;
  /** @param answer anything that JSON can hold */
  save(service: string, question: string, answer: unknown, lifeMs: number): void;
  /** Answers that aren't good anymore, and the bytes that they have. */
  old(): { readonly many: number; readonly bytes: number };
  forgetOld(): void;
}

export function createAnswers(database: Database, clock: Pick<Clock, 'now'>): Answers {
  // One of the future was kept under a clock that was wrong.
  const isOld = 'good_until <= ?1 OR asked_at > ?1';
  const read = database.prepare(
    `SELECT answer FROM answers WHERE service = ?2 AND question = ?3 AND NOT (${isOld})`,
  );
  const write = database.prepare(
    'INSERT OR REPLACE INTO answers (service, question, answer, asked_at, good_until) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare(`DELETE FROM answers WHERE ${isOld}`);
  const measure = database.prepare(
    `SELECT count(*) AS many, sum(length(answer)) AS bytes FROM answers WHERE ${isOld}`,
  );
  return {
    load(service, question) {
      const row = read.get(clock.now(), service, question);
      return row === undefined ? undefined : { answer: parseStored(z.unknown(), row['answer']) };
    },
    save(service, question, answer, lifeMs) {
      const nowMs = clock.now();
      write.run(service, question, JSON.stringify(answer), nowMs, nowMs + lifeMs);
    },
    old() {
      const { many, bytes } = measure.get(clock.now()) ?? {};
      return { many: Number(many ?? 0), bytes: Number(bytes ?? 0) };
    },
    forgetOld: () => void forget.run(clock.now()),
  };
}
