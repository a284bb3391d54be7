import type { App } from '../app.ts';
import { signInMethods } from '../auth/methods.ts';
import { hasDesktop } from '../auth/open-browser.ts';
import { recommendedMethod } from '../auth/recommended-method.ts';
import { numbered, roadsWithoutApp, setupSteps } from '../auth/setup-help.ts';
import { downloadLists } from '../commands/download.ts';
import { runLogout } from '../commands/login.ts';
import { listPlaylists, playlistRows, readLiked, readPlaylists } from '../commands/playlists.ts';
import { readSources } from '../commands/read-sources.ts';
import { ensureSignedIn, setUpClientId, signInToSpotify } from '../commands/sign-in.ts';
import { readStatus } from '../commands/status.ts';
import { effectiveClientId } from '../auth/client-id.ts';
import { parseSpotifyLink } from '../spotify/links.ts';
import { back, type Back } from '../ui/prompter.ts';
import { openMenuLoop } from './menu.ts';

/** Downloads -> Spotify: the playlists and liked songs of an account. */
export async function openSpotifyMenu(app: App): Promise<void> {
  await openMenuLoop(
    app.prompter,
    () => sayStatus(app),
    () => [
      {
        name: 'Authenticate',
        description: 'Sign in to Spotify in your browser.',
        run: () => authenticate(app),
      },
      {
        name: 'Download from my playlists',
        description: 'Tick playlists, then songs.',
        run: () => downloadPlaylists(app),
      },
      { name: 'Download from liked songs', description: 'The newest first.', run: () => downloadLiked(app) },
      {
        name: 'Paste a Spotify link',
        description: 'Of a playlist of yours, an album or a track.',
        run: () => downloadLink(app),
      },
      {
        name: 'Setup help',
        description: 'How to get the client id that a sign-in needs, and two ways without one.',
        run: () => showSetupHelp(app),
      },
      { name: 'Log out', description: 'Forgets the sign-in on this machine.', run: () => runLogout(app) },
    ],
  );
}

/** A menu must not wait for a network that is gone. */
const statusWaitMs = 2_000;

/** Who is signed in is said above the menu each time it is shown. */
async function sayStatus(app: App): Promise<string> {
  const { lines } = await readStatus(app, AbortSignal.timeout(statusWaitMs));
  app.prompter.say(lines.map(({ text }) => text).join(' '), 'dim');
  return 'Spotify';
}

async function authenticate(app: App): Promise<void> {
  const recommended = recommendedMethod(app.config, hasDesktop(process.platform, app.env));
  const kind = await app.prompter.select<string>({
    message: 'How do you want to sign in?',
    choices: signInMethods.map(({ kind: value, title, description }) => ({
      value,
      name: value === recommended ? `${title} (recommended here)` : title,
      description,
    })),
    default: recommended,
  });
  if (kind !== back) await signInToSpotify(app, { kind });
}

async function downloadPlaylists(app: App): Promise<void> {
  if (!(await ensureSignedIn(app))) return;
  const rows = playlistRows(await listPlaylists(app));
  if (rows.length === 0) {
    app.prompter.say('This account has no playlists.', 'warn');
    return;
  }
  const chosen = await app.prompter.pick({ message: 'Playlists', rows });
  if (chosen === back) return;
  if (chosen.length === 0) {
    app.prompter.say('No playlist is ticked: nothing to do.');
    return;
  }
  const limit = await askLimit(app, 'Songs to read of each playlist (empty: all):', 300);
  if (limit === back) return;
  const lists = await readPlaylists(app, chosen, limit);
  if (lists.length > 0) await downloadLists(app, lists, asking);
}

async function downloadLiked(app: App): Promise<void> {
  if (!(await ensureSignedIn(app))) return;
  const limit = await askLimit(app, 'Liked songs to read (empty: all):', 500);
  if (limit === back) return;
  await downloadLists(app, [await readLiked(app, limit)], asking);
}

/** A number of songs, or undefined for all. */
async function askLimit(app: App, message: string, usual: number): Promise<number | undefined | Back> {
  const answer = await app.prompter.input({
    message,
    prefill: String(usual),
    validate: (text) =>
      /^\s*([1-9]\d{0,5})?\s*$/.test(text) || 'Give a whole number from 1 on, or nothing for all.',
  });
  if (answer === back) return back;
  return answer.trim() === '' ? undefined : Number(answer);
}

async function downloadLink(app: App): Promise<void> {
  const link = await app.prompter.input({
    message: 'Spotify link:',
    validate: (text) => {
      const parsed = parseSpotifyLink(text);
      if (parsed === undefined) return 'That is no Spotify link. In Spotify: Share, Copy link.';
      return parsed.kind === 'unsupported' ? parsed.reason : true;
    },
  });
  if (link === back || !(await ensureSignedIn(app))) return;
  await downloadLists(app, await readSources(app, [link]), asking);
}

async function showSetupHelp(app: App): Promise<void> {
  const { prompter, config } = app;
  if (effectiveClientId(config).type === 'missing') {
    await setUpClientId(app);
    return;
  }
  prompter.say('A client id is set. To make another app:');
  prompter.say(numbered(setupSteps(config.spotify_redirect_uri)));
  prompter.say('Two other ways need no app:');
  prompter.say(numbered(roadsWithoutApp(config.exportify_watch_folder)));
}

const asking = { limit: undefined, yes: false, dryRun: false, accept: 'sure' } as const;
