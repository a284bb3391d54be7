import { HarmoniError } from '../errors.ts';
import type { AccountsDeps, SpotifyConfig } from './sign-in-method.ts';
import { expectGrant, toTokenInfo } from './token-answer.ts';
import { requestToken, tokenUrl } from './token-endpoint.ts';
import type { TokenInfo } from './token-info.ts';

/** The two token requests of the grant with a client secret (RFC 6749, 4.1.3 and 6). */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

const retries = 3;
const clientFix =
  'Compare the client id and the client secret with those of your app on developer.spotify.com/dashboard.';

/** The secret of the app. Throws HarmoniError client-secret-missing. */
export function requireClientSecret(config: Pick<SpotifyConfig, 'spotify_client_secret'>): string {
  const secret = config.spotify_client_secret.trim();
  if (secret === '') throw new HarmoniError('client-secret-missing', 'No Spotify client secret is set.');
  return secret;
}

/** A token for a code. `redirectUri` must be the one of the authorise URL. Throws as `requestToken` and `expectGrant`. */
export async function exchangeWithSecret(
  credentials: ClientCredentials,
  request: { readonly code: string; readonly redirectUri: string },
  deps: AccountsDeps,
  signal: AbortSignal,
): Promise<TokenInfo> {
  const form = {
    grant_type: 'authorization_code',
    code: request.code,
    redirect_uri: request.redirectUri,
  };
  const answer = await requestToken(
    { url: tokenUrl(deps.config), form, headers: basicAuthorization(credentials), retries },
    deps,
    signal,
  );
  return toTokenInfo(expectGrant(answer, 'exchange', clientFix), {
    method: 'authorization-code',
    clientId: credentials.clientId,
    scopes: deps.config.spotify_scopes,
    nowMs: deps.clock.now(),
  });
}

/** A new token for a refresh token, which stays the same where Spotify sends no new one. Throws as the exchange. */
export async function refreshWithSecret(
  credentials: ClientCredentials,
  token: Pick<TokenInfo, 'refreshToken' | 'scopes'>,
  deps: AccountsDeps,
  signal: AbortSignal,
): Promise<TokenInfo> {
  const form = { grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' };
  const headers = basicAuthorization(credentials);
  const answer = await requestToken(
    { url: tokenUrl(deps.config), form, headers, retries, uninterrupted: true },
    deps,
    signal,
  );
  return toTokenInfo(expectGrant(answer, 'refresh', clientFix), {
    method: 'authorization-code',
    clientId: credentials.clientId,
    scopes: token.scopes,
    refreshToken: token.refreshToken,
    nowMs: deps.clock.now(),
  });
}

/** RFC 6749, 2.3.1. Ids and secrets of Spotify are hexadecimal, so form-encoding them changes nothing. */
export function basicAuthorization({ clientId, clientSecret }: ClientCredentials): { authorization: string } {
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
