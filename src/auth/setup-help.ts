/** The texts that lead to a Spotify app of one's own, and around it. Pure. */

export const dashboardUrl = 'https://developer.spotify.com/dashboard';

/** How to get a client id, step by step (Spotify's rules for apps since 2026-03-09). */
export function setupSteps(redirectUri: string): readonly string[] {
  return [
    `Open ${dashboardUrl} and log in. You need Spotify Premium, or the app stops working.`,
    'Choose "Create app". Name and describe it as you like.',
    `Add exactly this redirect URI: ${redirectUri}`,
    'Select "Web API", agree to the terms and save.',
    'If others will use it, add them under "User Management" (up to five people).',
    "Open the app's settings and copy the Client ID (32 letters and digits). You don't need the secret.",
  ];
}

export function numbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

/** Two ways to one's playlists that need no app and no Premium. */
export function roadsWithoutApp(exportifyFolder: string): readonly string[] {
  return [
    `Exportify: export your playlists at https://exportify.net and put the CSV files in ${exportifyFolder}.`,
    'Account export: request your account data at https://www.spotify.com/account/privacy. It comes by email within ' +
      'days. Then run harmoni download my_spotify_data.zip.',
  ];
}

/**
 * What to look at when Spotify shows an error page instead of sending the browser back. Such errors ("redirect_uri: Not
 * matching configuration", "INVALID_CLIENT") never reach HARMONI, so it is said while it waits.
 */
export function registerHint(redirectUri: string): string {
  return (
    'If Spotify shows "redirect_uri: Not matching configuration": open your app on ' +
    `${dashboardUrl}, and under Settings, Redirect URIs, add exactly ${redirectUri}`
  );
}
