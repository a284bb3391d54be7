import type { SpotifyConfig } from './sign-in-method.ts';

/**
 * The way to sign in that fits this machine and what is set: whoever runs a helper wants to use it; with a browser at
 * hand nothing beats PKCE, which needs neither a secret nor a server. Pure.
 */
export function recommendedMethod(config: SpotifyConfig, hasDesktop: boolean): string {
  if (config.spotify_sign_in_method !== 'pkce') return config.spotify_sign_in_method;
  if (config.spotify_auth_server_url !== '' && !hasDesktop) return 'pairing';
  if (config.spotify_token_swap_url !== '') return 'token-swap';
  return 'pkce';
}
