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
  cancelled: { exit: 130, fix: 'Run harmoni resume to go on where it stopped.' },
  internal: { exit: 1, fix: 'This is a fault in HARMONI. The log in data/logs/app.log has the details.' },

  'config-not-json': { exit: 2, fix: 'Correct the file, or move it away to start with the defaults.' },
  'config-invalid': { exit: 2, fix: 'Correct the value in config.json, or run harmoni config reset.' },
  'config-not-writable': { exit: 1, fix: 'Make config.json and its folder writable for your user.' },

  'source-not-found': { exit: 2, fix: 'Check the path or link for typing errors.' },
  'source-not-understood': {
    exit: 2,
    fix: 'Give a Spotify, YouTube or SoundCloud link, "liked", an Exportify CSV or folder, a tracks.json, or "artist - title".',
  },
  'source-empty': { exit: 1, fix: 'Export the playlist again and check that it has songs.' },
  'source-too-large': { exit: 2, fix: 'Split the file into smaller ones.' },
  'source-broken': { exit: 1, fix: 'Export the file again; the old one is left as it is.' },

  'sign-in-needed': { exit: 4, fix: 'Run harmoni login.' },
  'sign-in-expired': { exit: 4, fix: 'Run harmoni login; Spotify ends every sign-in after six months.' },
  'sign-in-cancelled': { exit: 130, fix: 'Run harmoni login to start again.' },
  'sign-in-timeout': { exit: 4, fix: 'Run harmoni login to start again.' },
  'sign-in-denied': { exit: 4, fix: 'Run harmoni login and press Agree, or give an Exportify CSV.' },
  'sign-in-refused': { exit: 4, fix: 'Run harmoni login to start again; if it stays, look at your app.' },
  'sign-in-state-mismatch': {
    exit: 4,
    fix: 'Use the newest address that HARMONI showed; close older browser tabs.',
  },
  'sign-in-paste-not-understood': {
    exit: 2,
    fix: 'Copy the whole address that the browser ended at; it holds code= and state=.',
  },
  'redirect-uri-invalid': {
    exit: 2,
    fix: 'Set spotify_redirect_uri to http://127.0.0.1:8888/callback, and register the same in your app.',
  },
  'callback-port-busy': {
    exit: 1,
    fix: 'Close the other program or set another port in spotify_redirect_uri and in your app. Pasting works too.',
  },
  'callback-not-possible': {
    exit: 1,
    fix: 'Paste the address that the browser ends at, even when its page shows an error.',
  },
  'client-id-missing': {
    exit: 4,
    fix: 'Set spotify_client_id to the client id of your own app, or give an Exportify CSV.',
  },
  'client-refused': {
    exit: 4,
    fix: 'Compare spotify_client_id with the client id of your app on developer.spotify.com/dashboard.',
  },
  'client-secret-missing': {
    exit: 4,
    fix: 'Set SPOTIFY_CLIENT_SECRET in the environment, or sign in with pkce, which needs no secret.',
  },
  'device-grant-refused': {
    exit: 4,
    fix: 'Sign in with pairing, which any app may use, or with pkce and paste the address.',
  },
  'token-server-failed': {
    exit: 1,
    fix: 'Look at the log of that server, and compare spotify_redirect_uri with the one that it uses.',
  },
  'auth-server-invalid': { exit: 2, fix: 'Run harmoni auth-server --help to see what it takes.' },
  'auth-server-port-busy': { exit: 1, fix: 'Close the other program, or choose another port with --port.' },
  'token-refused': { exit: 4, fix: 'Run harmoni login to get a new code.' },
  'token-not-saved': {
    exit: 1,
    fix: 'Make the data folder writable for your user; until then every start needs a sign-in.',
  },
  'token-busy': { exit: 1, fix: 'Wait until the other HARMONI is done, then try again.' },
  'spotify-rate-limited': { exit: 1, fix: 'Run the same command later: it goes on where it stopped.' },
  'spotify-quota-exceeded': { exit: 1, fix: 'Run the same command later: it goes on where it stopped.' },
  'spotify-not-your-playlist': {
    exit: 1,
    fix: 'Copy its songs into a playlist of your own, or export it with Exportify and give the CSV.',
  },
  'spotify-own-playlist': {
    exit: 1,
    fix: 'Copy its songs into a playlist of your own, and give the link of that one.',
  },
  'spotify-premium-lapsed': {
    exit: 1,
    fix: 'Renew Premium for the account that owns the app and wait some hours, or give an Exportify CSV.',
  },
  'spotify-user-not-registered': {
    exit: 1,
    fix: 'Add your account under User Management of the app on developer.spotify.com, or use an app of your own.',
  },
  'spotify-scope-missing': { exit: 4, fix: 'Run harmoni login and agree to everything that is asked.' },
  'spotify-refused': { exit: 1, fix: 'Run harmoni login; if it stays, give an Exportify CSV instead.' },
  'spotify-not-found': { exit: 1, fix: 'Check the link: it may be deleted, or private to somebody else.' },
  'spotify-unavailable': { exit: 1, fix: 'Run the same command later: it goes on where it stopped.' },

  'ytdlp-missing': { exit: 1, scope: 'job', fix: 'Run harmoni doctor --fix to get yt-dlp.' },
  'ytdlp-broken': { exit: 1, scope: 'job', fix: 'Run harmoni doctor --fix to get a working yt-dlp.' },
  'ytdlp-options': { exit: 2, scope: 'job', fix: 'Correct ytdlp_extra_args in config.json.' },
  'ffmpeg-missing': { exit: 1, scope: 'job', fix: 'Run harmoni doctor --fix to get ffmpeg.' },

  'network-unreachable': {
    exit: 1,
    scope: 'moment',
    fix: 'Check the internet connection, then run harmoni retry.',
  },
  'network-timeout': {
    exit: 1,
    scope: 'moment',
    fix: 'Check the internet connection, then run harmoni retry.',
  },
  'proxy-unreachable': {
    exit: 1,
    scope: 'moment',
    fix: 'Check the proxy in ytdlp_extra_args or https_proxy, then run harmoni retry.',
  },
  'response-not-understood': { exit: 1, fix: 'Try again later; if it stays, update HARMONI.' },
  'music-blocked': { exit: 1, fix: 'Nothing to do: the plain YouTube search is used instead.' },

  'update-not-possible': { exit: 1, fix: 'Update HARMONI the way you installed it.' },
  'update-failed': { exit: 1, fix: 'Put that right, then run harmoni update again.' },

  'output-not-writable': {
    exit: 1,
    scope: 'job',
    fix: 'Choose another folder with output_dir, or make this one writable.',
  },
  'file-gone': { exit: 1, fix: 'Run harmoni retry, and leave the library alone while it works.' },
  'disk-full': { exit: 1, scope: 'job', fix: 'Free some space, then run harmoni resume.' },
  'store-broken': {
    exit: 1,
    scope: 'job',
    fix: 'Move that file away. HARMONI makes a new one and finds your songs again, but forgets which videos you chose.',
  },
  'store-busy': {
    exit: 1,
    scope: 'job',
    fix: 'Another HARMONI is writing. Wait until it is done and try again.',
  },

  'bot-check': {
    exit: 1,
    fix: 'Wait an hour, or use cookies: set ytdlp_extra_args to "--cookies-from-browser firefox", or to "--cookies FILE" on a machine without a browser.',
  },
  'age-restricted': {
    exit: 1,
    scope: 'upload',
    fix: 'Use cookies from an adult account: set ytdlp_extra_args to "--cookies-from-browser firefox" or "--cookies FILE".',
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
  'video-unavailable': { exit: 1, scope: 'upload', fix: 'Choose another video with harmoni review.' },
  'video-private': { exit: 1, scope: 'upload', fix: 'Choose another video with harmoni review.' },
  'video-not-in-country': {
    exit: 1,
    scope: 'upload',
    fix: 'Choose another video with harmoni review, or use a proxy with ytdlp_extra_args.',
  },
  'video-not-yet-out': { exit: 1, scope: 'upload', fix: 'Run harmoni retry after the premiere.' },
  'format-not-available': {
    exit: 1,
    scope: 'upload',
    fix: 'Choose another video with harmoni review. If it happens often, harmoni doctor tells you whether yt-dlp is too old.',
  },
  'js-runtime-missing': {
    exit: 1,
    scope: 'job',
    fix: 'Start HARMONI with ./start.sh, which brings the Node that yt-dlp needs.',
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
    fix: 'Run harmoni doctor --fix to get a yt-dlp that works, then run harmoni retry.',
  },
  'download-stalled': {
    exit: 1,
    scope: 'moment',
    fix: 'Check the internet connection, then run harmoni retry.',
  },
  'no-match': { exit: 1, fix: 'Give the link of the right video in harmoni review, or check the spelling.' },
  'match-unsure': {
    exit: 1,
    fix: 'Choose the right video with harmoni review, or take it with --accept unsure.',
  },
  'wrong-length': { exit: 1, scope: 'upload', fix: 'Choose the right video with harmoni review.' },
  'convert-failed': {
    exit: 1,
    scope: 'upload',
    fix: 'Run harmoni doctor to check ffmpeg, then harmoni retry.',
  },
  'convert-stalled': {
    exit: 1,
    scope: 'upload',
    fix: 'Run harmoni retry. If it happens again, run harmoni doctor to check ffmpeg.',
  },
  'tag-failed': {
    exit: 1,
    scope: 'upload',
    fix: 'Run harmoni retry; if it stays, choose another audio_format.',
  },
  'verify-failed': { exit: 1, scope: 'upload', fix: 'Run harmoni retry to fetch it again.' },
} as const satisfies Record<string, { exit: number; fix: string; scope?: Scope }>;
