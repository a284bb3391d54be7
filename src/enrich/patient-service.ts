import { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { Http, HttpResponse } from '../system/http.ts';
import { backoffMs, parseRetryAfter } from '../system/retry-delay.ts';

/** What a service answered: JSON, that it has nothing, or that this isn't the time to ask. */
export type ServiceAnswer =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'nothing' }
  /** It didn't answer, refused, or is being left in peace. */
  | { readonly kind: 'later' };

/** A service that is run by volunteers. */
export interface PatientService {
  /**
   * Asks when it's this request's turn. Whatever goes wrong is an answer.
   * @throws the signal's reason
   */
  ask(url: string, signal: AbortSignal): Promise<ServiceAnswer>;
}

export interface ServiceManners {
  readonly http: Pick<Http, 'request'>;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep' | 'now'>;
  readonly random: () => number;
  readonly userAgent: string;
  /** Between the beginnings of two requests. */
  readonly gapMs: number;
  /** Requests under way at the same time. */
  readonly atOnce: number;
  readonly timeoutMs: number;
}

const mostBytes = 2 * 2 ** 20;
/** After a refusal or no answer nothing is asked for so long, and longer each time. */
const pause = { baseMs: 60_000, mostMs: 15 * 60_000, jitter: 0.2 };

/** Asks a service one question after the other, and leaves it in peace for a while when it's in trouble. */
export function createPatientService(manners: ServiceManners): PatientService {
  const { http, clock, random, userAgent, gapMs, timeoutMs } = manners;
  const inPlace = createPlaces(manners.atOnce);
  let nextMs = Number.NEGATIVE_INFINITY;
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  let failures = 0;

  const isQuiet = (): boolean => clock.monotonicMs() < quietUntilMs;

  /** Requests that were under way together fail together, and that counts once. */
  function failed(retryAfterMs: number | undefined): ServiceAnswer {
    if (!isQuiet()) {
      failures += 1;
      quietUntilMs = clock.monotonicMs() + (retryAfterMs ?? backoffMs(failures, pause, random()));
    }
    return { kind: 'later' };
  }

  async function askNow(url: string, signal: AbortSignal): Promise<ServiceAnswer> {
    if (isQuiet()) return { kind: 'later' };
    const waitMs = nextMs - clock.monotonicMs();
    nextMs = Math.max(nextMs, clock.monotonicMs()) + gapMs;
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    if (isQuiet()) return { kind: 'later' };
    const headers = { 'user-agent': userAgent, accept: 'application/json' };
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const request = { url, headers, signal: within, timeoutMs, maxBytes: mostBytes };
    try {
      const response = await http.request(request);
      const answer = answerOf(response);
      if (answer === undefined) return failed(parseRetryAfter(response.headers['retry-after'], clock.now()));
      failures = 0;
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof HarmoniError || error instanceof DOMException) return failed(undefined);
      throw error;
    }
  }

  return {
    async ask(url, signal) {
      signal.throwIfAborted();
      if (isQuiet()) return { kind: 'later' };
      return inPlace(() => {
        signal.throwIfAborted();
        return askNow(url, signal);
      });
    },
  };
}

/** undefined for what is no answer: a refusal, a fault, a page, nothing at all. */
function answerOf({ status, body }: Pick<HttpResponse, 'status' | 'body'>): ServiceAnswer | undefined {
  const value = jsonOf(body);
  if (status === 200 && value !== undefined) return { kind: 'json', value };
  // A question that isn't understood won't be the next time. A page that isn't there is told in HTML, and all else in JSON
  // or a word.
  return status === 400 || (status === 404 && !body.includes('<')) ? { kind: 'nothing' } : undefined;
}

/** So many at the same time, and the others one after the other. */
function createPlaces(count: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}
