import { exchangeWithSecret, refreshWithSecret, requireClientSecret } from './authorization-code.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import { requireClientId } from './client-id.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** Authorization code with a client secret (RFC 6749, 4.1): for somebody who keeps the secret of their own app. */
export const authorizationCodeMethod: SignInMethod = {
  kind: 'authorization-code',
  title: 'In the browser, with a client secret',
  description: 'For an app whose secret you keep on this machine, such as on a server of your own.',
  lacks: (config) =>
    config.spotify_client_secret.trim() === ''
      ? 'Set SPOTIFY_CLIENT_SECRET in the environment to the secret of your app.'
      : undefined,

  async signIn(deps, signal) {
    const clientId = requireClientId(deps.config, (error) => deps.screen.show({ type: 'warning', error }));
    const credentials = { clientId, clientSecret: requireClientSecret(deps.config) };
    return signInByBrowser(
      {
        clientId,
        exchange: (code, redirectUri) => exchangeWithSecret(credentials, { code, redirectUri }, deps, signal),
      },
      deps,
      signal,
    );
  },

  async refresh(token, deps, signal) {
    const clientId = token.clientId ?? requireClientId(deps.config);
    const credentials = { clientId, clientSecret: requireClientSecret(deps.config) };
    return refreshWithSecret(credentials, token, deps, signal);
  },
};
