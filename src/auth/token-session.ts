import { HarmoniError, toHarmoniError } from '../errors.ts';
import { createHeldToken, type Held, type HeldToken } from './held-token.ts';
import { createSharedWork } from './shared-work.ts';
import type { AccountsDeps, SignInMethod } from './sign-in-method.ts';
import { isFresh, type TokenInfo } from './token-info.ts';
import { underTokenLock } from './token-lock.ts';
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
  readonly findMethod: (
    kind: string,
  ) => Pick<SignInMethod, 'refresh'> | Promise<Pick<SignInMethod, 'refresh'>>;
  /** Told when a renewed token cannot be saved. */
  readonly warn: (error: HarmoniError) => void;
}

export function createTokenSession(parts: TokenSessionParts): TokenSession {
  const { store, deps, warn } = parts;
  const held = createHeldToken(store);

  /** Spotify's rule of 2026-06-18: a refused refresh token is thrown away, not tried again. Nothing else goes. */
  async function discard(): Promise<void> {
    try {
      await held.clear();
    } catch (error) {
      warn(toHarmoniError(error));
    }
  }

  const refresh = createSharedWork((stale: Held, signal) =>
    underTokenLock({ store, clock: deps.clock, signal }, () =>
      renew(parts, held, { stale, signal }).catch(async (error: unknown) => {
        if (error instanceof HarmoniError && error.code === 'sign-in-expired') await discard();
        throw error;
      }),
    ),
  );

  /** Sign-in and sign-out wait for a refresh to end, which would otherwise write the old token over them. */
  const underLock = <T>(work: () => Promise<T>): Promise<T> =>
    underTokenLock({ store, clock: deps.clock }, work);

  return {
    async getAccessToken({ forceRefresh = false, signal } = {}) {
      const now = await held.load();
      signal?.throwIfAborted();
      if (now === undefined) throw new HarmoniError('sign-in-needed', "You're not signed in to Spotify.");
      if (!forceRefresh && isFresh(now.token, deps.clock.now())) return now.token.accessToken;
      if (!deps.config.spotify_auto_refresh) {
        throw new HarmoniError(
          'sign-in-expired',
          'Your sign-in has expired, and spotify_auto_refresh is off.',
          {
            fix: 'Run harmoni login, or set spotify_auto_refresh to true.',
          },
        );
      }
      return (await refresh(now, signal)).accessToken;
    },
    current: async () => (await held.load())?.token,
    async adopt(token) {
      held.take(token, false);
      try {
        return await underLock(() => held.keep(token));
      } catch (error) {
        return toHarmoniError(error);
      }
    },
    signOut: () => underLock(() => held.clear()),
  };
}

/** The token that the store has by now, or a new one. */
async function renew(
  { store, deps, findMethod, warn }: TokenSessionParts,
  held: HeldToken,
  { stale, signal }: { readonly stale: Held; readonly signal: AbortSignal },
): Promise<TokenInfo> {
  const newest = stale.saved ? await store.load() : stale.token;
  if (newest === undefined) {
    held.forget();
    throw new HarmoniError('sign-in-needed', 'Another HARMONI signed you out.');
  }
  if (newest.accessToken !== stale.token.accessToken && isFresh(newest, deps.clock.now())) {
    held.take(newest, true);
    return newest;
  }
  if (newest.refreshToken === undefined) {
    const message = "Your sign-in has expired and can't be renewed.";
    throw new HarmoniError('sign-in-expired', message);
  }
  const method = await findMethod(newest.method);
  const token = await method.refresh(newest, deps, signal);
  // Saved before it is handed out: a rotated refresh token exists only once.
  const notSaved = await held.keep(token);
  if (notSaved !== undefined) warn(notSaved);
  return token;
}
