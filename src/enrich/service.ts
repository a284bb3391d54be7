import { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { Http, HttpResponse } from '../system/http.ts';
import { askedWaitMs } from '../system/service-pace.ts';

/** What came of a question to a service. */
export type ServiceAnswer =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'none' }
  /** It won't answer this one, however often it's asked. */
  | { readonly kind: 'refused'; readonly status: number };

/** The pace shared with other processes; history/services.ts keeps it. */
export interface ServicePace {
  start(): number;
  answered(): void;
  busy(waitMs: number | undefined): void;
}

/** What a service answered before; history/services.ts keeps it. */
export interface AnswerCache {
  load(question: string): { readonly kind: ServiceAnswer['kind']; readonly value: unknown } | undefined;
  save(question: string, answer: { readonly kind: ServiceAnswer['kind']; readonly value: unknown }): void;
}

export interface ServiceParts {
  readonly http: Http;
  readonly clock: Clock;
  readonly pace: ServicePace;
  /** Sent with every request. */
  readonly userAgent: string;
  /** For messages: "MusicBrainz". */
  readonly name: string;
}

/** GET, as JSON. @throws HarmoniError service-busy, network-*, response-not-understood; the signal's reason */
export type AskService = (url: string, signal: AbortSignal) => Promise<ServiceAnswer>;

/** Where it can't be reached. One that is busy says so itself, and is given time. */
const mostTries = 5;
/** Waits without one answer in between. */
const mostWaitedMs = 5 * 60_000;
const mostSleepMs = 60_000;

/** Asks a service that limits its rate: one question at a time, at a shared pace, again where that helps. */
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
      const step = await tryOnce(parts, url, signal);
      if ('answer' in step) {
        parts.pace.answered();
        waitedMs = 0;
        return step.answer;
      }
      parts.pace.busy(step.waitMs);
      if (waitedMs >= mostWaitedMs || (!step.isBusy && tries >= mostTries)) throw step.error;
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

type Step =
  | { readonly answer: ServiceAnswer }
  | { readonly error: unknown; readonly isBusy: boolean; readonly waitMs: number | undefined };

async function tryOnce(parts: ServiceParts, url: string, signal: AbortSignal): Promise<Step> {
  const { http, clock, userAgent, name } = parts;
  let response: HttpResponse;
  try {
    const headers = { accept: 'application/json', 'user-agent': userAgent };
    response = await http.request({ url, signal, headers });
  } catch (error) {
    signal.throwIfAborted();
    return { error, isBusy: false, waitMs: undefined };
  }
  const { status, headers, body } = response;
  if (status === 200) {
    const value = jsonOf(body);
    // A front proxy may say "busy" in HTML, and call it 200.
    if (value !== undefined) return { answer: { kind: 'found', value } };
    const error = new HarmoniError('response-not-understood', `${name} sent an answer that isn't JSON.`);
    return { error, isBusy: false, waitMs: undefined };
  }
  if (status === 404) return { answer: { kind: 'none' } };
  if (status === 429 || status >= 500) {
    const error = new HarmoniError('service-busy', `${name} is too busy to answer (${status}).`);
    return { error, isBusy: true, waitMs: askedWaitMs(headers, clock.now()) };
  }
  // 403 is for the program, and not for the question.
  if (status === 403)
    throw new HarmoniError('service-busy', `${name} doesn't accept requests from here (403).`);
  return { answer: { kind: 'refused', status } };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
