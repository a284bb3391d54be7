import { HarmoniError, toHarmoniError } from '../errors.ts';
import type { HeldLock } from '../system/lock.ts';
import { abortable } from './abortable.ts';
import type { AccountsDeps, SignInMethod } from './sign-in-method.ts';
import { isFresh, type TokenInfo } from './token-info.ts';
import type { TokenStore } from './token-store.ts';

/** The one place that hands out access tokens. */
export interface TokenSession {
  /**
   * An access token that is good for at least a minute, renewed when needed. With `forceRefresh` a new one, because
   * Spotify refused the one before. Callers at the same time share one refresh, and processes take turns.
   * Throws sign-in-needed, sign-in-expired, token-busy, or what the method's refresh throws.
   */
  getAccessToken(options?: { forceRefresh?: boolean; signal?: AbortSignal }): Promise<string>;
  /** The token as it is, also when it has ended; undefined when nobody is signed in. */
  current(): Promise<TokenInfo | undefined>;
  /** Takes the token of a new sign-in. Returns the token-not-saved error when it lasts only as long as this run. */
  adopt(token: TokenInfo): Promise<HarmoniError | undefined>;
  /** Forgets the token. Whether there was one. */
  signOut(): Promise<boolean>;
}

export interface TokenSessionParts {
  readonly store: TokenStore;
  readonly deps: AccountsDeps;
  readonly findMethod: (kind: string) => Pick<SignInMethod, 'refresh'>;
  /** Told when a renewed token cannot be saved. */
  readonly warn: (error: HarmoniError) => void;
}

interface Held {
  readonly token: TokenInfo;
  /** Whether the store has it too. Where it has not, what the store holds is older. */
  readonly saved: boolean;
}

interface Refresh {
  readonly done: Promise<TokenInfo>;
  /** Ends its waits when nobody is left who wants the token. */
  readonly stop: AbortController;
  waiting: number;
}

/** Longer than any refresh of another process that still has a chance. */
const lockWaitMs = 120_000;
const lockPauseMs = 100;

export function createTokenSession({ store, deps, findMethod, warn }: TokenSessionParts): TokenSession {
  let held: Held | undefined;
  let refreshing: Refresh | undefined;

  async function load(): Promise<Held | undefined> {
    if (held !== undefined) return held;
    const token = await store.load();
    held ??= token === undefined ? undefined : { token, saved: true };
    return held;
  }

  /** In memory in any case, and in the store. Returns why it is not in the store. */
  async function keep(token: TokenInfo): Promise<HarmoniError | undefined> {
    held = { token, saved: false };
    try {
      await store.save(token);
      held = { token, saved: true };
      return undefined;
    } catch (error) {
      return toHarmoniError(error);
    }
  }

  async function takeLock(signal?: AbortSignal): Promise<HeldLock> {
    const endsAtMs = deps.clock.monotonicMs() + lockWaitMs;
    for (;;) {
      const lock = store.tryLock();
      if (lock !== undefined) return lock;
      if (deps.clock.monotonicMs() >= endsAtMs) {
        throw new HarmoniError(
          'token-busy',
          'Another HARMONI has been renewing the sign-in for two minutes.',
        );
      }
      await deps.clock.sleep(lockPauseMs, signal);
    }
  }

  /** Sign-in and sign-out wait for a refresh to end, which would otherwise write the old token over them. */
  async function underLock<T>(work: () => Promise<T>): Promise<T> {
    const lock = await takeLock();
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  async function refresh(stale: Held, signal: AbortSignal): Promise<TokenInfo> {
    const lock = await takeLock(signal);
    try {
      const newest = stale.saved ? await store.load() : stale.token;
      if (newest === undefined) {
        held = undefined;
        throw new HarmoniError('sign-in-needed', 'Another HARMONI has signed out.');
      }
      if (newest.accessToken !== stale.token.accessToken && isFresh(newest, deps.clock.now())) {
        held = { token: newest, saved: true };
        return newest;
      }
      if (newest.refreshToken === undefined) {
        throw new HarmoniError(
          'sign-in-expired',
          'The sign-in has ended, and it came without a way to renew it.',
        );
      }
      const token = await findMethod(newest.method).refresh(newest, deps, signal);
      // Saved before it is handed out: a rotated refresh token exists only once.
      const notSaved = await keep(token);
      if (notSaved !== undefined) warn(notSaved);
      return token;
    } catch (error) {
      if (error instanceof HarmoniError && error.code === 'sign-in-expired') await discard();
      throw error;
    } finally {
      lock.release();
    }
  }

  /** Spotify's rule of 2026-06-18: a refused refresh token is thrown away, not tried again. Nothing else goes. */
  async function discard(): Promise<void> {
    held = undefined;
    try {
      await store.clear();
    } catch (error) {
      warn(toHarmoniError(error));
    }
  }

  function startRefresh(stale: Held): Refresh {
    const stop = new AbortController();
    return { done: refresh(stale, stop.signal), stop, waiting: 0 };
  }

  async function joinRefresh(stale: Held, signal: AbortSignal | undefined): Promise<string> {
    const joined = (refreshing ??= startRefresh(stale));
    joined.waiting += 1;
    try {
      return (await abortable(joined.done, signal)).accessToken;
    } finally {
      joined.waiting -= 1;
      if (joined.waiting === 0) {
        joined.stop.abort();
        if (refreshing === joined) refreshing = undefined;
      }
    }
  }

  return {
    async getAccessToken({ forceRefresh = false, signal } = {}) {
      const now = await load();
      signal?.throwIfAborted();
      if (now === undefined) throw new HarmoniError('sign-in-needed', 'Nobody is signed in to Spotify.');
      if (!forceRefresh && isFresh(now.token, deps.clock.now())) return now.token.accessToken;
      if (!deps.config.spotify_auto_refresh) {
        throw new HarmoniError('sign-in-expired', 'The sign-in has ended, and spotify_auto_refresh is off.', {
          fix: 'Run harmoni login, or set spotify_auto_refresh to true.',
        });
      }
      return joinRefresh(now, signal);
    },
    current: async () => (await load())?.token,
    async adopt(token) {
      held = { token, saved: false };
      try {
        return await underLock(() => keep(token));
      } catch (error) {
        return toHarmoniError(error);
      }
    },
    signOut: () =>
      underLock(async () => {
        held = undefined;
        return store.clear();
      }),
  };
}
