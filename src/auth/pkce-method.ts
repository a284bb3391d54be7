import { throughAuthorizePage } from './browser-sign-in.ts';
import { pkceGrant } from './pkce-grant.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** Authorization code with PKCE (RFC 7636): the way for an app on a person's own machine, which can keep no secret. */
export const pkceMethod: SignInMethod = {
  kind: pkceGrant.kind,
  title: 'In the browser (PKCE)',
  description: 'For nearly everybody: needs the client id of your own Spotify app, and no secret.',
  lacks: () => undefined,
  ...throughAuthorizePage(pkceGrant),
};
