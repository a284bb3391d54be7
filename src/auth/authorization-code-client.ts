import { authorizationSteps, type AuthorizationSteps } from './authorization-steps.ts';
import { signInByBrowser } from './browser-sign-in.ts';
import { createClientDeps, type ClientOptions } from './client-deps.ts';
import { requireClientId } from './client-id.ts';
import type { CodeGrant } from './code-grant.ts';
import { isInContainer } from './container.ts';
import { keptToken, type KeptToken, type KeptTokenOptions } from './kept-token.ts';
import { openInBrowser } from './open-browser.ts';
import { secretGrant } from './secret-grant.ts';
import type { SignInDeps } from './sign-in-method.ts';
import type { TokenInfo } from './token-info.ts';

export interface AuthorizationCodeOptions extends ClientOptions, KeptTokenOptions {
  /** How the client proves itself; default `secretGrant`. */
  readonly grant?: CodeGrant;
}

/** Who signs in. `screen` shows and asks; the rest is found out where it is left out. */
export type ClientPerson = Pick<SignInDeps, 'screen'> &
  Partial<Pick<SignInDeps, 'openBrowser' | 'inContainer'>>;

/** A sign-in in separate steps, with the token that it brought, to be built into another program. */
export interface AuthorizationCodeClient extends AuthorizationSteps, KeptToken {
  /** All steps in one, with a server on the loopback redirect URI. The token is kept. */
  signIn(person: ClientPerson, signal?: AbortSignal): Promise<TokenInfo>;
  close(): Promise<void>;
}

const never = new AbortController().signal;

/** HARMONI's own sign-in methods take the same steps. Throws client-id-missing, client-secret-missing, config-invalid, redirect-uri-invalid. */
export function createAuthorizationCodeClient(
  options: AuthorizationCodeOptions = {},
): AuthorizationCodeClient {
  const { grant = secretGrant } = options;
  const deps = createClientDeps(options);
  const steps = authorizationSteps(grant, requireClientId(deps.config), deps);
  const kept = keptToken(grant, options, deps);
  return {
    ...steps,
    refresh: (signal) => kept.refresh(signal),
    accessToken: (signal) => kept.accessToken(signal),
    /** Kept for `accessToken`, unlike that of the steps alone. */
    exchange: async (code, exchangeOptions) => kept.keep(await steps.exchange(code, exchangeOptions)),
    signIn: async (person, signal = never) =>
      kept.keep(
        await signInByBrowser(
          steps,
          { openBrowser: openInBrowser, inContainer: isInContainer, ...person, ...deps },
          signal,
        ),
      ),
    close: () => deps.close(),
  };
}
