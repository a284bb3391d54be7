import { HarmoniError } from '../errors.ts';
import { requireClientId } from './client-id.ts';
import type { CodeGrant } from './code-grant.ts';
import type { AccountsDeps, SpotifyConfig } from './sign-in-method.ts';
import { expectGrant, toTokenInfo } from './token-answer.ts';
import { requestToken, tokenUrl, type TokenRequest } from './token-endpoint.ts';

const kind = 'authorization-code';
const retries = 3;
const clientFix = 'Check the client ID and secret against your app on developer.spotify.com/dashboard.';

/** The grant of a client that has a secret (RFC 6749, 4.1.3 and 6). */
export const secretGrant: CodeGrant = {
  kind,
  usesPkce: false,
  check: (config) => void requireClientSecret(config),

  async exchange({ clientId, code, redirectUri }, deps, signal) {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
    const answer = await requestToken(withSecret({ form }, clientId, deps), deps, signal);
    return toTokenInfo(expectGrant(answer, 'exchange', clientFix), {
      method: kind,
      clientId,
      scopes: deps.config.spotify_scopes,
      nowMs: deps.clock.now(),
    });
  },

  async refresh(token, deps, signal) {
    const clientId = token.clientId ?? requireClientId(deps.config);
    const form = { grant_type: 'refresh_token', refresh_token: token.refreshToken ?? '' };
    const answer = await requestToken(
      withSecret({ form, uninterrupted: true }, clientId, deps),
      deps,
      signal,
    );
    return toTokenInfo(expectGrant(answer, 'refresh', clientFix), {
      method: kind,
      clientId,
      scopes: token.scopes,
      refreshToken: token.refreshToken,
      nowMs: deps.clock.now(),
    });
  },
};

function withSecret(
  request: Pick<TokenRequest, 'form' | 'uninterrupted'>,
  clientId: string,
  { config }: AccountsDeps,
): TokenRequest {
  const clientSecret = requireClientSecret(config);
  const headers = basicAuthorization({ clientId, clientSecret });
  return { ...request, url: tokenUrl(config), headers, retries };
}

/** The secret of the app. Throws HarmoniError client-secret-missing. */
function requireClientSecret(config: Pick<SpotifyConfig, 'spotify_client_secret'>): string {
  const secret = config.spotify_client_secret.trim();
  if (secret === '') throw new HarmoniError('client-secret-missing', 'No Spotify client secret is set.');
  return secret;
}

/** RFC 6749, 2.3.1. Ids and secrets of Spotify are hexadecimal, so form-encoding them changes nothing. */
export function basicAuthorization(client: { readonly clientId: string; readonly clientSecret: string }): {
  authorization: string;
} {
  const pair = `${encodeURIComponent(client.clientId)}:${encodeURIComponent(client.clientSecret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
