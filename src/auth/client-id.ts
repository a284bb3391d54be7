import { HarmoniError } from '../errors.ts';
import type { SpotifyConfig } from './sign-in-method.ts';

/** The client id that a sign-in would use. */
export type ClientId =
  | { readonly type: 'own'; readonly clientId: string }
  | { readonly type: 'fallback'; readonly clientId: string; readonly warning: HarmoniError }
  | { readonly type: 'missing'; readonly error: HarmoniError };

/**
 * The own client id, else the fallback with a warning. HARMONI ships none: a borrowed id works only with the redirect
 * URIs that its owner registered, and only as long as the owner lets it.
 */
export function effectiveClientId(config: SpotifyConfig): ClientId {
  const own = config.spotify_client_id.trim();
  if (own !== '') return { type: 'own', clientId: own };
  const fallback = config.spotify_fallback_client_id.trim();
  if (fallback === '') {
    return { type: 'missing', error: new HarmoniError('client-id-missing', 'No Spotify client ID is set.') };
  }
  const warning = new HarmoniError(
    'client-id-missing',
    'Signing in with spotify_fallback_client_id, an app that may not be yours. Spotify may refuse it at any time.',
  );
  return { type: 'fallback', clientId: fallback, warning };
}

/** Spotify's client ids are 32 hexadecimal digits. */
export function looksLikeClientId(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text.trim());
}

/** The effective client id; a borrowed one is reported first. Throws HarmoniError client-id-missing. */
export function requireClientId(config: SpotifyConfig, onWarning?: (warning: HarmoniError) => void): string {
  const chosen = effectiveClientId(config);
  if (chosen.type === 'missing') throw chosen.error;
  if (chosen.type === 'fallback') onWarning?.(chosen.warning);
  return chosen.clientId;
}
