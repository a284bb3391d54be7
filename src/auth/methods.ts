import type { SignInKind } from '../config/schema.ts';
import { HarmoniError } from '../errors.ts';
import { pkceMethod } from './pkce-method.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** All ways to sign in, the one to try first at the top. */
export const signInMethods: readonly SignInMethod[] = [pkceMethod];

/** The method of that name. Throws HarmoniError config-invalid when this HARMONI has none such. */
export function findSignInMethod(kind: SignInKind): SignInMethod {
  const method = signInMethods.find((candidate) => candidate.kind === kind);
  if (method !== undefined) return method;
  const known = signInMethods.map((candidate) => candidate.kind).join(', ');
  throw new HarmoniError('config-invalid', `There is no sign-in method ${kind} here.`, {
    fix: `Set spotify_sign_in_method to one of: ${known}.`,
  });
}
