import { z } from 'zod';
import { HarmoniError } from '../errors.ts';
import { parseRetryAfter } from '../system/retry-delay.ts';
import { errorName } from './authorization-response.ts';
import { longestLifeMs, tokenPattern, type TokenInfo } from './token-info.ts';

/** A token response (RFC 6749, 5.1). Token-swap servers send `expires_in` as a text and may leave out the rest. */
const grantSchema = z.object({
  access_token: z.string().regex(tokenPattern),
  token_type: z.string().default('Bearer'),
  expires_in: z.coerce
    .number()
    .positive()
    .default(3600)
    .transform((seconds) => Math.min(seconds, longestLifeMs / 1000)),
  refresh_token: z.union([z.literal(''), z.string().regex(tokenPattern)]).nullish(),
  scope: z.string().nullish(),
});

/** An error response (RFC 6749, 5.2). Its description is not read: the texts differ and may repeat what was sent. */
const refusalSchema = z.object({ error: z.string() });

export type TokenGrant = z.output<typeof grantSchema>;

export interface TokenGranted {
  readonly type: 'granted';
  readonly grant: TokenGrant;
}

export interface TokenRefused {
  readonly type: 'refused';
  readonly status: number;
  /** The OAuth error code: invalid_grant, invalid_client, authorization_pending ... */
  readonly error: string;
}

/** `passing`: this may go well the next time. */
export type TokenAnswer =
  | TokenGranted
  | TokenRefused
  | { readonly type: 'passing'; readonly error: HarmoniError; readonly retryAfterMs?: number };

/**
 * Sorts an answer of the token endpoint. Only an OAuth error is a refusal: Spotify also serves plain text and web
 * pages when it is busy or broken, and those must not cost anybody the sign-in.
 */
export function readTokenAnswer(
  status: number,
  body: string,
  retryAfter: string | undefined,
  nowMs: number,
): TokenAnswer {
  if (status === 429 || status >= 500) {
    const retryAfterMs = parseRetryAfter(retryAfter, nowMs);
    const error = new HarmoniError('spotify-unavailable', `Spotify's sign-in service is busy (${status}).`);
    return { type: 'passing', error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const json = parseJson(body);
  const grant = grantSchema.safeParse(json);
  if (status < 300 && grant.success) return { type: 'granted', grant: grant.data };
  const refusal = refusalSchema.safeParse(json);
  if (status >= 400 && refusal.success) {
    return { type: 'refused', status, error: errorName(refusal.data.error) };
  }
  const error = new HarmoniError(
    'response-not-understood',
    `Spotify's sign-in service didn't send a token (${status}).`,
  );
  return { type: 'passing', error };
}

/** A parser's error would repeat the text, and with it the token: it is dropped. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The grant. Throws HarmoniError sign-in-expired, client-refused (with `clientFix` for its mend) or token-refused. */
export function expectGrant(
  answer: TokenGranted | TokenRefused,
  during: 'exchange' | 'refresh',
  clientFix?: string,
): TokenGrant {
  if (answer.type === 'refused') throw refusalError(answer, during, clientFix);
  return answer.grant;
}

/** Spotify answers invalid_client with 400 or 401; the name alone counts. */
function refusalError(
  refused: TokenRefused,
  during: 'exchange' | 'refresh',
  clientFix: string | undefined,
): HarmoniError {
  switch (refused.error) {
    case 'invalid_client':
    case 'unauthorized_client':
      return new HarmoniError(
        'client-refused',
        `Spotify doesn't accept your app (${refused.error}).`,
        clientFix === undefined ? {} : { fix: clientFix },
      );
    case 'invalid_grant':
      if (during === 'refresh') {
        return new HarmoniError('sign-in-expired', 'Spotify no longer accepts your saved sign-in.');
      }
      return new HarmoniError(
        'token-refused',
        "Spotify didn't accept the code: it was already used or is too old.",
      );
    default:
      return new HarmoniError('token-refused', `Spotify refused the sign-in (${refused.error}).`);
  }
}

/**
 * What to keep of a grant. Without a new refresh token the old one stays (Spotify has left it out since June 2026, and
 * without a scope the grant covers what was asked, RFC 6749, 5.1.
 */
export function toTokenInfo(
  grant: TokenGrant,
  facts: {
    readonly method: string;
    readonly clientId?: string | undefined;
    /** The scopes that were asked for, or that the old token has. */
    readonly scopes: readonly string[];
    readonly refreshToken?: string | undefined;
    readonly nowMs: number;
  },
): TokenInfo {
  const refreshToken = grant.refresh_token === '' ? undefined : grant.refresh_token;
  const kept = refreshToken ?? facts.refreshToken;
  const scopes = grant.scope?.split(' ').filter((scope) => scope !== '');
  return {
    accessToken: grant.access_token,
    tokenType: grant.token_type,
    expiresAtMs: facts.nowMs + grant.expires_in * 1000,
    scopes: scopes ?? facts.scopes,
    method: facts.method,
    ...(kept === undefined ? {} : { refreshToken: kept }),
    ...(facts.clientId === undefined ? {} : { clientId: facts.clientId }),
  };
}
