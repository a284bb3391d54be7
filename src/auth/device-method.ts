import { HarmoniError } from '../errors.ts';
import { requireClientId } from './client-id.ts';
import { signInByCode } from './code-sign-in.ts';
import { pkceGrant } from './pkce-grant.ts';
import type { SignInMethod, SpotifyConfig } from './sign-in-method.ts';
import { toTokenInfo } from './token-answer.ts';
import { requestToken, tokenUrl } from './token-endpoint.ts';

/** Device authorization grant (RFC 8628). Spotify has it, documents it for nobody, and lets only clients on its list use it. */
export const deviceMethod: SignInMethod = {
  kind: 'device',
  title: 'With a code on another device (device grant)',
  description: "Works only for apps on Spotify's own list. For all others, use pairing.",
  lacks: () => undefined,

  async signIn(deps, signal) {
    const clientId = requireClientId(deps.config, (error) => deps.screen.show({ type: 'warning', error }));
    const scopes = deps.config.spotify_scopes;
    const grant = await signInByCode(
      {
        start: {
          url: deviceUrl(deps.config),
          form: { client_id: clientId, scope: scopes.join(' ') },
        },
        poll: (deviceCode, stop) => {
          const form = {
            grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
            device_code: deviceCode,
            client_id: clientId,
          };
          return requestToken({ url: tokenUrl(deps.config), form, retries: 0 }, deps, stop);
        },
        refusal: (error) =>
          error === 'unauthorized_client'
            ? new HarmoniError(
                'device-grant-refused',
                "Spotify allows this way to sign in only for apps on its own list, and yours isn't on it.",
              )
            : undefined,
      },
      deps,
      signal,
    );
    return toTokenInfo(grant, { method: 'device', clientId, scopes, nowMs: deps.clock.now() });
  },

  /** A device is a client without a secret, so its token is renewed as with PKCE. */
  async refresh(token, deps, signal) {
    return { ...(await pkceGrant.refresh(token, deps, signal)), method: 'device' };
  },
};

function deviceUrl(config: SpotifyConfig): string {
  return `${config.spotify_accounts_url.replace(/\/+$/, '')}/oauth2/device/authorize`;
}
