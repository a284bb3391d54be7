import type { HarmoniError } from '../errors.ts';
import { backoffMs } from '../system/retry-delay.ts';
import type { Failure } from './api-error.ts';

export interface RetrySettings {
  /** New tries after the first, for what passes by itself. */
  readonly maxRetries: number;
  /** Before the first new try; doubled each time. */
  readonly backoffBaseMs: number;
  /** 0..1 */
  readonly retryJitter: number;
}

/** What became of one request so far. */
export interface Past {
  readonly retries: number;
  readonly renewedToken: boolean;
}

type NextStep =
  | { readonly do: 'renew-token' }
  /** This request waits. */
  | { readonly do: 'wait'; readonly ms: number }
  /** All requests wait, because Spotify says so; `error` if that takes too long. `counted`: as one of the retries. */
  | { readonly do: 'pause'; readonly ms: number; readonly counted: boolean; readonly error: HarmoniError }
  | { readonly do: 'stop'; readonly error: HarmoniError }
  /** Nothing of this kind is to be asked for `ms`. */
  | { readonly do: 'close'; readonly ms: number; readonly error: HarmoniError };

const longestBackoffMs = 60_000;
/** Where the quota is used up and Spotify does not say until when. */
const unknownQuotaMs = 60 * 60_000;

/** Without a network the next try goes like the last, and somebody waits for the answer. */
const offlineRetries = 2;

/** What to do after a failure; `random` is 0..1. Pure. */
export function nextStep(failure: Failure, past: Past, settings: RetrySettings, random: number): NextStep {
  const backoff = backoffMs(
    past.retries + 1,
    { baseMs: settings.backoffBaseMs, mostMs: longestBackoffMs, jitter: settings.retryJitter },
    random,
  );
  const isOffline = failure.error.code === 'network-unreachable';
  const mayRetry = past.retries < Math.min(settings.maxRetries, isOffline ? offlineRetries : Infinity);
  switch (failure.kind) {
    case 'token-refused':
      return past.renewedToken ? { do: 'stop', error: failure.error } : { do: 'renew-token' };
    case 'quota':
      return { do: 'close', ms: failure.retryAfterMs ?? unknownQuotaMs, error: failure.error };
    case 'too-fast':
      if (failure.retryAfterMs !== undefined) {
        return {
          do: 'pause',
          ms: Math.max(1_000, failure.retryAfterMs),
          counted: false,
          error: failure.error,
        };
      }
      return mayRetry
        ? { do: 'pause', ms: backoff, counted: true, error: failure.error }
        : { do: 'stop', error: failure.error };
    case 'passing':
      if (!mayRetry) return { do: 'stop', error: failure.error };
      return failure.retryAfterMs === undefined
        ? { do: 'wait', ms: backoff }
        : { do: 'pause', ms: Math.max(1_000, failure.retryAfterMs), counted: true, error: failure.error };
    case 'final':
      return { do: 'stop', error: failure.error };
  }
}
