import type { Config } from '../config/schema.ts';
import type { SpotifyConnection } from '../spotify/connection.ts';
import type { Output } from '../ui/output.ts';
import { signInToSpotify, type SignInParts } from '../views/sign-in.ts';
import { signOut } from '../views/sign-out.ts';
import { readStatus, type StatusParts } from '../views/spotify-status.ts';

export type LoginParts = SignInParts &
  StatusParts & {
    readonly config: Pick<Config, 'spotify_cache_tokens'>;
    readonly output: Output;
  };

/** harmoni login. Returns the exit code. @throws HarmoniError as the sign-in method does */
export async function runLogin(parts: LoginParts, kind: string | undefined): Promise<number> {
  if (!(await signInToSpotify(parts, { kind }))) return 130;
  if (!parts.config.spotify_cache_tokens) {
    parts.prompter.say(
      "You'll be signed out when HARMONI ends, because spotify_cache_tokens is off.",
      'warn',
    );
  }
  const work = parts.beginWork();
  try {
    parts.output.document((await readStatus(parts, work.signal)).status);
  } finally {
    work.done();
  }
  return 0;
}

export interface LogoutParts {
  readonly spotify: Pick<SpotifyConnection, 'signOut'>;
  readonly output: Output;
}

/** harmoni logout. Returns the exit code. */
export async function runLogout(parts: LogoutParts): Promise<number> {
  await signOut(parts);
  parts.output.document({ signedIn: false, scopes: [] });
  return 0;
}
