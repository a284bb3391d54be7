import { z } from 'zod';
import { splitArguments } from './extra-args.ts';
import { ffmpegArgumentsFault } from './ffmpeg-options.ts';
import { layoutPresets } from './layouts.ts';
import { ytDlpArgumentsFault } from './ytdlp-options.ts';

/** The formats that can be asked for. `best` keeps what the provider has, mostly Opus, never encoded again. */
export const audioFormats = ['best', 'mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
export type AudioFormat = (typeof audioFormats)[number];

/** Names in HARMONI's first version that mean something else here. `aac` was written into an .m4a file there. */
const formatAliases: Readonly<Record<string, AudioFormat>> = { aac: 'm4a', vorbis: 'ogg' };

/** Secrets are sent there, so plain http only where it cannot be overheard. */
function isSafeUrl(value: string): boolean {
  const url = URL.parse(value);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

/** For servers of the user's own, of which there may be none. */
function isSafeUrlOrEmpty(value: string): boolean {
  return value === '' || isSafeUrl(value);
}

const seconds = (least: number, most: number) => z.number().min(least).max(most);
const whole = (least: number, most: number) => z.int().min(least).max(most);
const text = z.string();

/**
 * Extra arguments for a program, as a line or a list. Their fault is a sentence that goes after the setting's name, and
 * their value is not shown with it: it may hold a password or a token.
 */
function extraArguments(faultOf: (words: readonly string[]) => string | undefined) {
  return z.union([text, z.array(text)]).superRefine((given, context) => {
    const words = splitArguments(given);
    const message = words === undefined ? 'has an unclosed quote or a trailing backslash.' : faultOf(words);
    if (message !== undefined) context.addIssue({ code: 'custom', message, params: { sentence: true } });
  });
}

/** What `file_name_template` may hold in braces. */
export const placeholders = [
  'artist',
  'mainArtist',
  'track',
  'album',
  'albumArtist',
  'year',
  'number',
  'disc',
  'list',
] as const;

function hasKnownPlaceholders(template: string): boolean {
  return [...template.matchAll(/\{(\w*)\}/g)].every(([, name]) =>
    placeholders.some((known) => known === name),
  );
}

/**
 * config.json: every key with its default and the text that explains it. The keys are the snake_case names of
 * HARMONI's first version, so an old file still loads. Unknown keys are kept in the file and named by validate.
 */
export const configSchema = z.object({
  output_dir: text.min(1).default('music').describe('The library folder.'),
  audio_format: z
    .preprocess(
      (value) => (typeof value === 'string' ? (formatAliases[value] ?? value) : value),
      z.enum(audioFormats),
    )
    .default('mp3')
    .describe(
      'best and opus keep what YouTube has; m4a takes its AAC; mp3, flac, ogg and wav are converted.',
    ),
  audio_quality: z
    .union([z.enum(['best', 'high', 'medium', 'low']), whole(64, 320)])
    .default('high')
    .describe('For mp3 and ogg: best, high, medium, low, or kbit/s (64 to 320). More is bigger, not better.'),
  file_name_template: text
    .min(1)
    .refine(hasKnownPlaceholders, `can contain only ${placeholders.map((name) => `{${name}}`).join(' ')}`)
    .default(layoutPresets[0].template)
    .describe(
      'Where songs go: {artist} {mainArtist} {track} {album} {albumArtist} {year} {number} {disc} {list}; / makes folders. With {list} each playlist is a folder, without it an m3u8 in Playlists/. Or one of these names: folder-per-playlist, artist-album, one-folder.',
    ),
  same_track_in_second_list: z
    .enum(['link', 'copy', 'skip'])
    .default('link')
    .describe(
      'A song that another playlist has too, where each is a folder: hard link, copy, or leave it out.',
    ),
  max_concurrent_downloads: whole(1, 8)
    .default(3)
    .describe('yt-dlp processes at the same time, at most: more than one runs only while that helps.'),
  downloads_per_hour: whole(0, 10_000)
    .default(300)
    .describe(
      'YouTube lets guests have about 300 videos an hour. 0: no limit. Other providers are not counted.',
    ),
  providers: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((name) => name !== '') : value),
      z.array(text.min(1)).min(1),
    )
    .default(['youtube', 'soundcloud'])
    .describe(
      'Where songs are looked for, in this order: youtube, soundcloud. The next one is asked only when the one before has nothing sure.',
    ),
  download_speed_limit_mbps: z
    .number()
    .min(0)
    .max(10_000)
    .default(0)
    .describe('Megabit a second in all. 0: no limit.'),
  retry_attempts: whole(0, 10).default(3).describe('Tries for a track that failed for a passing reason.'),
  retry_delay: seconds(0, 60).default(5).describe('Seconds before the first new try; doubled each time.'),
  sleep_between: seconds(0, 60).default(0).describe('Seconds between two downloads of one yt-dlp process.'),

  exportify_watch_folder: text
    .min(1)
    .default('data/exportify')
    .describe('Where Exportify CSVs are looked for.'),
  tracks_file: text
    .min(1)
    .default('data/tracks.json')
    .describe('The track list ("Download all pending" reads it).'),
  playlists_file: text
    .default('data/playlists.json')
    .describe("Playlist1.json of Spotify's account export (Downloads → Account export reads it)."),
  primary_input_source: z
    .enum(['csv', 'json'])
    .default('csv')
    .describe(
      'What "Download all pending" reads: csv (the CSV below, else all in the Exportify folder) or json.',
    ),
  primary_csv_file: text.default('').describe('One CSV to read instead of the whole Exportify folder.'),

  ytdlp_path: text.default('').describe('yt-dlp to use. Empty: HARMONI finds it.'),
  ffmpeg_path: text.default('').describe('ffmpeg to use. Empty: HARMONI finds it.'),
  ytdlp_extra_args: extraArguments(ytDlpArgumentsFault)
    .default('')
    .describe(
      'More options for yt-dlp, as a line or a list: cookies (--cookies-from-browser firefox, or --cookies FILE), --proxy URL, network, speed, retries, --extractor-args (client, PO token).',
    ),
  ffmpeg_extra_args: extraArguments(ffmpegArgumentsFault)
    .default('')
    .describe(
      'More output options for ffmpeg, as a line or a list: audio filters (-af), sample rate (-ar), channels (-ac), encoder options.',
    ),

  enable_metadata_embedding: z.boolean().default(true).describe('Write tags into the files.'),
  metadata_template: z
    .enum(['basic', 'comprehensive', 'dj-mix'])
    .default('comprehensive')
    .describe(
      'basic: artist, title, album. comprehensive: all that is known, and the cover. dj-mix: all but the cover.',
    ),

  spotify_client_id: text.default('').describe('The client id of your own Spotify app.'),
  spotify_fallback_client_id: text
    .default('')
    .describe('Used when there is no client id of your own. Not advised: it can stop working any day.'),
  spotify_redirect_uri: text
    .default('http://127.0.0.1:8888/callback')
    .describe('Where Spotify sends you back to. Must be registered in the app, letter by letter.'),
  spotify_scopes: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((scope) => scope !== '') : value),
      z.array(text.min(1)),
    )
    .default(['playlist-read-private', 'playlist-read-collaborative', 'user-library-read'])
    .describe('What Spotify is asked to allow, as a list or a line.'),
  spotify_sign_in_method: text
    .min(1)
    .default('pkce')
    .describe('How to sign in; pkce needs no secret and suits nearly everybody.'),
  spotify_client_secret: text
    .default('')
    .describe('For authorization-code. Better kept out of this file: set SPOTIFY_CLIENT_SECRET instead.'),
  spotify_token_swap_url: text
    .refine(isSafeUrlOrEmpty, 'must start with https://, or http:// and a loopback address')
    .default('')
    .describe('For token-swap: where your server takes the code.'),
  spotify_token_refresh_url: text
    .refine(isSafeUrlOrEmpty, 'must start with https://, or http:// and a loopback address')
    .default('')
    .describe('For token-swap: where your server renews the access.'),
  spotify_auth_server_url: text
    .refine(isSafeUrlOrEmpty, 'must start with https://, or http:// and a loopback address')
    .default('')
    .describe('For pairing: your own server that runs harmoni auth-server.'),
  spotify_cache_tokens: z.boolean().default(true).describe('Stay signed in from one start to the next.'),
  spotify_auto_refresh: z
    .boolean()
    .default(true)
    .describe('Renew the access, which lasts an hour, without asking.'),
  spotify_callback_host: z
    .union([z.literal('auto'), z.ipv4(), z.ipv6()])
    .default('auto')
    .describe('The address to listen on while you sign in. auto: this machine only; all of a container.'),
  spotify_accounts_url: z
    .url()
    .refine(isSafeUrl, 'must start with https://, or http:// and a loopback address')
    .default('https://accounts.spotify.com')
    .describe('For tests: another Spotify sign-in service.'),
  spotify_api_url: text
    .refine(isSafeUrl, 'must start with https://, or http:// and a loopback address')
    .default('https://api.spotify.com/v1')
    .describe('For tests: another Spotify Web API.'),
  spotify_max_retries: whole(0, 10)
    .default(5)
    .describe('New tries of a Spotify request that failed in passing.'),
  spotify_backoff_base: seconds(0.1, 60)
    .default(1)
    .describe('Seconds before the first new try of a Spotify request; doubled each time.'),
  spotify_retry_jitter: z
    .number()
    .min(0)
    .max(1)
    .default(0.25)
    .describe('How far these waits are spread: 0.25 is 25 %.'),

  youtube_music_url: text
    .refine(isSafeUrl, 'must start with https://, or http:// and a loopback address')
    .default('https://music.youtube.com')
    .describe('For tests: another YouTube Music.'),
});

/** config.json with every default filled in. */
export type Config = z.output<typeof configSchema>;
export type ConfigKey = keyof Config;
