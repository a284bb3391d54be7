import { throughAuthorizePage } from './browser-sign-in.ts';
import { secretGrant } from './secret-grant.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** Authorization code with a client secret (RFC 6749, 4.1): for people who keep the secret of their own app. */
export const authorizationCodeMethod: SignInMethod = {
  kind: secretGrant.kind,
  title: 'In the browser, with a client secret',
  description: 'For an app whose secret is on this machine, such as your own server.',
  lacks: (config) =>
    config.spotify_client_secret.trim() === ''
      ? "Set SPOTIFY_CLIENT_SECRET in the environment to your app's secret."
      : undefined,
  ...throughAuthorizePage(secretGrant),
};
