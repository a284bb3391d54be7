import { effectiveClientId } from '../auth/client-id.ts';
import { signInMethods } from '../auth/methods.ts';
import { hasDesktop } from '../auth/open-browser.ts';
import { recommendedMethod } from '../auth/recommended-method.ts';
import { numbered, roadsWithoutApp, setupSteps } from '../auth/setup-help.ts';
import type { SpotifyConfig } from '../auth/sign-in-method.ts';
import { parseSpotifyLink } from '../spotify/links.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { downloadLists, type DownloadParts } from '../views/download-lists.ts';
import {
  listPlaylists,
  playlistRows,
  readLiked,
  readPlaylists,
  type ReadPlaylistsParts,
} from '../views/playlists.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';
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
  await openMenuLoop(
    parts.prompter,
    () => sayStatus(parts),
    () => [
      {
        name: 'Authenticate',
        description: 'Sign in to Spotify in your browser.',
        run: () => authenticate(parts),
      },
      {
        name: 'Download from my playlists',
        description: 'Tick playlists, then songs.',
        run: () => downloadPlaylists(parts),
      },
      {
        name: 'Download from liked songs',
        description: 'The newest first.',
        run: () => downloadLiked(parts),
      },
      {
        name: 'Paste a Spotify link',
        description: 'Of a playlist of yours, an album or a track.',
        run: () => downloadLink(parts),
      },
      {
        name: 'Setup help',
        description: 'How to get the client id that a sign-in needs, and two ways without one.',
        run: () => showSetupHelp(parts),
      },
      { name: 'Log out', description: 'Forgets the sign-in on this machine.', run: () => signOut(parts) },
    ],
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
  const chosen = await parts.prompter.pick({ message: 'Playlists', rows });
  if (chosen === back) return;
  if (chosen.length === 0) {
    parts.prompter.say('No playlist is ticked: nothing to do.');
    return;
  }
  const limit = await askLimit(parts, 'Songs to read of each playlist (empty: all):', 300);
  if (limit === back) return;
  const lists = await readPlaylists(parts, chosen, limit);
  if (lists.length > 0) await downloadLists(parts, lists, asking);
}

async function downloadLiked(parts: SpotifyMenuParts): Promise<void> {
  if (!(await ensureSignedIn(parts))) return;
  const limit = await askLimit(parts, 'Liked songs to read (empty: all):', 500);
  if (limit === back) return;
  await downloadLists(parts, [await readLiked(parts, limit)], asking);
}

/** A number of songs, or undefined for all. */
async function askLimit(
  parts: SpotifyMenuParts,
  message: string,
  usual: number,
): Promise<number | undefined | Back> {
  const answer = await parts.prompter.input({
    message,
    prefill: String(usual),
    validate: (text) =>
      /^\s*([1-9]\d{0,5})?\s*$/.test(text) || 'Give a whole number from 1 on, or nothing for all.',
  });
  if (answer === back) return back;
  return answer.trim() === '' ? undefined : Number(answer);
}

async function downloadLink(parts: SpotifyMenuParts): Promise<void> {
  const link = await parts.prompter.input({
    message: 'Spotify link:',
    validate: (text) => {
      const parsed = parseSpotifyLink(text);
      if (parsed === undefined) return 'That is no Spotify link. In Spotify: Share, Copy link.';
      return parsed.kind === 'unsupported' ? parsed.reason : true;
    },
  });
  if (link === back || !(await ensureSignedIn(parts))) return;
  await downloadLists(parts, await readLists(parts, [link]), asking);
}

async function showSetupHelp(parts: SpotifyMenuParts): Promise<void> {
  const { prompter, config } = parts;
  if (effectiveClientId(config).type === 'missing') {
    await setUpClientId(parts);
    return;
  }
  prompter.say('A client id is set. To make another app:');
  prompter.say(numbered(setupSteps(config.spotify_redirect_uri)));
  prompter.say('Two other ways need no app:');
  prompter.say(numbered(roadsWithoutApp(config.exportify_watch_folder)));
}

const asking = { accept: 'sure' } as const;
