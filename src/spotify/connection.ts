import { signIn } from '../auth/sign-in.ts';
import type { AccountsDeps, SignInDeps, SignInMethod } from '../auth/sign-in-method.ts';
import type { TokenInfo } from '../auth/token-info.ts';
import { createTokenSession, type TokenSession } from '../auth/token-session.ts';
import { createFileTokenStore, createMemoryTokenStore } from '../auth/token-store.ts';
import { wallClock } from './api-error.ts';
import type { PageCheckpoints } from './checkpoints.ts';
import { createSpotifyClient, type SpotifyClient } from './client.ts';

/** A Spotify account: the sign-in, and the client that reads with it. */
export interface SpotifyConnection {
  readonly session: Pick<TokenSession, 'current'>;
  /** It remembers whose account it reads, so there is a new one after each sign-in and sign-out. */
  client(): SpotifyClient;
  /** @throws HarmoniError as the method does */
  signIn(kind: string, person: Person, signal: AbortSignal): Promise<TokenInfo>;
  /** Forgets the sign-in. Whether there was one. */
  signOut(): Promise<boolean>;
}

/** Who signs in, and at what machine. */
export type Person = Pick<SignInDeps, 'screen' | 'openBrowser' | 'inContainer'>;

export interface ConnectionParts extends AccountsDeps {
  /** Where the token is kept, unless `spotify_cache_tokens` is off. */
  readonly tokenPath: string;
  readonly random: () => number;
  readonly checkpoints: PageCheckpoints;
  /** Told what should be known while a reading goes on: pauses, a renewed token that cannot be saved. */
  readonly notice: (text: string) => void;
}

/** The ways to sign in bring servers of their own along, and most downloads need none. */
async function findMethod(kind: string): Promise<SignInMethod> {
  return (await import('../auth/methods.ts')).findSignInMethod(kind);
}

/** Joins session and client. `parts.config` may be a getter: it is read anew at each use. */
export function connectSpotify(parts: ConnectionParts): SpotifyConnection {
  const store = parts.config.spotify_cache_tokens
    ? createFileTokenStore(parts.tokenPath)
    : createMemoryTokenStore();
  const session = createTokenSession({
    store,
    deps: parts,
    findMethod,
    warn: ({ message, fix }) => parts.notice(`${message} ${fix}`),
  });
  let client: SpotifyClient | undefined;

  function open(): SpotifyClient {
    const { config } = parts;
    return createSpotifyClient({
      http: parts.http,
      clock: parts.clock,
      random: parts.random,
      checkpoints: parts.checkpoints,
      onPause: (untilMs) =>
        parts.notice(
          `Spotify asked HARMONI to slow down. Continuing at ${wallClock(untilMs, parts.clock.now())}.`,
        ),
      apiUrl: config.spotify_api_url,
      getAccessToken: (options) => session.getAccessToken(options),
      settings: {
        maxRetries: config.spotify_max_retries,
        backoffBaseMs: config.spotify_backoff_base * 1000,
        retryJitter: config.spotify_retry_jitter,
      },
    });
  }

  return {
    session,
    client: () => (client ??= open()),
    async signIn(kind, person, signal) {
      const { http, clock, randomBytes, log, config } = parts;
      const deps = { http, clock, randomBytes, log, config, ...person };
      const token = await signIn(await findMethod(kind), session, deps, signal);
      client = undefined;
      return token;
    },
    async signOut() {
      client = undefined;
      return session.signOut();
    },
  };
}
