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
  prompter.say(
    'To read your playlists from Spotify, HARMONI needs a Spotify app of your own. It takes two minutes:',
  );
  prompter.say(numbered(setupSteps(redirectUri)));
  prompter.say('Two other ways need no app:', 'dim');
  prompter.say(numbered(roadsWithoutApp(setup.exportifyFolder)), 'dim');
  const open = await prompter.confirm({
    message: 'Open the Spotify dashboard in the browser?',
    default: true,
  });
  if (open === back) return back;
  if (open && !(await setup.openBrowser(dashboardUrl))) {
    prompter.say(`No browser could be started here. Open it yourself: ${dashboardUrl}`, 'warn');
  }
  const clientId = await prompter.input({
    message: 'Client ID of your app:',
    validate: (text) =>
      looksLikeClientId(text) || 'A client id has 32 digits and letters from a to f. Esc goes back.',
  });
  return clientId === back ? back : clientId.trim();
}
