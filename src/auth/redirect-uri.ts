import { HarmoniError } from '../errors.ts';

/**
 * A redirect URI that Spotify takes: https, a scheme of one's own, or plain http on a loopback address (rules in force
 * for all apps since 2025-11-27).
 */
export interface RedirectUri {
  /** As written: Spotify compares it letter by letter with the registered one. */
  readonly text: string;
  /** Where a server of ours can wait for it; undefined when the answer must be pasted. */
  readonly loopback?: Loopback;
}

export interface Loopback {
  readonly host: '127.0.0.1' | '::1';
  /** 0 when the URI names none: Spotify then takes any port for a URI that is registered without one. */
  readonly port: number;
  readonly path: string;
}

/** Checks `spotify_redirect_uri`. Throws HarmoniError redirect-uri-invalid with the mend. */
export function parseRedirectUri(value: string): RedirectUri {
  const text = value.trim();
  const url = URL.parse(text);
  if (url === null) throw invalid(`The redirect URI "${text}" isn't an address.`);
  if (url.hash !== '' || url.username !== '' || url.password !== '') {
    throw invalid("The redirect URI can't contain a # part or a user name.");
  }
  const { protocol, hostname } = url;
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) {
    throw invalid('Spotify no longer accepts localhost in a redirect URI.', {
      fix: `Use 127.0.0.1 instead of localhost, in spotify_redirect_uri and in your app: ${text.replace(/localhost/i, '127.0.0.1')}`,
    });
  }
  if (protocol !== 'http:') return { text };
  if (hostname !== '127.0.0.1' && hostname !== '[::1]') {
    throw invalid(`Spotify accepts http only for 127.0.0.1 and [::1], not for ${hostname}.`, {
      fix: 'Use https for that address, or http://127.0.0.1:8888/callback in spotify_redirect_uri and in your app.',
    });
  }
  const host = hostname === '[::1]' ? '::1' : '127.0.0.1';
  // The URL parser drops ":80", which is a port that was named all the same.
  const port = url.port !== '' ? Number(url.port) : authority(text).endsWith(':80') ? 80 : 0;
  return { text, loopback: { host, port, path: url.pathname } };
}

/** The redirect URI with the port that the server got, when it names none itself. */
export function withPort(redirect: RedirectUri, port: number): string {
  if (redirect.loopback?.port !== 0) return redirect.text;
  const named = authority(redirect.text);
  return redirect.text.replace(named, () => `${named}:${String(port)}`);
}

/**
 * The address to bind. `auto` binds the URI's own host; inside a container that would be unreachable, because the
 * port that Docker publishes arrives from outside, so there it is every address while the URI stays the same.
 */
export function bindAddress(loopback: Loopback, callbackHost: string, inContainer: boolean): string {
  if (callbackHost !== 'auto') return callbackHost;
  if (!inContainer) return loopback.host;
  return loopback.host === '::1' ? '::' : '0.0.0.0';
}

function authority(text: string): string {
  return /^http:\/\/[^/?]+/i.exec(text)?.[0] ?? '';
}

function invalid(message: string, options: { fix?: string } = {}): HarmoniError {
  return new HarmoniError('redirect-uri-invalid', message, options);
}
