import { HarmoniError } from '../errors.ts';
import type { CodeGrant } from './code-grant.ts';
import type { SpotifyConfig } from './sign-in-method.ts';
import { expectGrant, toTokenInfo } from './token-answer.ts';
import { requestFromServer } from './token-server.ts';

const kind = 'token-swap';

/** The grant of a client whose secret stays on a server, which exchanges and renews. Such servers know no PKCE. */
export const tokenSwapGrant: CodeGrant = {
  kind,
  usesPkce: false,
  check(config) {
    const fix = lacksTokenServer(config);
    if (fix !== undefined)
      throw new HarmoniError('config-invalid', 'No token-swap server is set up.', { fix });
  },

  async exchange({ clientId, code }, deps, signal) {
    const request = { url: deps.config.spotify_token_swap_url, form: { code } };
    return toTokenInfo(expectGrant(await requestFromServer(request, deps, signal), 'exchange'), {
      method: kind,
      clientId,
      scopes: deps.config.spotify_scopes,
      nowMs: deps.clock.now(),
    });
  },

  async refresh(token, deps, signal) {
    const form = { refresh_token: token.refreshToken ?? '' };
    const request = { url: deps.config.spotify_token_refresh_url, form, uninterrupted: true };
    return toTokenInfo(expectGrant(await requestFromServer(request, deps, signal), 'refresh'), {
      method: kind,
      clientId: token.clientId,
      scopes: token.scopes,
      refreshToken: token.refreshToken,
      nowMs: deps.clock.now(),
    });
  },
};

/** What to set before a server can be asked; undefined when it is set. */
export function lacksTokenServer(config: SpotifyConfig): string | undefined {
  return config.spotify_token_swap_url === '' || config.spotify_token_refresh_url === ''
    ? "Set spotify_token_swap_url and spotify_token_refresh_url to your server's addresses."
    : undefined;
}
