/** What a sign-in brings: the right to ask the Web API for an hour, and mostly the right to renew it. */
export interface TokenInfo {
  readonly accessToken: string;
  readonly tokenType: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
  readonly refreshToken?: string;
  /** What was granted, which can be less than what was asked. */
  readonly scopes: readonly string[];
  /** The method that brought it, which is also the one that renews it. */
  readonly method: string;
  /** The client id that it was issued to. A refresh must name the same one, whatever config.json says by then. */
  readonly clientId?: string;
}

/** As much of a token as its renewal needs. */
export type RenewableToken = Pick<TokenInfo, 'refreshToken' | 'scopes' | 'clientId'>;

/**
 * A token that ends within this time counts as ended: clocks differ, and requests take a while. With a client secret a
 * refresh costs nothing (its refresh token stays the same), so the token may be used longer.
 */
function expirySkewMs(method: string): number {
  return method === 'authorization-code' ? 30_000 : 60_000;
}

/** Spotify's access tokens live an hour. One that would live longer than this was noted under a wrong clock. */
export const longestLifeMs = 2 * 3_600_000;

/** Whether the access token can still be used at `nowMs`; one whose end is absurdly far is renewed, not trusted. */
export function isFresh(token: TokenInfo, nowMs: number): boolean {
  const leftMs = token.expiresAtMs - nowMs;
  return leftMs > expirySkewMs(token.method) && leftMs <= longestLifeMs;
}

/** What a token may be made of (RFC 6749, A.12 and A.17): no line break, and nothing else that a header cannot hold. */
export const tokenPattern = /^[\x20-\x7e]+$/;

/** The scopes that were asked for and not granted. */
export function missingScopes(token: TokenInfo, asked: readonly string[]): string[] {
  return asked.filter((scope) => !token.scopes.includes(scope));
}
