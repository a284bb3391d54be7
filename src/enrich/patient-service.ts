import { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
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
  const { http, clock, random, userAgent, gapMs, atOnce, timeoutMs } = manners;
  let nextMs = Number.NEGATIVE_INFINITY;
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let open = 0;
  const waiting: (() => void)[] = [];

  const isQuiet = (): boolean => clock.monotonicMs() < quietUntilMs;

  function failed(retryAfterMs: number | undefined): ServiceAnswer {
    // Requests that were under way together fail together, and that counts once.
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
    try {
      const headers = { 'user-agent': userAgent, accept: 'application/json' };
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const {
        status,
        headers: said,
        body,
      } = await http.request({
        url,
        headers,
        signal: within,
        timeoutMs,
        maxBytes: mostBytes,
      });
      const value = jsonOf(body);
      if (status === 200 && value !== undefined) {
        failures = 0;
        return { kind: 'json', value };
      }
      // What isn't there is told in JSON or in one word; a page that isn't there is told in HTML.
      if (status === 404 && !body.includes('<')) {
        failures = 0;
        return { kind: 'nothing' };
      }
      // A question that it doesn't understand is not its trouble.
      if (status === 400) return { kind: 'nothing' };
      return failed(parseRetryAfter(said['retry-after'], clock.now()));
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
      if (open < atOnce) open += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        signal.throwIfAborted();
        return await askNow(url, signal);
      } finally {
        // The place goes to the next one, or is free.
        const next = waiting.shift();
        if (next === undefined) open -= 1;
        else next();
      }
    },
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}
