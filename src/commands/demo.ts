import { join } from 'node:path';
import { hasDesktop } from '../auth/open-browser.ts';
import type { SignInScreen } from '../auth/sign-in-method.ts';
import { describeSignInEvent } from '../auth/sign-in-texts.ts';
import type { Config } from '../config/schema.ts';
import { makeDemoCatalogue } from '../demo/catalogue.ts';
import { demoSongs, localSong } from '../demo/demo-songs.ts';
import { createCatalogue } from '../demo/spotify-catalogue.ts';
import { demoClientId, startDemoSpotify } from '../demo/spotify-server.ts';
import { createToneStore } from '../demo/tones.ts';
import { startDemoYouTube } from '../demo/youtube-server.ts';
import type { ToolBox } from '../doctor/tool-box.ts';
import type { Http } from '../system/http.ts';
import type { Output } from '../ui/output.ts';
import { back, type Back } from '../ui/prompter.ts';
import { downloadLists, type DownloadParts } from '../views/download-lists.ts';
import { listPlaylists, playlistRows, readPlaylists, type ReadPlaylistsParts } from '../views/playlists.ts';
import { signInToSpotify, type SignInParts } from '../views/sign-in.ts';

export interface DemoParts {
  readonly env: NodeJS.ProcessEnv;
  readonly paths: { readonly data: string };
  readonly config: Pick<Config, 'audio_format' | 'ytdlp_path' | 'ffmpeg_path'>;
  readonly tools: Pick<ToolBox, 'ffmpegPath'>;
  readonly output: Output;
}

/** A HARMONI of the demo's own, with its settings and folders. */
export type DemoWorld = DownloadParts &
  ReadPlaylistsParts &
  SignInParts & {
    readonly env: NodeJS.ProcessEnv;
    readonly http: Http;
    readonly close: () => Promise<void>;
  };

/** What makes it different from the user's. */
export interface DemoWorldOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly toolsDir: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly overrides: Partial<Config>;
}

/**
 * harmoni demo: the whole road on stand-ins of Spotify, YouTube and YouTube Music on loopback, with the real yt-dlp and
 * ffmpeg, in data/demo. The songs are tones; live versions, covers and loops of other pitch stand beside them.
 */
export async function runDemo(
  parts: DemoParts,
  options: { yes: boolean; json: boolean },
  makeWorld: (options: DemoWorldOptions) => DemoWorld,
): Promise<number> {
  const folder = join(parts.paths.data, 'demo');
  parts.output.say(
    'The demo runs its own Spotify and YouTube on this machine: no account, no internet. The songs are plain tones.',
  );
  // Before anything listens: without ffmpeg the demo ends here, and no server may keep the process alive.
  const ffmpegPath = await parts.tools.ffmpegPath();
  const spotify = await startDemoSpotify({ catalogue: createCatalogue(demoSongs) });
  const youTube = await startDemoYouTube({
    catalogue: makeDemoCatalogue([...demoSongs, localSong]),
    tones: createToneStore(ffmpegPath, join(folder, 'tones')),
  });
  const demo = makeWorld({
    env: {
      ...parts.env,
      HARMONI_CONFIG: join(folder, 'config.json'),
      HARMONI_DATA_DIR: join(folder, 'data'),
      HARMONI_OUTPUT_DIR: join(folder, 'music'),
      HARMONI_YOUTUBE_MUSIC_URL: youTube.musicUrl,
      HARMONI_SPOTIFY_ACCOUNTS_URL: spotify.url,
      HARMONI_SPOTIFY_API_URL: spotify.apiUrl,
      SPOTIFY_CLIENT_ID: demoClientId,
      // Without a port: any that is free.
      SPOTIFY_REDIRECT_URI: 'http://127.0.0.1/callback',
    },
    toolsDir: join(parts.paths.data, 'tools'),
    json: options.json,
    yes: options.yes,
    overrides: {
      audio_format: parts.config.audio_format,
      ytdlp_path: parts.config.ytdlp_path,
      ffmpeg_path: parts.config.ffmpeg_path,
      // The others are on the internet.
      providers: ['youtube'],
      ytdlp_extra_args: youTube.ytdlpArgs(),
      // The stand-in forgets its tokens with its end.
      spotify_cache_tokens: false,
      spotify_sign_in_method: 'pkce',
    },
  });
  try {
    const byItself = options.yes ? true : await askForSignIn(demo);
    if (byItself === back) return 130;
    spotify.setApproval(byItself ? 'agree' : 'ask');
    if (!(await signInToSpotify(demo, byItself ? { screen: createDemoBrowser(demo) } : {}))) return 130;
    return await downloadPlaylists(demo, options.yes);
  } finally {
    await demo.close();
    await youTube.close();
    await spotify.close();
  }
}

function askForSignIn(demo: DemoWorld): Promise<boolean | Back> {
  return demo.prompter.confirm({
    message: 'Let the demo sign in for you? If not, choose Agree in your own browser.',
    default: !hasDesktop(process.platform, demo.env),
  });
}

/** Opens the authorise URL as a browser would, and follows it to the callback server. */
function createDemoBrowser({ http, prompter }: DemoWorld): SignInScreen {
  return {
    show(event) {
      if (event.type !== 'authorise') {
        for (const { text, tone } of describeSignInEvent(event)) prompter.say(text, tone);
        return;
      }
      prompter.say('Your browser would open Spotify here. The demo chooses Agree for you.', 'dim');
      // What goes wrong on the way is said by the sign-in itself, which then gets no answer.
      http.request({ url: event.url, redirects: 1 }).catch(() => undefined);
    },
    answer: async () => ({ type: 'none' }),
  };
}

/** With `yes` the account's own playlists, whole; else what is ticked. */
async function downloadPlaylists(demo: DemoWorld, yes: boolean): Promise<number> {
  const playlists = await listPlaylists(demo);
  const own = playlists.filter(({ readable }) => readable === true);
  const rows = playlistRows(playlists).map((row) => ({ ...row, checked: own.includes(row.value) }));
  const chosen = yes ? own : await demo.prompter.pick({ message: 'Which playlists do you want?', rows });
  if (chosen === back) return 130;
  return downloadLists(demo, await readPlaylists(demo, chosen), {
    yes,
    accept: 'sure',
  });
}
