import { isInContainer } from '../auth/container.ts';
import { guideToClientId } from '../auth/guided-setup.ts';
import { openInBrowser } from '../auth/open-browser.ts';
import type { SignInScreen } from '../auth/sign-in-method.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import { HarmoniError } from '../errors.ts';
import type { SpotifyConnection } from '../spotify/connection.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { createPipeScreen, createTerminalScreen } from './sign-in-screen.ts';

export interface SetUpClientIdParts {
  readonly prompter: Prompter;
  readonly config: Pick<Config, 'spotify_redirect_uri' | 'exportify_watch_folder'>;
  readonly configStore: Pick<ConfigStore, 'set' | 'path'>;
}

export type SignInParts = SetUpClientIdParts & {
  readonly interactive: boolean;
  readonly config: Pick<Config, 'spotify_sign_in_method'>;
  readonly spotify: Pick<SpotifyConnection, 'client' | 'signIn'>;
  readonly clock: { now(): number };
  /** The next line of stdin, for those who have no terminal; undefined at its end. */
  readonly readLine: (signal: AbortSignal) => Promise<string | undefined>;
  readonly beginWork: () => WorkSignal;
};

/**
 * Signs in from start to end; somebody without a client id is led to one first. False when they went back out of that.
 * @throws HarmoniError as the method does
 */
export async function signInToSpotify(
  parts: SignInParts,
  options: { readonly kind?: string | undefined; readonly screen?: SignInScreen } = {},
): Promise<boolean> {
  const { prompter, config } = parts;
  const screen =
    options.screen ??
    (parts.interactive
      ? createTerminalScreen(prompter, () => parts.clock.now())
      : createPipeScreen(prompter, parts.readLine));
  const person = { screen, openBrowser: openInBrowser, inContainer: isInContainer };
  const work = parts.beginWork();
  try {
    await parts.spotify.signIn(options.kind ?? config.spotify_sign_in_method, person, work.signal);
    const { name } = await parts.spotify.client().me(work.signal);
    prompter.say(`Signed in as ${name}.`, 'ok');
    return true;
  } catch (error) {
    if (parts.interactive && error instanceof HarmoniError && error.code === 'sign-in-cancelled') {
      prompter.say(error.message);
      return false;
    }
    const unknownApp = error instanceof HarmoniError && error.code === 'client-id-missing';
    if (!unknownApp || !parts.interactive) throw error;
  } finally {
    work.done();
  }
  return (await setUpClientId(parts)) && signInToSpotify(parts, options);
}

/** The guided set-up; whether there is a client id now. */
export async function setUpClientId(parts: SetUpClientIdParts): Promise<boolean> {
  const { prompter, config, configStore } = parts;
  const clientId = await guideToClientId({
    redirectUri: config.spotify_redirect_uri,
    exportifyFolder: config.exportify_watch_folder,
    prompter,
    openBrowser: openInBrowser,
  });
  if (clientId === back) return false;
  await configStore.set('spotify_client_id', clientId);
  prompter.say(`Saved in ${configStore.path}.`, 'ok');
  return true;
}

/** True once somebody is signed in; asks for a sign-in where it is needed. False when they went back. */
export async function ensureSignedIn(parts: SignInParts): Promise<boolean> {
  const work = parts.beginWork();
  try {
    await parts.spotify.client().me(work.signal);
    return true;
  } catch (error) {
    const needed =
      error instanceof HarmoniError && (error.code === 'sign-in-needed' || error.code === 'sign-in-expired');
    if (!needed) throw error;
    if (error.code === 'sign-in-expired') parts.prompter.say(error.message, 'warn');
  } finally {
    work.done();
  }
  return signInToSpotify(parts);
}
