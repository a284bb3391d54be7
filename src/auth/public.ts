/** What the package entry `harmoni/auth` has for other programs: HARMONI's own sign-in, in steps. */
export { HarmoniError, type ErrorCode } from '../errors.ts';
export {
  createAuthorizationCodeClient,
  type AuthorizationCodeClient,
  type AuthorizationCodeOptions,
  type ClientPerson,
} from './authorization-code-client.ts';
export type {
  AuthorizationRequest,
  AuthorizationSteps,
  BegunSignIn,
  ExchangeOptions,
} from './authorization-steps.ts';
export { createClientDeps, type ClientDeps, type ClientOptions } from './client-deps.ts';
export type { CodeGrant, CodeToExchange } from './code-grant.ts';
export { createDeviceClient, type CodeToEnter, type DeviceClient } from './device-client.ts';
export type { KeptToken, KeptTokenOptions, TokenCache } from './kept-token.ts';
export { codeChallenge, createSecret } from './pkce.ts';
export { pkceGrant } from './pkce-grant.ts';
export { secretGrant } from './secret-grant.ts';
export type { SignInAnswer, SignInEvent, SignInScreen } from './sign-in-method.ts';
export type { RenewableToken, TokenInfo } from './token-info.ts';
export { createTokenSession, type TokenSession, type TokenSessionParts } from './token-session.ts';
export { createFileTokenStore, createMemoryTokenStore, type TokenStore } from './token-store.ts';
export { tokenSwapGrant } from './token-swap-grant.ts';
