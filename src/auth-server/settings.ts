import { requireClientId } from '../auth/client-id.ts';
import type { SpotifyConfig } from '../auth/sign-in-method.ts';
import { HarmoniError } from '../errors.ts';
import { readTokenKey } from './sealed-token.ts';

/** What the command line says. */
export interface AuthServerFlags {
  readonly port: number;
  readonly host: string;
  /** The https address of the proxy in front. */
  readonly behindProxy?: string | undefined;
  /** What /swap may be asked for, besides the settings' own redirect URI. */
  readonly redirectUris: readonly string[];
}

export interface AuthServerSettings {
  readonly port: number;
  readonly host: string;
  /** Where people reach it, without a slash at the end; undefined: at its own address. */
  readonly publicUrl: string | undefined;
  readonly redirectUris: readonly string[];
  readonly clientId: string;
  /** Empty: PKCE, and no /swap. */
  readonly clientSecret: string;
  /** AES-256; undefined: refresh tokens stay bare. */
  readonly tokenKey: Uint8Array | undefined;
}

/** Checks it all before anything listens. Throws HarmoniError auth-server-invalid, client-id-missing. */
export function readSettings(
  flags: AuthServerFlags,
  config: SpotifyConfig,
  env: Readonly<Record<string, string | undefined>>,
): AuthServerSettings {
  const publicUrl = flags.behindProxy === undefined ? undefined : readPublicUrl(flags.behindProxy);
  if (publicUrl === undefined && !isLoopback(flags.host)) {
    throw new HarmoniError(
      'auth-server-invalid',
      `On ${flags.host}, others on the network could read the tokens.`,
      { fix: 'Put an https proxy in front, and add --behind-proxy https://ITS.NAME.' },
    );
  }
  const key = env['HARMONI_AUTH_SERVER_KEY'] ?? '';
  return {
    port: flags.port,
    host: flags.host,
    publicUrl,
    redirectUris: [config.spotify_redirect_uri, ...flags.redirectUris],
    clientId: requireClientId(config),
    clientSecret: config.spotify_client_secret.trim(),
    tokenKey: key === '' ? undefined : readTokenKey(key),
  };
}

function readPublicUrl(text: string): string {
  if (text === '') {
    throw new HarmoniError('auth-server-invalid', "The proxy's https address is missing.", {
      fix: 'Set HARMONI_AUTH_SERVER_URL to it, such as https://pair.example.org. Without Docker, use --behind-proxy.',
    });
  }
  const url = URL.parse(text);
  const bare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url?.protocol === 'https:' && bare) return url.origin;
  throw new HarmoniError('auth-server-invalid', `"${text}" isn't an https address.`, {
    fix: 'Use the address that people open, such as --behind-proxy https://pair.example.org.',
  });
}

function isLoopback(host: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(host) || host === '::1' || host === 'localhost';
}
