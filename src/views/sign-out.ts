import type { SpotifyConnection } from '../spotify/connection.ts';
import type { Output } from '../ui/output.ts';

export interface SignOutParts {
  readonly spotify: Pick<SpotifyConnection, 'signOut'>;
  readonly output: Pick<Output, 'say'>;
}

/** Forgets the token; Spotify's own list of apps is the user's to clean. */
export async function signOut({ spotify, output }: SignOutParts): Promise<void> {
  const wasSignedIn = await spotify.signOut();
  output.say(
    wasSignedIn
      ? "Signed out. To remove HARMONI's access too, go to https://www.spotify.com/account/apps"
      : "You weren't signed in.",
  );
}
