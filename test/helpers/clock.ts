import type { Clock } from '../../src/system/clock.ts';

/** Time that passes only where the code under test sleeps, or where a test says so: no test waits. */
export interface TestClock extends Clock {
  /** What each sleep asked for, in ms. */
  readonly slept: readonly number[];
  /** So many ms pass, on the wall and monotonically. */
  pass(ms: number): void;
  /** Somebody sets the machine's clock: from now on the wall is so many ms off; the monotonic time goes on. */
  setOff(ms: number): void;
}

export interface TestClockOptions {
  /** Default: noon of a day in 2026. */
  readonly startMs?: number;
  /** What happens in a sleep in place of its time's passing. */
  readonly onSleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void> | void;
}

/** A clock that never waits: a sleep moves it on, and others get their turn meanwhile. */
export function createTestClock(options: TestClockOptions = {}): TestClock {
  let nowMs = options.startMs ?? Date.UTC(2026, 10, 21, 12);
  let offMs = 0;
  const slept: number[] = [];
  const pass = (ms: number): void => void (nowMs += ms);
  return {
    slept,
    pass,
    setOff: (ms) => void (offMs = ms),
    now: () => nowMs + offMs,
    monotonicMs: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      if (options.onSleep === undefined) pass(ms);
      else await options.onSleep(ms, signal);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
