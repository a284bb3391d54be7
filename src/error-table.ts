import { accountErrors } from './account-errors.ts';

/**
 * What a failure is of: `song` this song, for now · `upload` this upload, another may do · `moment` the same may do a little
 * later · `pause` everybody waits · `job` nothing else will go better.
 */
export type Scope = 'song' | 'upload' | 'moment' | 'pause' | 'job';

/**
 * What can go wrong, as a closed list. Every code carries the exit code of the process and a default remedy, so a code
 * without a remedy does not compile. Without a scope it is `song`.
 */
export const errorTable = {
  usage: { exit: 2, fix: 'Run harmoni --help to see the commands and options.' },
  cancelled: { exit: 130, fix: 'Run harmoni resume to continue where it stopped.' },
  internal: { exit: 1, fix: 'This is a bug in HARMONI. See data/logs/app.log for details.' },

  'config-not-json': {
    exit: 2,
    fix: 'Correct the file in an editor, or move it elsewhere to start with the defaults.',
  },
  'config-invalid': { exit: 2, fix: 'Fix the value in config.json, or run harmoni config reset.' },
  'config-not-writable': { exit: 1, fix: 'Make sure you can write to config.json and its folder.' },
  'source-not-found': { exit: 2, fix: 'Check the path or link for typos.' },
  'source-not-understood': {
    exit: 2,
    fix: 'Use a Spotify, YouTube or SoundCloud link, "liked", a playlist file, a folder of them, or "artist - title".',
  },
  'source-empty': { exit: 1, fix: 'Check that the playlist has songs, then try again.' },
  'source-too-large': { exit: 2, fix: 'Split the file into smaller ones.' },
  'source-broken': { exit: 1, fix: "Export the file again. HARMONI hasn't changed the old one." },

  ...accountErrors,

  'ytdlp-missing': { exit: 1, scope: 'job', fix: 'Run harmoni doctor --fix to install yt-dlp.' },
  'ytdlp-broken': { exit: 1, scope: 'job', fix: 'Run harmoni doctor --fix to install a working yt-dlp.' },
  'ytdlp-options': { exit: 2, scope: 'job', fix: 'Fix ytdlp_extra_args in config.json.' },
  'ffmpeg-missing': { exit: 1, scope: 'job', fix: 'Run harmoni doctor --fix to install ffmpeg.' },

  'player-missing': { exit: 1, fix: 'Install mpv or ffplay (in ffmpeg), or open it in your browser.' },
  'player-failed': { exit: 1, fix: 'Open the match in your browser.' },

  'network-unreachable': {
    exit: 1,
    scope: 'moment',
    fix: 'Check your internet connection, then run harmoni retry.',
  },
  'network-timeout': {
    exit: 1,
    scope: 'moment',
    fix: 'Check your internet connection, then run harmoni retry.',
  },
  'proxy-unreachable': {
    exit: 1,
    scope: 'moment',
    fix: 'Check the setting proxy (or --proxy in ytdlp_extra_args, or https_proxy), then run harmoni retry.',
  },
  'response-not-understood': { exit: 1, fix: 'Try again later. If it keeps failing, update HARMONI.' },
  'service-busy': { exit: 1, fix: 'Run the same command later. It continues where it stopped.' },
  'music-blocked': { exit: 1, fix: 'No action needed. HARMONI uses the regular YouTube search instead.' },

  'update-not-possible': { exit: 1, fix: 'Update HARMONI the way you installed it.' },
  'update-failed': { exit: 1, fix: 'Fix that, then run harmoni update again.' },

  'output-not-writable': {
    exit: 1,
    scope: 'job',
    fix: 'Make sure you can write to it and run harmoni resume, or set another output_dir and download again.',
  },
  'library-missing': {
    exit: 1,
    scope: 'job',
    fix: 'Connect or mount the disk with your music, then try again. If you have no music yet, download some first.',
  },
  'sync-running': { exit: 1, fix: 'Wait for it to finish, then try again.' },
  'library-busy': { exit: 1, fix: 'Wait for it to finish, then try again.' },
  'file-gone': { exit: 1, fix: "Run harmoni retry, and don't change your library while it runs." },
  'disk-full': { exit: 1, scope: 'job', fix: 'Free up some space, then run harmoni resume.' },
  'store-broken': {
    exit: 1,
    scope: 'job',
    fix: 'Move that file elsewhere, then run harmoni backup restore latest. Without a backup, HARMONI finds your songs again but forgets the matches you chose.',
  },
  'store-busy': {
    exit: 1,
    scope: 'job',
    fix: 'Another HARMONI is writing to it. Wait for it to finish, then try again.',
  },

  'backup-broken': { exit: 1, fix: 'Use another backup. Run harmoni backup list to see them.' },

  'bot-check': {
    exit: 1,
    fix: 'Wait an hour, or use cookies: set cookies_from_browser to your browser, or cookies_file to a cookies.txt on a machine without one.',
  },
  'age-restricted': {
    exit: 1,
    scope: 'upload',
    fix: 'Use cookies from an adult account: set cookies_from_browser to your browser, or cookies_file to a cookies.txt.',
  },
  'session-limit': {
    exit: 1,
    scope: 'pause',
    fix: 'YouTube limits guests to about 300 videos an hour. Run harmoni resume later.',
  },
  'http-forbidden': {
    exit: 1,
    scope: 'moment',
    fix: 'Run harmoni retry later. If it keeps failing, harmoni doctor tells you whether yt-dlp is too old.',
  },
  'http-too-many-requests': { exit: 1, scope: 'moment', fix: 'Wait an hour, then run harmoni retry.' },
  'video-unavailable': { exit: 1, scope: 'upload', fix: 'Choose another match with harmoni review.' },
  'video-private': { exit: 1, scope: 'upload', fix: 'Choose another match with harmoni review.' },
  'video-not-in-country': {
    exit: 1,
    scope: 'upload',
    fix: 'Choose another match with harmoni review, or set proxy.',
  },
  'video-not-yet-out': { exit: 1, scope: 'upload', fix: 'Run harmoni retry after the premiere.' },
  'format-not-available': {
    exit: 1,
    scope: 'upload',
    fix: 'Choose another match with harmoni review. If it happens often, harmoni doctor tells you whether yt-dlp is too old.',
  },
  'js-runtime-missing': {
    exit: 1,
    scope: 'job',
    fix: 'Start HARMONI with ./start.sh, which includes the Node that yt-dlp needs.',
  },
  'download-empty': {
    exit: 1,
    scope: 'upload',
    fix: 'Run harmoni retry later, or choose another video with harmoni review.',
  },
  'download-failed': { exit: 1, scope: 'moment', fix: 'Run harmoni retry later.' },
  'youtube-unavailable': { exit: 1, scope: 'moment', fix: 'Run harmoni retry later.' },
  'extractor-failed': {
    exit: 1,
    scope: 'moment',
    fix: 'Update yt-dlp with harmoni doctor --fix, then run harmoni retry.',
  },
  'download-misplaced': {
    exit: 1,
    fix: 'Run harmoni doctor --fix to install a working yt-dlp, then run harmoni retry.',
  },
  'download-stalled': {
    exit: 1,
    scope: 'moment',
    fix: 'Check your internet connection, then run harmoni retry.',
  },
  'no-match': { exit: 1, fix: "Paste a link with harmoni review, or check the song's spelling." },
  'match-unsure': {
    exit: 1,
    fix: 'Choose a match with harmoni review, or take this one with --accept unsure.',
  },
  'not-proven': { exit: 1, scope: 'upload', fix: 'Listen to it and choose a match with harmoni review.' },
  'wrong-length': { exit: 1, scope: 'upload', fix: 'Choose the right match with harmoni review.' },
  'convert-failed': {
    exit: 1,
    scope: 'upload',
    fix: 'Run harmoni doctor to check ffmpeg, then run harmoni retry.',
  },
  'convert-stalled': {
    exit: 1,
    scope: 'upload',
    fix: 'Run harmoni retry. If it happens again, run harmoni doctor to check ffmpeg.',
  },
  'tag-failed': {
    exit: 1,
    scope: 'upload',
    fix: 'Run harmoni retry. If it keeps failing, choose another audio_format.',
  },
  'verify-failed': { exit: 1, scope: 'upload', fix: 'Run harmoni retry to download it again.' },
} as const satisfies Record<string, { exit: number; fix: string; scope?: Scope }>;
