import { HarmoniError } from '../errors.ts';
import { authorizationCodeMethod } from './authorization-code-method.ts';
import { deviceMethod } from './device-method.ts';
import { pairingMethod } from './pairing-method.ts';
import { pkceMethod } from './pkce-method.ts';
import type { SignInMethod } from './sign-in-method.ts';
import { tokenSwapMethod } from './token-swap-method.ts';

/** All ways to sign in, the one to try first at the top. */
export const signInMethods: readonly SignInMethod[] = [
  pkceMethod,
  pairingMethod,
  authorizationCodeMethod,
  tokenSwapMethod,
  deviceMethod,
];

/** The method of that name. Throws HarmoniError config-invalid when this HARMONI has none such. */
export function findSignInMethod(kind: string): SignInMethod {
  const method = signInMethods.find((candidate) => candidate.kind === kind);
  if (method !== undefined) return method;
  const known = signInMethods.map((candidate) => candidate.kind).join(', ');
  throw new HarmoniError('config-invalid', `There's no sign-in method named ${kind}.`, {
    fix: `Set spotify_sign_in_method to one of: ${known}.`,
  });
}
