/**
 * How fast requests may start. Spotify counts the calls of an app in a rolling window of 30 seconds and publishes
 * no number, so: a short burst is free, then one request per `gapMs`, and twice that after each 429. Pure.
 */
export interface Pace {
  /** Between two requests once the burst is used up. */
  readonly gapMs: number;
  /** Requests that may start at once after a rest. */
  readonly burst: number;
}

export const defaultPace: Pace = { gapMs: 500, burst: 30 };

const slowestGapMs = 4_000;
/** Waits because Spotify asked for them, in all within `windowMs`; what is longer is told to the user instead. */
const silentMs = 60_000;
const windowMs = 10 * 60_000;

export interface PacingState {
  readonly pace: Pace;
  readonly gapMs: number;
  readonly burst: number;
  /** When all requests so far are paid for, at one per gap (the generic cell rate algorithm). */
  readonly paidUntilMs: number;
  readonly pausedUntilMs: number;
  readonly pauses: readonly { readonly fromMs: number; readonly ms: number }[];
}

export function startPacing(pace: Pace): PacingState {
  return { pace, gapMs: pace.gapMs, burst: pace.burst, paidUntilMs: 0, pausedUntilMs: 0, pauses: [] };
}

/** Books the next request; it may start at `startMs`, or later when a pause was ordered meanwhile. */
export function reserve(state: PacingState, nowMs: number): { startMs: number; state: PacingState } {
  const paidUntilMs = Math.max(state.paidUntilMs, nowMs) + state.gapMs;
  const startMs = Math.max(nowMs, state.pausedUntilMs, paidUntilMs - state.burst * state.gapMs);
  return { startMs, state: { ...state, paidUntilMs } };
}

/** After an answer that was not a 429: slowly back to the pace at the start. */
export function speedUp(state: PacingState): PacingState {
  return { ...state, gapMs: Math.max(state.pace.gapMs, state.gapMs * 0.97) };
}

/**
 * After a 429: everything waits `waitMs`, then goes half as fast and without a burst. Undefined when the silent
 * waits would come to more than 60 seconds in all.
 */
export function slowDown(state: PacingState, waitMs: number, nowMs: number): PacingState | undefined {
  const fromMs = Math.max(nowMs, state.pausedUntilMs);
  const untilMs = Math.max(fromMs, nowMs + waitMs);
  const pauses = [
    ...state.pauses.filter((pause) => pause.fromMs > nowMs - windowMs),
    { fromMs, ms: untilMs - fromMs },
  ];
  if (pauses.reduce((sum, pause) => sum + pause.ms, 0) > silentMs) return undefined;
  // Several requests in flight get the same 429: it slows down once.
  const already = state.pausedUntilMs > nowMs;
  const gapMs = already ? state.gapMs : Math.min(slowestGapMs, state.gapMs * 2);
  return { ...state, gapMs, burst: 1, paidUntilMs: untilMs, pausedUntilMs: untilMs, pauses };
}
