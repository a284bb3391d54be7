import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { looksLikeClientId } from './client-id.ts';
import { parseRedirectUri } from './redirect-uri.ts';
import { dashboardUrl, numbered, roadsWithoutApp, setupSteps } from './setup-help.ts';

export interface GuidedSetup {
  readonly redirectUri: string;
  readonly exportifyFolder: string;
  readonly prompter: Prompter;
  readonly openBrowser: (url: string) => Promise<boolean>;
}

/**
 * Leads somebody without a client id to one: the steps, the dashboard in the browser, the id typed in. Returns the id
 * for the caller to save. Throws HarmoniError redirect-uri-invalid before anybody registers an address that cannot work.
 */
export async function guideToClientId(setup: GuidedSetup): Promise<string | Back> {
  const { prompter } = setup;
  const { text: redirectUri } = parseRedirectUri(setup.redirectUri);
  prompter.say('To read your Spotify playlists, HARMONI needs your own Spotify app. It takes two minutes:');
  prompter.say(numbered(setupSteps(redirectUri)));
  prompter.say("Two other ways don't need an app:", 'dim');
  prompter.say(numbered(roadsWithoutApp(setup.exportifyFolder)), 'dim');
  const open = await prompter.confirm({
    message: 'Open the Spotify dashboard in your browser?',
    default: true,
  });
  if (open === back) return back;
  if (open && !(await setup.openBrowser(dashboardUrl))) {
    prompter.say(`Couldn't open a browser here. Open it yourself: ${dashboardUrl}`, 'warn');
  }
  const clientId = await prompter.input({
    message: "Your app's client ID:",
    validate: (text) =>
      looksLikeClientId(text) ||
      'A client ID has 32 characters: digits and the letters a to f. Esc goes back.',
  });
  return clientId === back ? back : clientId.trim();
}
