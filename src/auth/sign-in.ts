import { HarmoniError } from '../errors.ts';
import type { SignInDeps, SignInMethod } from './sign-in-method.ts';
import { missingScopes, type TokenInfo } from './token-info.ts';
import type { TokenSession } from './token-session.ts';

/**
 * Signs in from start to end: the method brings a token, the session keeps it. Fewer scopes than asked, and a token that
 * cannot be saved, are shown as warnings; the sign-in itself stands.
 */
export async function signIn(
  method: SignInMethod,
  session: TokenSession,
  deps: SignInDeps,
  signal: AbortSignal,
): Promise<TokenInfo> {
  const lack = method.lacks(deps.config);
  if (lack !== undefined) {
    throw new HarmoniError('config-invalid', `This way to sign in needs another setting: ${method.title}.`, {
      fix: lack,
    });
  }
  let token: TokenInfo;
  try {
    token = await method.signIn(deps, signal);
  } catch (error) {
    deps.log.write('warn', 'sign-in ended', {
      method: method.kind,
      error: error instanceof HarmoniError ? error.code : 'internal',
    });
    throw error;
  }
  const missing = missingScopes(token, deps.config.spotify_scopes);
  deps.log.write('info', 'signed in', { method: method.kind, scopes: token.scopes, missing });
  if (missing.length > 0) {
    const error = new HarmoniError(
      'spotify-scope-missing',
      `Spotify didn't grant all permissions (missing: ${missing.join(', ')}), so HARMONI can't read some playlists.`,
    );
    deps.screen.show({ type: 'warning', error });
  }
  const notSaved = await session.adopt(token);
  if (notSaved !== undefined) deps.screen.show({ type: 'warning', error: notSaved });
  return token;
}
