import { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import type { TokenStore } from './token-store.ts';

/** Longer than any refresh of another process that still has a chance. */
const lockWaitMs = 120_000;
const lockPauseMs = 100;

/**
 * Does something with the token that no other process may do meanwhile.
 * @throws HarmoniError token-busy, the signal's reason, or what the work throws
 */
export async function underTokenLock<T>(
  parts: {
    readonly store: Pick<TokenStore, 'tryLock'>;
    readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
    readonly signal?: AbortSignal;
  },
  work: () => Promise<T>,
): Promise<T> {
  const { store, clock, signal } = parts;
  const endsAtMs = clock.monotonicMs() + lockWaitMs;
  let lock = store.tryLock();
  while (lock === undefined) {
    if (clock.monotonicMs() >= endsAtMs) {
      throw new HarmoniError('token-busy', 'Another HARMONI has been renewing your sign-in for two minutes.');
    }
    await clock.sleep(lockPauseMs, signal);
    lock = store.tryLock();
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
