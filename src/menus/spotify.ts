import { effectiveClientId } from '../auth/client-id.ts';
import { signInMethods } from '../auth/methods.ts';
import { hasDesktop } from '../auth/open-browser.ts';
import { recommendedMethod } from '../auth/recommended-method.ts';
import { numbered, roadsWithoutApp, setupSteps } from '../auth/setup-help.ts';
import type { SpotifyConfig } from '../auth/sign-in-method.ts';
import { emptyList } from '../sources/empty-list.ts';
import { parseSpotifyLink } from '../spotify/links.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { downloadLists, type DownloadParts } from '../views/download-lists.ts';
import {
  listPlaylists,
  playlistRows,
  readLiked,
  readPlaylists,
  type ReadPlaylistsParts,
} from '../views/playlists.ts';
import { readLink } from '../views/read-link.ts';
import type { ReadListsParts } from '../views/read-lists.ts';
import { ensureSignedIn, setUpClientId, signInToSpotify, type SignInParts } from '../views/sign-in.ts';
import { signOut, type SignOutParts } from '../views/sign-out.ts';
import { readStatus, type StatusParts } from '../views/spotify-status.ts';
import { openMenuLoop } from './menu.ts';

export type SpotifyMenuParts = DownloadParts &
  ReadListsParts &
  ReadPlaylistsParts &
  SignInParts &
  SignOutParts &
  StatusParts & {
    readonly prompter: Prompter;
    readonly config: SpotifyConfig;
    readonly env: NodeJS.ProcessEnv;
  };

/** Downloads -> Spotify: the playlists and liked songs of an account. */
export async function openSpotifyMenu(parts: SpotifyMenuParts): Promise<void> {
  const signedIn = await parts.spotify.session.current().catch(() => undefined);
  await openMenuLoop(
    parts.prompter,
    () => sayStatus(parts),
    () => [
      {
        name: 'Sign in',
        description: 'Connect your Spotify account, or another one.',
        run: () => authenticate(parts),
      },
      {
        name: 'Download my playlists',
        description: 'Choose playlists, then songs.',
        run: () => downloadPlaylists(parts),
      },
      {
        name: 'Download my liked songs',
        description: 'Newest first.',
        run: () => downloadLiked(parts),
      },
      {
        name: 'Paste a Spotify link',
        description: 'A playlist of yours, an album, a song or an artist.',
        run: () => downloadLink(parts),
      },
      {
        name: 'Setup help',
        description: 'How to get a client ID, and two ways to do without.',
        run: () => showSetupHelp(parts),
      },
      { name: 'Sign out', description: 'Remove your sign-in from this machine.', run: () => signOut(parts) },
    ],
    undefined,
    signedIn === undefined ? undefined : 'Download my playlists',
  );
}

/** A menu must not wait for a network that is gone. */
const statusWaitMs = 2_000;

/** Who is signed in is said above the menu each time it is shown. */
async function sayStatus(parts: SpotifyMenuParts): Promise<string> {
  const { lines } = await readStatus(parts, AbortSignal.timeout(statusWaitMs));
  parts.prompter.say(lines.map(({ text }) => text).join(' '), 'dim');
  return 'Spotify';
}

async function authenticate(parts: SpotifyMenuParts): Promise<void> {
  const recommended = recommendedMethod(parts.config, hasDesktop(process.platform, parts.env));
  const kind = await parts.prompter.select<string>({
    message: 'How do you want to sign in?',
    choices: signInMethods.map(({ kind: value, title, description }) => ({
      value,
      name: value === recommended ? `${title} (recommended here)` : title,
      description,
    })),
    default: recommended,
  });
  if (kind !== back) await signInToSpotify(parts, { kind });
}

async function downloadPlaylists(parts: SpotifyMenuParts): Promise<void> {
  if (!(await ensureSignedIn(parts))) return;
  const rows = playlistRows(await listPlaylists(parts));
  if (rows.length === 0) {
    parts.prompter.say('This account has no playlists.', 'warn');
    return;
  }
  const chosen = await parts.prompter.pick({ message: 'Which playlists do you want?', rows });
  if (chosen === back) return;
  if (chosen.length === 0) {
    parts.prompter.say("No playlists selected, so there's nothing to download.");
    return;
  }
  const lists = await readPlaylists(parts, chosen);
  if (lists.length > 0) await downloadLists(parts, lists, asking);
}

async function downloadLiked(parts: SpotifyMenuParts): Promise<void> {
  if (!(await ensureSignedIn(parts))) return;
  const liked = await readLiked(parts);
  if (liked.tracks.length > 0) await downloadLists(parts, [liked], asking);
  else parts.prompter.say(emptyList('Your list of liked songs', liked.skipped).message, 'warn');
}

async function downloadLink(parts: SpotifyMenuParts): Promise<void> {
  const link = await parts.prompter.input({
    message: 'Spotify link:',
    validate: (text) => {
      const parsed = parseSpotifyLink(text);
      if (parsed === undefined) return "That isn't a Spotify link. In Spotify, choose Share, then Copy link.";
      return parsed.kind === 'unsupported' ? parsed.reason : true;
    },
  });
  if (link === back) return;
  const lists = await readLink(parts, link);
  if (lists !== undefined) await downloadLists(parts, lists, asking);
}

async function showSetupHelp(parts: SpotifyMenuParts): Promise<void> {
  const { prompter, config } = parts;
  if (effectiveClientId(config).type === 'missing') {
    await setUpClientId(parts);
    return;
  }
  prompter.say('You have a client ID. To create another app:');
  prompter.say(numbered(setupSteps(config.spotify_redirect_uri)));
  prompter.say("Two other ways don't need an app:");
  prompter.say(numbered(roadsWithoutApp(config.exportify_watch_folder)));
}

const asking = { accept: 'sure', askedIn: 'menu' } as const;
