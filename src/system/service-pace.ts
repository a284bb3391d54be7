import { parseRetryAfter } from './retry-delay.ts';

/**
 * How fast a service may be asked that publishes a rate: one request per gap, twice the gap after each "too busy", half of
 * it after each answer. The state is a row in the store, so all HARMONIs of a data folder keep one pace. Pure.
 */
export interface PaceState {
  /** When the next request may start, in ms since the epoch. */
  readonly nextAtMs: number;
  /** Nothing starts before. */
  readonly pausedUntilMs: number;
  readonly gapMs: number;
}

export interface PaceLimits {
  readonly gapMs: number;
  readonly slowestGapMs: number;
  /** The longest pause that one answer can order. */
  readonly longestPauseMs: number;
}

export function startPace({ gapMs }: PaceLimits): PaceState {
  return { nextAtMs: 0, pausedUntilMs: 0, gapMs };
}

/**
 * Starts the next request where it may start now (`waitMs` 0), or says how long until it might. It is counted from when it
 * starts, because who has waited may be late.
 */
export function startNext(
  state: PaceState,
  nowMs: number,
  limits: PaceLimits,
): { readonly waitMs: number; readonly state: PaceState } {
  const gapMs = Math.min(limits.slowestGapMs, Math.max(limits.gapMs, state.gapMs));
  const wantedMs = Math.max(state.nextAtMs, state.pausedUntilMs) - nowMs;
  // A clock that was ahead and is right again would keep everyone waiting.
  const waitMs = wantedMs > limits.longestPauseMs + gapMs ? 0 : Math.max(0, wantedMs);
  if (waitMs > 0) return { waitMs, state: { ...state, gapMs } };
  return { waitMs, state: { gapMs, pausedUntilMs: nowMs, nextAtMs: nowMs + gapMs } };
}

/** After an answer. */
export function speedUp(state: PaceState, limits: PaceLimits): PaceState {
  return { ...state, gapMs: Math.max(limits.gapMs, state.gapMs / 2) };
}

/** After "too busy": everyone waits, then goes half as fast. */
export function slowDown(
  state: PaceState,
  waitMs: number | undefined,
  nowMs: number,
  limits: PaceLimits,
): PaceState {
  const gapMs = Math.min(limits.slowestGapMs, Math.max(limits.gapMs, state.gapMs) * 2);
  const pauseMs = Math.min(limits.longestPauseMs, Math.max(gapMs, waitMs ?? 0));
  const pausedUntilMs = Math.max(state.pausedUntilMs, nowMs + pauseMs);
  return { gapMs, pausedUntilMs, nextAtMs: Math.max(state.nextAtMs, pausedUntilMs) };
}

/**
 * How long an answer asks to wait, in ms: by Retry-After or X-RateLimit-Reset (seconds since the epoch), whichever is
 * longer, counted from the answer's own Date, because this machine's clock may be wrong. Undefined where it says nothing.
 */
export function askedWaitMs(
  headers: Readonly<Record<string, string | undefined>>,
  nowMs: number,
): number | undefined {
  const sentAtMs = Date.parse(headers['date'] ?? '');
  const fromMs = Number.isNaN(sentAtMs) ? nowMs : sentAtMs;
  const after = parseRetryAfter(headers['retry-after'], fromMs);
  const reset = headers['x-ratelimit-reset']?.trim() ?? '';
  const until = /^\d{9,11}$/.test(reset) ? Number(reset) * 1000 - fromMs : undefined;
  const waits = [after, until].filter((ms) => ms !== undefined && ms > 0).map(Number);
  return waits.length === 0 ? undefined : Math.max(...waits);
}
