import { throughAuthorizePage } from './browser-sign-in.ts';
import type { SignInMethod } from './sign-in-method.ts';
import { lacksTokenServer, tokenSwapGrant } from './token-swap-grant.ts';

/** Token Swap and Refresh: a server keeps the secret and exchanges the code. */
export const tokenSwapMethod: SignInMethod = {
  kind: tokenSwapGrant.kind,
  title: 'In the browser, with a token-swap server',
  description: "For an app whose secret is on a server, such as harmoni auth-server or your company's.",
  lacks: lacksTokenServer,
  ...throughAuthorizePage(tokenSwapGrant),
};
