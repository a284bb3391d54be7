import { throughAuthorizePage } from './browser-sign-in.ts';
import { pkceGrant } from './pkce-grant.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** Authorization code with PKCE (RFC 7636): the way for an app on a person's own machine, which can keep no secret. */
export const pkceMethod: SignInMethod = {
  kind: pkceGrant.kind,
  title: 'In the browser (PKCE)',
  description: "The best choice for most people. Needs your own Spotify app's client ID, but no secret.",
  lacks: () => undefined,
  ...throughAuthorizePage(pkceGrant),
};
