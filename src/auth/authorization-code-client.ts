import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import { configSchema } from '../config/schema.ts';
import { HarmoniError } from '../errors.ts';
import { systemClock } from '../system/clock.ts';
import { createHttp } from '../system/http.ts';
import { exchangeWithSecret, refreshWithSecret, requireClientSecret } from './authorization-code.ts';
import { authorizationCodeMethod } from './authorization-code-method.ts';
import { readPasted } from './authorization-response.ts';
import { authorizeUrl } from './authorize-url.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import { requireClientId } from './client-id.ts';
import { parseRedirectUri } from './redirect-uri.ts';
import type { AccountsDeps, SignInDeps } from './sign-in-method.ts';
import type { TokenInfo } from './token-info.ts';
import { createTokenSession } from './token-session.ts';
import { createMemoryTokenStore, type TokenStore } from './token-store.ts';

/** Where tokens are kept; `createFileTokenStore` and `createMemoryTokenStore` make one. */
export type TokenCache = Pick<TokenStore, 'load' | 'save' | 'clear'> & Partial<Pick<TokenStore, 'tryLock'>>;

export interface AuthorizationCodeOptions {
  /** Default: SPOTIFY_CLIENT_ID. */
  readonly clientId?: string;
  /** Default: SPOTIFY_CLIENT_SECRET. */
  readonly clientSecret?: string;
  /** Default: SPOTIFY_REDIRECT_URI. */
  readonly redirectUri?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A refresh token from elsewhere, to start without a person; what the cache holds wins. */
  readonly refreshToken?: string;
  /** Default: in memory. */
  readonly cache?: TokenCache;
  readonly accountsUrl?: string;
  /** Everything outside; what is left out is the real thing. */
  readonly deps?: Partial<Omit<AccountsDeps, 'config'>>;
}

export interface AuthorizationRequest {
  /** One text or a list; none asks for nothing special. */
  readonly scope?: string | readonly string[];
  readonly state: string;
  readonly showDialog?: boolean;
}

/** The authorization code grant in separate steps, to be built into another program. None of them prints or asks. */
export interface AuthorizationCodeClient {
  /** Where to send the person. Nothing is sent or kept. */
  authorizationUrl(request: AuthorizationRequest): string;
  /** The code in the redirect's URL or query. Throws sign-in-state-mismatch, sign-in-denied, sign-in-paste-not-understood. */
  parseResponse(urlOrQuery: string, expectedState: string): string;
  /** A token for the code, which is kept for `accessToken`. Throws token-refused, client-refused, network-*. */
  exchange(code: string, signal?: AbortSignal): Promise<TokenInfo>;
  /** Renews the token, whether it has ended or not. Callers at the same time share one refresh. */
  refresh(signal?: AbortSignal): Promise<string>;
  /** An access token that is good for half a minute at least. Throws sign-in-needed, sign-in-expired, network-*. */
  accessToken(signal?: AbortSignal): Promise<string>;
  /** All steps at once, with a server on the loopback redirect URI. */
  signIn(
    person: Pick<SignInDeps, 'screen' | 'openBrowser' | 'inContainer'>,
    signal?: AbortSignal,
  ): Promise<TokenInfo>;
  close(): Promise<void>;
}

const never = new AbortController().signal;

/** Throws client-id-missing, client-secret-missing, redirect-uri-invalid. */
export function createAuthorizationCodeClient(
  options: AuthorizationCodeOptions = {},
): AuthorizationCodeClient {
  const env = options.env ?? process.env;
  const config = configSchema.parse({
    spotify_client_id: options.clientId ?? env['SPOTIFY_CLIENT_ID'],
    spotify_client_secret: options.clientSecret ?? env['SPOTIFY_CLIENT_SECRET'],
    spotify_redirect_uri: options.redirectUri ?? env['SPOTIFY_REDIRECT_URI'],
    spotify_accounts_url: options.accountsUrl,
  });
  const credentials = { clientId: requireClientId(config), clientSecret: requireClientSecret(config) };
  const redirectUri = parseRedirectUri(config.spotify_redirect_uri).text;
  const http = options.deps?.http ?? createHttp();
  const deps: AccountsDeps = {
    clock: systemClock,
    randomBytes: cryptoRandomBytes,
    log: { write: () => undefined },
    ...options.deps,
    http,
    config,
  };
  const cache = options.cache ?? createMemoryTokenStore();
  const session = createTokenSession({
    store: {
      load: () => cache.load(),
      save: (token) => cache.save(token),
      clear: () => cache.clear(),
      tryLock: () => (cache.tryLock === undefined ? { release: () => undefined } : cache.tryLock()),
    },
    deps,
    findMethod: () => authorizationCodeMethod,
    warn: (error) => deps.log.write('warn', 'token not saved', { error: error.code }),
  });
  let beginning: Promise<void> | undefined;

  async function begin(): Promise<void> {
    const { refreshToken } = options;
    if (refreshToken === undefined || (await session.current()) !== undefined) return;
    const seed = { refreshToken, scopes: config.spotify_scopes };
    await keep(await refreshWithSecret(credentials, seed, deps, never));
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
    authorizationUrl: ({ scope = [], state, showDialog = false }) =>
      authorizeUrl({
        accountsUrl: config.spotify_accounts_url,
        clientId: credentials.clientId,
        redirectUri,
        scopes: typeof scope === 'string' ? scope.split(/\s+/).filter((one) => one !== '') : scope,
        state,
        showDialog,
      }),
    parseResponse(urlOrQuery, expectedState) {
      const hasState = /(?:^|[?&])(?:state|error)=/.test(urlOrQuery);
      if (!hasState) throw new HarmoniError('sign-in-state-mismatch', 'The answer carries no state.');
      const response = readPasted(urlOrQuery, expectedState);
      if (response.type !== 'code') throw response.error;
      return response.code;
    },
    exchange: async (code, signal = never) =>
      keep(await exchangeWithSecret(credentials, { code, redirectUri }, deps, signal)),
    refresh: (signal) => accessToken(true, signal),
    accessToken: (signal) => accessToken(false, signal),
    signIn: async (person, signal = never) =>
      keep(
        await signInByBrowser(
          {
            clientId: credentials.clientId,
            exchange: (code, uri) =>
              exchangeWithSecret(credentials, { code, redirectUri: uri }, deps, signal),
          },
          { ...person, ...deps },
          signal,
        ),
      ),
    async close() {
      if (options.deps?.http === undefined) await http.close();
    },
  };
}
