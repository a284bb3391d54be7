import { signInByBrowser } from './browser-sign-in.ts';
import { requireClientId } from './client-id.ts';
import type { SignInMethod } from './sign-in-method.ts';
import { expectGrant, toTokenInfo } from './token-answer.ts';
import { requestFromServer } from './token-server.ts';

/** Token Swap and Refresh: a server keeps the secret and exchanges the code. No PKCE, because such servers know none. */
export const tokenSwapMethod: SignInMethod = {
  kind: 'token-swap',
  title: 'In the browser, with a token-swap server',
  description: "For an app whose secret stays on a server, such as harmoni auth-server or your company's.",
  lacks: (config) =>
    config.spotify_token_swap_url === '' || config.spotify_token_refresh_url === ''
      ? 'Set spotify_token_swap_url and spotify_token_refresh_url to the addresses of your server.'
      : undefined,

  async signIn(deps, signal) {
    const clientId = requireClientId(deps.config, (error) => deps.screen.show({ type: 'warning', error }));
    return signInByBrowser(
      {
        clientId,
        async exchange(code) {
          const request = { url: deps.config.spotify_token_swap_url, form: { code } };
          return toTokenInfo(expectGrant(await requestFromServer(request, deps, signal), 'exchange'), {
            method: 'token-swap',
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
    const form = { refresh_token: token.refreshToken ?? '' };
    const request = { url: deps.config.spotify_token_refresh_url, form, uninterrupted: true };
    return toTokenInfo(expectGrant(await requestFromServer(request, deps, signal), 'refresh'), {
      method: 'token-swap',
      clientId: token.clientId,
      scopes: token.scopes,
      refreshToken: token.refreshToken,
      nowMs: deps.clock.now(),
    });
  },
};
