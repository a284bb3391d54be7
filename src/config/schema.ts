import { z } from 'zod';
import { audioFormats, formatNamed, processRange, qualityKbps, qualityNames } from './audio-formats.ts';
import { backupSettings } from './backup-settings.ts';
import { earSettings } from './ear-settings.ts';
import { enrichSettings } from './enrich-settings.ts';
import { browsers, isBrowser, isProxy, isSafeUrl } from './addresses.ts';
import { loudnessSettings } from './loudness-settings.ts';
import { musicBrainzSettings } from './musicbrainz-settings.ts';
import { ffmpegArgumentsFault } from './ffmpeg-options.ts';
import { discreet, extraArguments, ownServer, safely, safeUrl, seconds, text, whole } from './rules.ts';
import { isSchedule } from './schedule.ts';
import { scheduleExamples } from './schedule-words.ts';
import { fileNameTemplate } from './template-setting.ts';
import { ytDlpArgumentsFault } from './ytdlp-options.ts';

/**
 * config.json: every key with its default and the text that explains it. The keys are the snake_case names of
 * HARMONI's first version, so an old file still loads. Unknown keys are kept in the file and named by validate.
 */
export const configSchema = z.object({
  output_dir: text.min(1).default('music').describe('The folder for your music library.'),
  audio_format: z
    .preprocess((value) => (typeof value === 'string' ? formatNamed(value) : value), z.enum(audioFormats))
    .default('mp3')
    .describe(
      "best and opus keep YouTube's own audio, and m4a its AAC. mp3, flac, ogg and wav are converted.",
    ),
  audio_quality: z
    .union([z.enum(qualityNames), whole(...qualityKbps)])
    .default('high')
    .describe(
      'For mp3 and ogg: best, high, medium, low, or kbit/s (64 to 320). Higher makes files bigger, not better.',
    ),
  file_name_template: fileNameTemplate,
  same_track_in_second_list: z
    .enum(['link', 'copy', 'skip'])
    .default('link')
    .describe(
      'What to do with a song in several playlists, if each is a folder: link (a hard link), copy, or skip (each m3u8 points to the one file).',
    ),
  trash_days: whole(0, 36_500)
    .default(30)
    .describe('How many days to keep replaced and removed files in the trash. 0 means forever.'),
  ...backupSettings,
  max_concurrent_downloads: whole(...processRange)
    .default(3)
    .describe(
      'The most yt-dlp processes to run at the same time. HARMONI runs more than one only while that helps.',
    ),
  downloads_per_hour: whole(0, 10_000)
    .default(300)
    .describe(
      'The most YouTube videos to download per hour. YouTube allows guests about 300. 0 means no limit.',
    ),
  providers: z
    .preprocess(
      (value) =>
        typeof value === 'string'
          ? value
              .toLowerCase()
              .split(/[\s,]+/)
              .filter((name) => name !== '')
          : value,
      z.array(text.min(1)).min(1),
    )
    .default(['youtube', 'soundcloud'])
    .describe(
      'Where to search for songs, in this order: youtube, soundcloud. HARMONI asks the next one only if the one before has no certain match.',
    ),
  download_speed_limit_mbps: z
    .number()
    .min(0)
    .max(10_000)
    .default(0)
    .describe(
      'The total speed limit in megabits per second, divided equally among max_concurrent_downloads. 0 means no limit.',
    ),
  retry_attempts: whole(0, 10).default(3).describe('How often to retry a song after a temporary failure.'),
  retry_delay: seconds(0, 60)
    .default(5)
    .describe('Seconds to wait before the first retry. Each retry doubles it.'),
  sleep_between: seconds(0, 60)
    .default(0)
    .describe('Seconds each yt-dlp process waits before every download.'),
  sync_schedule: text
    .refine(isSchedule, `must be something like ${scheduleExamples}`)
    .default('')
    .describe(
      'When harmoni watch syncs the playlists you follow: words such as "daily at 03:30", "every 6 hours" or "Mondays at 04:00", or a cron expression. Empty or off means no schedule.',
    ),
  notify: z
    .enum(['none', 'desktop', 'command', 'webhook'])
    .default('none')
    .describe(
      'How to tell you that a download of more than five minutes has ended, or that harmoni watch has news: desktop, command (notify_command) or webhook (notify_webhook).',
    ),
  notify_command: extraArguments(() => undefined)
    .default('')
    .describe(
      'The program to run if notify is command, as one line or a list. It reads a JSON summary on stdin.',
    ),
  notify_webhook: ownServer.describe(
    'The address that gets a JSON summary if notify is webhook (POST, https, or http on this machine).',
  ),

  cookies_from_browser: discreet(isBrowser, `must start with the name of a browser: ${browsers.join(', ')}.`)
    .default('')
    .describe(
      'Use the YouTube cookies of a browser on this machine, such as firefox or chrome:PROFILE. Needed only if YouTube asks you to sign in.',
    ),
  cookies_file: text
    .default('')
    .describe('Use YouTube cookies from this file (cookies.txt, Netscape format) instead of a browser.'),
  proxy: discreet(isProxy, 'must be an address that starts with http://, https:// or socks5://.')
    .default('')
    .describe(
      'Connect through this proxy, such as http://HOST:PORT or socks5://NAME:PASSWORD@HOST:PORT. Used by HARMONI and yt-dlp.',
    ),

  exportify_watch_folder: text
    .min(1)
    .default('data/exportify')
    .describe('The folder for your Exportify CSV files.'),
  tracks_file: text
    .min(1)
    .default('data/tracks.json')
    .describe('Your song list in JSON (Downloads → Tracks file reads it).'),
  playlists_file: text
    .default('data/playlists.json')
    .describe("Playlist1.json from Spotify's account export (Downloads → Account export reads it)."),
  pending_lists: z
    .preprocess(
      (value) => (typeof value === 'string' ? [value].filter((input) => input !== '') : value),
      z.array(text.min(1)),
    )
    .default([])
    .describe(
      'What "Download all pending" and harmoni download without a source read: a list of files, folders and links. Empty means the Exportify folder.',
    ),

  ytdlp_path: text.default('').describe('The path to yt-dlp. Leave it empty to let HARMONI find it.'),
  ffmpeg_path: text.default('').describe('The path to ffmpeg. Leave it empty to let HARMONI find it.'),
  ytdlp_extra_args: extraArguments(ytDlpArgumentsFault)
    .default('')
    .describe(
      'More options for yt-dlp, as one line or a list: network, speed, retries, --extractor-args (client, PO token). Cookies and a proxy given here are used instead of the settings above, by yt-dlp only.',
    ),
  ffmpeg_extra_args: extraArguments(ffmpegArgumentsFault)
    .default('')
    .describe(
      'More options for ffmpeg when it converts a song, as one line or a list: audio filters (-af), sample rate (-ar), channels (-ac), encoder options.',
    ),

  enable_metadata_embedding: z
    .boolean()
    .default(true)
    .describe(
      'Write tags to the files. Without them, if data/harmoni.db is lost, HARMONI recognizes songs only by their file names.',
    ),
  metadata_template: z
    .enum(['basic', 'comprehensive', 'dj-mix'])
    .default('comprehensive')
    .describe(
      'basic writes title, artist, album and IDs. comprehensive writes all tags and the cover. dj-mix writes all tags without the cover.',
    ),
  ...loudnessSettings,

  ...musicBrainzSettings,

  ...enrichSettings,

  ...earSettings,

  spotify_client_id: text.default('').describe("Your own Spotify app's client ID."),
  spotify_fallback_client_id: text
    .default('')
    .describe('Used if you have no client ID of your own. Not recommended: it can stop working at any time.'),
  spotify_redirect_uri: text
    .default('http://127.0.0.1:8888/callback')
    .describe("The address Spotify sends you back to. Must be exactly the one in your app's settings."),
  spotify_scopes: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((scope) => scope !== '') : value),
      z.array(text.min(1)),
    )
    .default(['playlist-read-private', 'playlist-read-collaborative', 'user-library-read'])
    .describe('The permissions to ask Spotify for, as one line or a list.'),
  spotify_sign_in_method: text
    .min(1)
    .default('pkce')
    .describe("How to sign in. pkce suits most people and doesn't need a secret."),
  spotify_client_secret: text
    .default('')
    .describe("For authorization-code. It's safer to set SPOTIFY_CLIENT_SECRET in the environment instead."),
  spotify_token_swap_url: ownServer.describe(
    "For token-swap: your server's address for exchanging the code.",
  ),
  spotify_token_refresh_url: ownServer.describe(
    "For token-swap: your server's address for renewing the sign-in.",
  ),
  spotify_auth_server_url: ownServer.describe('For pairing: the address of your harmoni auth-server.'),
  spotify_cache_tokens: z.boolean().default(true).describe('Stay signed in after HARMONI ends.'),
  spotify_auto_refresh: z
    .boolean()
    .default(true)
    .describe('Renew the sign-in automatically. Each lasts an hour.'),
  spotify_callback_host: z
    .union([z.literal('auto'), z.ipv4(), z.ipv6()])
    .default('auto')
    .describe(
      'The address to listen on while you sign in. auto means this machine only, or all addresses in a container.',
    ),
  spotify_accounts_url: z
    .url()
    .refine(isSafeUrl, safely)
    .default('https://accounts.spotify.com')
    .describe('For tests: a different Spotify sign-in service.'),
  spotify_api_url: safeUrl
    .default('https://api.spotify.com/v1')
    .describe('For tests: a different Spotify Web API.'),
  spotify_max_retries: whole(0, 10)
    .default(5)
    .describe('How often to retry a Spotify request after a temporary failure.'),
  spotify_backoff_base: seconds(0.1, 60)
    .default(1)
    .describe('Seconds to wait before the first retry of a Spotify request. Each retry doubles it.'),
  spotify_retry_jitter: z
    .number()
    .min(0)
    .max(1)
    .default(0.25)
    .describe('How much to vary these waits at random: 0.25 means 25 %.'),

  youtube_music_url: safeUrl
    .default('https://music.youtube.com')
    .describe('For tests: a different YouTube Music.'),
});

/** config.json with every default filled in. */
export type Config = z.output<typeof configSchema>;
export type ConfigKey = keyof Config;
