import type { Clock } from '../system/clock.ts';
import type { PaceLimits } from '../system/service-pace.ts';
import { askOnce, type AskParts, type ServiceAnswer } from './ask-once.ts';

/** The pace shared with other processes. */
export interface ServicePace {
  start(): number;
  answered(): void;
  busy(waitMs: number | undefined): void;
}

interface KnownAnswer {
  readonly kind: ServiceAnswer['kind'];
  readonly value: unknown;
}

/** What services answered before, and how fast each may be asked. history/services.ts keeps it. */
export interface ServiceMemory {
  load(service: string, question: string): KnownAnswer | undefined;
  save(service: string, question: string, answer: KnownAnswer): void;
  pace(service: string, limits: PaceLimits): ServicePace;
}

/** The same of one service. */
export interface AnswerCache {
  load(question: string): KnownAnswer | undefined;
  save(question: string, answer: KnownAnswer): void;
}

/** @param service with its address: another server has other answers */
export function answersOf(memory: Pick<ServiceMemory, 'load' | 'save'>, service: string): AnswerCache {
  return {
    load: (question) => memory.load(service, question),
    save: (question, answer) => memory.save(service, question, answer),
  };
}

export interface ServiceParts extends AskParts {
  readonly clock: Pick<Clock, 'monotonicMs' | 'now' | 'sleep'>;
  readonly pace: ServicePace;
}

/** GET, as JSON. @throws HarmoniError service-busy, network-*, response-not-understood; the signal's reason */
export type AskService = (url: string, signal: AbortSignal) => Promise<ServiceAnswer>;

/** Where it can't be reached. One that is busy says so itself, and is given time. */
const mostTries = 5;
/** Waits without one answer in between. */
const mostWaitedMs = 5 * 60_000;
const mostSleepMs = 60_000;

/**
 * Asks a service whose answers are worth waiting for: one question at a time, at a shared pace, again where that helps. See
 * optional-service.ts for those that aren't.
 */
export function createAskService(parts: ServiceParts): AskService {
  // One after the other, also where several parts of HARMONI ask.
  let turn: Promise<unknown> = Promise.resolve();
  let waitedMs = 0;

  async function wait(signal: AbortSignal): Promise<void> {
    const { clock, pace } = parts;
    const beganMs = clock.monotonicMs();
    const passedMs = (): number => clock.monotonicMs() - beganMs;
    // The pace goes by the clock on the wall, which somebody may set back meanwhile.
    while (passedMs() < mostWaitedMs) {
      const waitMs = pace.start();
      if (waitMs === 0) break;
      await clock.sleep(Math.min(waitMs, mostSleepMs), signal);
    }
    waitedMs += passedMs();
  }

  async function ask(url: string, signal: AbortSignal): Promise<ServiceAnswer> {
    for (let tries = 1; ; tries += 1) {
      await wait(signal);
      const said = await askOnce(parts, url, signal);
      if ('answer' in said) {
        parts.pace.answered();
        waitedMs = 0;
        return said.answer;
      }
      if (said.why === 'barred') throw said.error;
      parts.pace.busy(said.waitMs);
      if (waitedMs >= mostWaitedMs || (said.why === 'away' && tries >= mostTries)) throw said.error;
    }
  }

  return (url, signal) => {
    const mine = turn.then(() => {
      signal.throwIfAborted();
      return ask(url, signal);
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
}
