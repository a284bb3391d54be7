import { HarmoniError } from '../errors.ts';
import { requireClientId } from './client-id.ts';
import type { CodeGrant } from './code-grant.ts';
import { expectGrant, toTokenInfo } from './token-answer.ts';
import { requestToken, tokenUrl } from './token-endpoint.ts';

const kind = 'pkce';

/** The grant of a client that can keep no secret (RFC 7636, 4.5; refresh: RFC 6749, 6). */
export const pkceGrant: CodeGrant = {
  kind,
  usesPkce: true,
  check: () => undefined,

  async exchange({ clientId, code, redirectUri, codeVerifier }, deps, signal) {
    if (codeVerifier === undefined)
      throw new HarmoniError('token-refused', 'The code verifier for this code is missing.');
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: clientId,
      code_verifier: codeVerifier,
    };
    const answer = await requestToken({ url: tokenUrl(deps.config), form }, deps, signal);
    return toTokenInfo(expectGrant(answer, 'exchange'), {
      method: kind,
      clientId,
      scopes: deps.config.spotify_scopes,
      nowMs: deps.clock.now(),
    });
  },

  async refresh(token, deps, signal) {
    // A token file of HARMONI's first version does not say which client id it belongs to.
    const clientId = token.clientId ?? requireClientId(deps.config);
    const form = {
      grant_type: 'refresh_token',
      refresh_token: token.refreshToken ?? '',
      client_id: clientId,
    };
    const request = { url: tokenUrl(deps.config), form, uninterrupted: true };
    return toTokenInfo(expectGrant(await requestToken(request, deps, signal), 'refresh'), {
      method: kind,
      clientId,
      scopes: token.scopes,
      refreshToken: token.refreshToken,
      nowMs: deps.clock.now(),
    });
  },
};
