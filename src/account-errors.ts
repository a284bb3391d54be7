/** What can go wrong with signing in and with Spotify. Its columns are those of error-table.ts, which takes it in. */
export const accountErrors = {
  'sign-in-needed': { exit: 4, fix: 'Run harmoni login.' },
  'sign-in-expired': {
    exit: 4,
    fix: 'Run harmoni login to sign in again. Spotify ends every sign-in after six months.',
  },
  'sign-in-cancelled': { exit: 130, fix: 'Run harmoni login to try again.' },
  'sign-in-timeout': { exit: 4, fix: 'Run harmoni login to try again.' },
  'sign-in-denied': { exit: 4, fix: 'Run harmoni login and choose Agree, or use an Exportify CSV.' },
  'sign-in-refused': {
    exit: 4,
    fix: "Run harmoni login to try again. If it keeps failing, check your app's settings.",
  },
  'sign-in-state-mismatch': {
    exit: 4,
    fix: 'Use the latest address HARMONI showed you, and close older browser tabs.',
  },
  'sign-in-paste-not-understood': {
    exit: 2,
    fix: 'Copy the whole address you landed on. It contains code= and state=.',
  },
  'redirect-uri-invalid': {
    exit: 2,
    fix: 'Set spotify_redirect_uri to http://127.0.0.1:8888/callback, and add the same address to your app.',
  },
  'callback-port-busy': {
    exit: 1,
    fix: 'Close the other program, or choose another port in spotify_redirect_uri and in your app. You can also paste the address.',
  },
  'callback-not-possible': { exit: 1, fix: 'Paste the address you land on, even if it shows an error.' },
  'client-id-missing': {
    exit: 4,
    fix: "Set spotify_client_id to your own app's client ID, or use an Exportify CSV.",
  },
  'client-refused': {
    exit: 4,
    fix: "Check that spotify_client_id is your app's client ID on developer.spotify.com/dashboard.",
  },
  'client-secret-missing': {
    exit: 4,
    fix: "Set SPOTIFY_CLIENT_SECRET in the environment, or sign in with pkce, which doesn't need a secret.",
  },
  'device-grant-refused': {
    exit: 4,
    fix: 'Sign in with pairing, which works with any app, or use pkce and paste the address.',
  },
  'token-server-failed': {
    exit: 1,
    fix: "Check that server's log, and make sure its redirect URI is your spotify_redirect_uri.",
  },
  'auth-server-invalid': { exit: 2, fix: 'Run harmoni auth-server --help to see its options.' },
  'auth-server-port-busy': { exit: 1, fix: 'Close the other program, or choose another port with --port.' },
  'token-refused': { exit: 4, fix: 'Run harmoni login to get a new code.' },
  'token-not-saved': {
    exit: 1,
    fix: "Make sure you can write to the data folder. Until then, you'll have to sign in at every start.",
  },
  'token-busy': { exit: 1, fix: 'Wait for the other HARMONI to finish, then try again.' },
  'spotify-rate-limited': { exit: 1, fix: 'Run the same command later. It continues where it stopped.' },
  'spotify-quota-exceeded': { exit: 1, fix: 'Run the same command later. It continues where it stopped.' },
  'spotify-not-your-playlist': {
    exit: 1,
    fix: 'Copy its songs to one of your own playlists, or export it with Exportify and use the CSV.',
  },
  'spotify-own-playlist': {
    exit: 1,
    fix: 'Copy it to a playlist of your own in Spotify, and use the link of your copy.',
  },
  'spotify-premium-lapsed': {
    exit: 1,
    fix: 'Renew Premium for the account that owns the app and wait a few hours, or use an Exportify CSV.',
  },
  'spotify-user-not-registered': {
    exit: 1,
    fix: "Add your account to the app's User Management on developer.spotify.com, or use your own app.",
  },
  'spotify-scope-missing': { exit: 4, fix: 'Run harmoni login and agree to all permissions.' },
  'spotify-refused': {
    exit: 1,
    fix: 'Run harmoni login. If it keeps failing, use an Exportify CSV instead.',
  },
  'spotify-not-found': { exit: 1, fix: 'Check the link. It may have been deleted, or be private.' },
  'spotify-unavailable': { exit: 1, fix: 'Run the same command later. It continues where it stopped.' },
} as const;
