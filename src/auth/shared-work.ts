import { abortable } from '../system/abort.ts';

interface Running<T> {
  readonly done: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * Work that all who ask for it while it runs share: one begins it, the others join. It is stopped when nobody is left
 * who waits for it.
 * @returns rejects with what the work throws, or the reason of the asker's own signal
 */
export function createSharedWork<A, T>(
  work: (about: A, signal: AbortSignal) => Promise<T>,
): (about: A, signal: AbortSignal | undefined) => Promise<T> {
  let running: Running<T> | undefined;

  function start(about: A): Running<T> {
    const stop = new AbortController();
    return { done: work(about, stop.signal), stop, waiting: 0 };
  }

  return async (about, signal) => {
    const joined = (running ??= start(about));
    joined.waiting += 1;
    try {
      return await abortable(joined.done, signal);
    } finally {
      joined.waiting -= 1;
      if (joined.waiting === 0) {
        joined.stop.abort();
        if (running === joined) running = undefined;
      }
    }
  };
}
