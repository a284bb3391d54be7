import type { AccountsDeps, SignInMethod } from './sign-in-method.ts';
import type { TokenInfo } from './token-info.ts';
import { createTokenSession } from './token-session.ts';
import { createMemoryTokenStore, type TokenStore } from './token-store.ts';

/** Where a token is kept; `createFileTokenStore` and `createMemoryTokenStore` make one. Without a lock it is this process's own. */
export type TokenCache = Pick<TokenStore, 'load' | 'save' | 'clear'> & Partial<Pick<TokenStore, 'tryLock'>>;

export interface KeptTokenOptions {
  /** Default: in memory. */
  readonly cache?: TokenCache;
  /** A refresh token from elsewhere, to start without a person; what the cache holds wins. */
  readonly refreshToken?: string;
}

/** The token of a client in another program: kept, handed out, and renewed in time. */
export interface KeptToken {
  /** Renews the token, whether it has ended or not. Callers at the same time share one refresh. */
  refresh(signal?: AbortSignal): Promise<string>;
  /** An access token that is good for half a minute at least. Throws sign-in-needed, sign-in-expired, network-*. */
  accessToken(signal?: AbortSignal): Promise<string>;
}

const never = new AbortController().signal;

/** Keeps the token of one grant in a cache. `keep` throws token-not-saved. */
export function keptToken(
  grant: Pick<SignInMethod, 'refresh'>,
  { cache = createMemoryTokenStore(), refreshToken }: KeptTokenOptions,
  deps: AccountsDeps,
): KeptToken & { keep(token: TokenInfo): Promise<TokenInfo> } {
  const session = createTokenSession({
    store: {
      load: () => cache.load(),
      save: (token) => cache.save(token),
      clear: () => cache.clear(),
      tryLock: () => (cache.tryLock === undefined ? { release: () => undefined } : cache.tryLock()),
    },
    deps,
    findMethod: () => grant,
    warn: (error) => deps.log.write('warn', 'token not saved', { error: error.code }),
  });
  let beginning: Promise<void> | undefined;

  async function begin(): Promise<void> {
    if (refreshToken === undefined || (await session.current()) !== undefined) return;
    const seed = { refreshToken, scopes: deps.config.spotify_scopes };
    await keep(await grant.refresh(seed, deps, never));
  }

  /** From the refresh token that was given, once; again after a failure. */
  function begun(): Promise<void> {
    beginning ??= begin().catch((error: unknown) => {
      beginning = undefined;
      throw error;
    });
    return beginning;
  }

  async function keep(token: TokenInfo): Promise<TokenInfo> {
    const notSaved = await session.adopt(token);
    if (notSaved !== undefined) throw notSaved;
    return token;
  }

  async function accessToken(forceRefresh: boolean, signal: AbortSignal | undefined): Promise<string> {
    await begun();
    return session.getAccessToken({ forceRefresh, ...(signal === undefined ? {} : { signal }) });
  }

  return {
    keep,
    refresh: (signal) => accessToken(true, signal),
    accessToken: (signal) => accessToken(false, signal),
  };
}
