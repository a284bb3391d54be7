import { abortReason } from './abort.ts';

/** Time as the features see it, so that no test has to wait. */
export interface Clock {
  /** Milliseconds since the epoch: for what is kept or shown. It jumps when somebody sets the machine's clock. */
  now(): number;
  /** Milliseconds since some moment of this process, which nobody sets: for everything that waits or ends. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What is longer a timer takes for no time at all. Nobody waits 24 days without looking at the clock in between. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(abortReason(signal));
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(abortReason(signal));
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(ms, longestTimerMs),
      );
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
