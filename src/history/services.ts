import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Clock } from '../system/clock.ts';
import { transaction, type Database } from '../system/database.ts';
import {
  slowDown,
  speedUp,
  startNext,
  startPace,
  type PaceLimits,
  type PaceState,
} from '../system/service-pace.ts';

const dayMs = 24 * 3_600_000;

/** How long an answer is good for. */
const livesMs = { found: 90 * dayMs, none: 30 * dayMs, refused: 3_600_000 } as const;
export type AnswerKind = keyof typeof livesMs;

/** What a service answered before. */
export interface KeptAnswer {
  readonly kind: AnswerKind;
  /** Its JSON; undefined unless it was found. */
  readonly value: unknown;
}

/** The pace that all HARMONIs of a data folder keep to together. */
export interface SharedPace {
  /** Starts a request where one may start now (0), or says how many ms until it might. */
  start(): number;
  answered(): void;
  /** The service is too busy. @param waitMs what it asked for, if it did */
  busy(waitMs: number | undefined): void;
}

/** What services such as MusicBrainz answered, and when each may be asked again. */
export interface Services {
  load(service: string, question: string): KeptAnswer | undefined;
  save(service: string, question: string, answer: KeptAnswer): void;
  pace(service: string, limits: PaceLimits): SharedPace;
}

export function createServices(database: Database, clock: Pick<Clock, 'now'>): Services {
  const read = database.prepare(
    'SELECT kind, answer, asked_at FROM service_answers WHERE service = ? AND question = ?',
  );
  const write = database.prepare(
    'INSERT OR REPLACE INTO service_answers (service, question, kind, answer, asked_at) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare(
    'DELETE FROM service_answers WHERE asked_at > ? OR asked_at <= ? OR (kind <> ? AND asked_at <= ?)',
  );
  const forgetOld = (): void => {
    const nowMs = clock.now();
    forget.run(nowMs, nowMs - livesMs.found, 'found', nowMs - livesMs.none);
  };
  let swept = false;
  return {
    load(service, question) {
      const row = read.get(service, question);
      const kind = kindFrom(row?.['kind']);
      const ageMs = clock.now() - Number(row?.['asked_at']);
      // One of the future was kept under a clock that was wrong.
      if (kind === undefined || !(ageMs >= 0 && ageMs < livesMs[kind])) return undefined;
      const value = unpack(row?.['answer']);
      return kind === 'found' && value === undefined ? undefined : { kind, value };
    },
    save(service, question, { kind, value }) {
      // With the first answer and not before: who only looks shall not have to wait for who writes.
      if (!swept) forgetOld();
      swept = true;
      const answer = kind === 'found' ? deflateRawSync(JSON.stringify(value)) : null;
      write.run(service, question, kind, answer, clock.now());
    },
    pace: (service, limits) => createPace(database, clock, service, limits),
  };
}

function kindFrom(column: unknown): AnswerKind | undefined {
  return column === 'found' || column === 'none' || column === 'refused' ? column : undefined;
}

/** A row that can't be read counts as none: the service is asked again. */
function unpack(column: unknown): unknown {
  if (!(column instanceof Uint8Array)) return undefined;
  try {
    return JSON.parse(inflateRawSync(column).toString());
  } catch {
    return undefined;
  }
}

function createPace(
  database: Database,
  clock: Pick<Clock, 'now'>,
  service: string,
  limits: PaceLimits,
): SharedPace {
  const read = database.prepare('SELECT next_at, paused_until, gap_ms FROM service_paces WHERE service = ?');
  const write = database.prepare(
    'INSERT OR REPLACE INTO service_paces (service, next_at, paused_until, gap_ms) VALUES (?, ?, ?, ?)',
  );
  const load = (): PaceState => {
    const row = read.get(service);
    if (row === undefined) return startPace(limits);
    const [nextAtMs, pausedUntilMs, gapMs] = [row['next_at'], row['paused_until'], row['gap_ms']].map(Number);
    return { nextAtMs: nextAtMs ?? 0, pausedUntilMs: pausedUntilMs ?? 0, gapMs: gapMs ?? limits.gapMs };
  };
  const save = (state: PaceState): void => {
    const { nextAtMs, pausedUntilMs, gapMs } = state;
    write.run(service, Math.round(nextAtMs), Math.round(pausedUntilMs), Math.round(gapMs));
  };
  const change = (next: (state: PaceState) => PaceState): void =>
    transaction(database, () => save(next(load())));
  return {
    start: () =>
      transaction(database, () => {
        const { waitMs, state } = startNext(load(), clock.now(), limits);
        if (waitMs === 0) save(state);
        return waitMs;
      }),
    answered() {
      // Most answers change nothing, and a write waits for other processes.
      if (load().gapMs > limits.gapMs) change((state) => speedUp(state, limits));
    },
    busy: (waitMs) => change((state) => slowDown(state, waitMs, clock.now(), limits)),
  };
}
