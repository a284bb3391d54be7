import { signInByBrowser } from './browser-sign-in.ts';
import { requireClientId } from './client-id.ts';
import { codeChallenge, toBase64Url } from './pkce.ts';
import type { SignInMethod } from './sign-in-method.ts';
import { expectGrant, toTokenInfo } from './token-answer.ts';
import { requestToken, tokenUrl } from './token-endpoint.ts';

/** RFC 7636, 4.1: 32 bytes make a verifier of 43 characters. */
const verifierBytes = 32;

/** Authorization code with PKCE (RFC 7636): the way for an app on a person's own machine, which can keep no secret. */
export const pkceMethod: SignInMethod = {
  kind: 'pkce',
  title: 'In the browser (PKCE)',
  description: 'For nearly everybody: needs the client id of your own Spotify app, and no secret.',
  lacks: () => undefined,

  async signIn(deps, signal) {
    const clientId = requireClientId(deps.config, (error) => deps.screen.show({ type: 'warning', error }));
    const verifier = toBase64Url(deps.randomBytes(verifierBytes));
    const challenge = await codeChallenge(verifier);
    return signInByBrowser(
      {
        clientId,
        extra: { code_challenge_method: 'S256', code_challenge: challenge },
        async exchange(code, redirectUri) {
          const form = {
            grant_type: 'authorization_code',
            code,
            redirect_uri: redirectUri,
            client_id: clientId,
            code_verifier: verifier,
          };
          const answer = await requestToken({ url: tokenUrl(deps.config), form }, deps, signal);
          return toTokenInfo(expectGrant(answer, 'exchange'), {
            method: 'pkce',
            clientId,
            scopes: deps.config.spotify_scopes,
            nowMs: deps.clock.now(),
          });
        },
      },
      deps,
      signal,
    );
  },

  async refresh(token, deps, signal) {
    // A token file of HARMONI's first version does not say which client id it belongs to.
    const clientId = token.clientId ?? requireClientId(deps.config);
    const form = {
      grant_type: 'refresh_token',
      refresh_token: token.refreshToken ?? '',
      client_id: clientId,
    };
    const answer = await requestToken(
      { url: tokenUrl(deps.config), form, uninterrupted: true },
      deps,
      signal,
    );
    return toTokenInfo(expectGrant(answer, 'refresh'), {
      method: 'pkce',
      clientId,
      scopes: token.scopes,
      refreshToken: token.refreshToken,
      nowMs: deps.clock.now(),
    });
  },
};
