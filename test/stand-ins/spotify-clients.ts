import type { DemoRequest } from '../../src/demo/spotify-exchange.ts';
import { demoClientId } from '../../src/demo/spotify-server.ts';

/** Apps from before 2026-02-11 get the old fields and endpoints beside the new ones. */
export type Cohort = 'old' | 'new';

/** A developer app, as its owner registered it. */
export interface DemoClient {
  readonly id: string;
  readonly name?: string;
  /** Without one it can only use PKCE. */
  readonly secret?: string;
  /** Exact; a loopback address may be registered without a port and is then good for every port. */
  readonly redirectUris: readonly string[];
  readonly cohort?: Cohort;
  /** On Spotify's list of clients that may use the device grant. */
  readonly deviceGrant?: boolean;
}

/** A new app with the device grant, any port of http://127.0.0.1/callback. */
export const demoClient: DemoClient = {
  id: demoClientId,
  name: 'HARMONI demo',
  redirectUris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
  deviceGrant: true,
};

/** Why a redirect URI is refused, in the words of Spotify's error page; undefined when it is good. */
export function redirectProblem(client: DemoClient | undefined, redirectUri: string): string | undefined {
  if (client === undefined) return 'INVALID_CLIENT: Invalid client';
  const url = URL.parse(redirectUri);
  if (url === null) return 'INVALID_CLIENT: Invalid redirect URI';
  const loopback = url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  if (url.hostname === 'localhost' || (url.protocol === 'http:' && !loopback)) {
    return 'INVALID_CLIENT: Insecure redirect URI';
  }
  const withoutPort = redirectUri.replace(`:${url.port}`, '');
  const registered = client.redirectUris.some(
    (uri) => uri === redirectUri || (loopback && uri === withoutPort),
  );
  return registered ? undefined : 'redirect_uri: Not matching configuration';
}

/**
 * The client that a token request comes from: by a Basic header, by id and secret in the form, or by the id alone
 * (PKCE). Otherwise the error_description of invalid_client ("" for none).
 */
export function authenticate(
  clients: readonly DemoClient[],
  request: DemoRequest,
): { readonly client: DemoClient; readonly isPublic: boolean } | { readonly refused: string } {
  const basic = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  const pair = basic === undefined ? undefined : Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair?.indexOf(':') ?? -1;
  const id = pair === undefined ? request.form.get('client_id') : pair.slice(0, colon);
  const secret = pair === undefined ? request.form.get('client_secret') : pair.slice(colon + 1);
  if (id === null || id === '') return { refused: '' };
  const client = clients.find((entry) => entry.id === id);
  if (client === undefined) return { refused: 'Invalid client' };
  if (secret === null) return { client, isPublic: true };
  return secret === client.secret ? { client, isPublic: false } : { refused: 'Invalid client secret' };
}

/** The scopes that the parameters of a request ask for. */
export function scopesOf(parameters: URLSearchParams): string[] {
  return (parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}
