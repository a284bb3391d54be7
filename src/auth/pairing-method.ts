import { HarmoniError } from '../errors.ts';
import { signInByCode } from './code-sign-in.ts';
import type { SignInMethod, SpotifyConfig } from './sign-in-method.ts';
import { expectGrant, toTokenInfo } from './token-answer.ts';
import { namingServer, requestFromServer } from './token-server.ts';

/**
 * Pairing with the user's own auth server: the box shows a code, a phone signs in, the box gets the token. Between box
 * and server it is the protocol of the device grant (RFC 8628); between server and Spotify it is a plain sign-in in
 * the phone's browser, which every app may use.
 */
export const pairingMethod: SignInMethod = {
  kind: 'pairing',
  title: 'With a phone (pairing)',
  description: 'For a machine without a browser. Needs harmoni auth-server on your own server.',
  lacks: (config) =>
    config.spotify_auth_server_url === ''
      ? "Set spotify_auth_server_url to your auth server's address."
      : undefined,

  async signIn(deps, signal) {
    const scopes = deps.config.spotify_scopes;
    const startUrl = serverUrl(deps.config, '/pair/start');
    try {
      const grant = await signInByCode(
        {
          start: { url: startUrl, form: {}, retries: 1 },
          poll: (deviceCode, stop) => {
            const form = { device_code: deviceCode };
            const url = serverUrl(deps.config, '/pair/poll');
            return requestFromServer({ url, form, retries: 0 }, deps, stop);
          },
          refusal: (error) =>
            new HarmoniError('token-server-failed', `The auth server didn't give a code (${error}).`),
        },
        deps,
        signal,
      );
      return toTokenInfo(grant, { method: 'pairing', scopes, nowMs: deps.clock.now() });
    } catch (error) {
      throw namingServer(error, startUrl);
    }
  },

  async refresh(token, deps, signal) {
    const form = { refresh_token: token.refreshToken ?? '' };
    const request = { url: serverUrl(deps.config, '/refresh'), form, uninterrupted: true };
    return toTokenInfo(expectGrant(await requestFromServer(request, deps, signal), 'refresh'), {
      method: 'pairing',
      scopes: token.scopes,
      refreshToken: token.refreshToken,
      nowMs: deps.clock.now(),
    });
  },
};

function serverUrl(config: SpotifyConfig, path: string): string {
  return `${config.spotify_auth_server_url.replace(/\/+$/, '')}${path}`;
}
