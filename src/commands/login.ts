import type { App } from '../app.ts';
import { signInToSpotify } from './sign-in.ts';
import { readStatus } from './status.ts';

/** harmoni login. Returns the exit code. @throws HarmoniError as the sign-in method does */
export async function runLogin(app: App, kind: string | undefined): Promise<number> {
  if (!(await signInToSpotify(app, { kind }))) return 130;
  if (!app.config.spotify_cache_tokens) {
    app.prompter.say('It ends with this run, because spotify_cache_tokens is off.', 'warn');
  }
  const work = app.beginWork();
  try {
    app.output.document((await readStatus(app, work.signal)).status);
  } finally {
    work.done();
  }
  return 0;
}

/** harmoni logout: forgets the token; Spotify's own list of apps is the user's to clean. Returns the exit code. */
export async function runLogout(app: App): Promise<number> {
  const wasSignedIn = await app.spotify.signOut();
  app.output.say(
    wasSignedIn
      ? 'Signed out. To take the permission back too: https://www.spotify.com/account/apps'
      : 'Nobody was signed in.',
  );
  app.output.document({ signedIn: false, scopes: [] });
  return 0;
}
