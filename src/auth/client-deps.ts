import { randomBytes } from 'node:crypto';
import { configSchema } from '../config/schema.ts';
import { HarmoniError } from '../errors.ts';
import { once } from '../system/once.ts';
import { systemClock } from '../system/clock.ts';
import { createHttp } from '../system/http.ts';
import type { AccountsDeps } from './sign-in-method.ts';

/** A client of Spotify's accounts service in another program. Every text is trimmed; an empty one counts as not set. */
export interface ClientOptions {
  /** Default: SPOTIFY_CLIENT_ID. */
  readonly clientId?: string;
  /** Default: SPOTIFY_CLIENT_SECRET. */
  readonly clientSecret?: string;
  /** Default: SPOTIFY_REDIRECT_URI, else http://127.0.0.1:8888/callback. */
  readonly redirectUri?: string;
  /** Default: HARMONI_SPOTIFY_ACCOUNTS_URL, else https://accounts.spotify.com. */
  readonly accountsUrl?: string;
  /** Where a token-swap server exchanges codes, and where it renews tokens. */
  readonly tokenSwap?: { readonly swapUrl: string; readonly refreshUrl: string };
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Everything outside; what is left out is the real thing. */
  readonly deps?: Partial<Omit<AccountsDeps, 'config'>>;
}

/** The parts that grants and token sessions need, from a program's own options. */
export interface ClientDeps extends AccountsDeps {
  /** Ends the connections, unless they are the caller's. */
  close(): Promise<void>;
}

/** Throws HarmoniError config-invalid when an address is not https or loopback. */
export function createClientDeps(options: ClientOptions = {}): ClientDeps {
  const env = options.env ?? process.env;
  const given = (own: string | undefined, variable: string): string | undefined => {
    const text = (own ?? env[variable] ?? '').trim();
    return text === '' ? undefined : text;
  };
  const read = configSchema.safeParse({
    spotify_client_id: given(options.clientId, 'SPOTIFY_CLIENT_ID'),
    spotify_client_secret: given(options.clientSecret, 'SPOTIFY_CLIENT_SECRET'),
    spotify_redirect_uri: given(options.redirectUri, 'SPOTIFY_REDIRECT_URI'),
    spotify_accounts_url: given(options.accountsUrl, 'HARMONI_SPOTIFY_ACCOUNTS_URL'),
    spotify_token_swap_url: options.tokenSwap?.swapUrl,
    spotify_token_refresh_url: options.tokenSwap?.refreshUrl,
  });
  if (!read.success) {
    const [problem] = read.error.issues;
    const message = `${String(problem?.path[0])}: ${problem?.message ?? 'not understood'}.`;
    throw new HarmoniError('config-invalid', message, {
      fix: 'Use an https address, or a loopback address.',
    });
  }
  const http = options.deps?.http ?? createHttp();
  return {
    clock: systemClock,
    randomBytes,
    log: { write: () => undefined },
    ...options.deps,
    http,
    config: read.data,
    // Closed twice, undici would throw.
    close: once(async () => {
      if (options.deps?.http === undefined) await http.close();
    }),
  };
}
