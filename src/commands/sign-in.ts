import type { App } from '../app.ts';
import { isInContainer } from '../auth/container.ts';
import { guideToClientId } from '../auth/guided-setup.ts';
import { openInBrowser } from '../auth/open-browser.ts';
import type { SignInScreen } from '../auth/sign-in-method.ts';
import { HarmoniError } from '../errors.ts';
import { back } from '../ui/prompter.ts';
import { createPipeScreen, createTerminalScreen } from './sign-in-screen.ts';

/**
 * Signs in from start to end; somebody without a client id is led to one first. False when they went back out of that.
 * @throws HarmoniError as the method does
 */
export async function signInToSpotify(
  app: App,
  options: { readonly kind?: string | undefined; readonly screen?: SignInScreen } = {},
): Promise<boolean> {
  const { prompter, config } = app;
  const screen =
    options.screen ??
    (app.interactive
      ? createTerminalScreen(prompter, () => app.clock.now())
      : createPipeScreen(prompter, app.readLine));
  const person = { screen, openBrowser: openInBrowser, inContainer: isInContainer };
  const work = app.beginWork();
  try {
    await app.spotify.signIn(options.kind ?? config.spotify_sign_in_method, person, work.signal);
    const { name } = await app.spotify.client().me(work.signal);
    prompter.say(`Signed in as ${name}.`, 'ok');
    return true;
  } catch (error) {
    if (app.interactive && error instanceof HarmoniError && error.code === 'sign-in-cancelled') {
      prompter.say(error.message);
      return false;
    }
    const unknownApp = error instanceof HarmoniError && error.code === 'client-id-missing';
    if (!unknownApp || !app.interactive) throw error;
  } finally {
    work.done();
  }
  return (await setUpClientId(app)) && signInToSpotify(app, options);
}

/** The guided set-up; whether there is a client id now. */
export async function setUpClientId(app: App): Promise<boolean> {
  const { prompter, config, configStore } = app;
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
export async function ensureSignedIn(app: App): Promise<boolean> {
  const work = app.beginWork();
  try {
    await app.spotify.client().me(work.signal);
    return true;
  } catch (error) {
    const needed =
      error instanceof HarmoniError && (error.code === 'sign-in-needed' || error.code === 'sign-in-expired');
    if (!needed) throw error;
    if (error.code === 'sign-in-expired') app.prompter.say(error.message, 'warn');
  } finally {
    work.done();
  }
  return signInToSpotify(app);
}
