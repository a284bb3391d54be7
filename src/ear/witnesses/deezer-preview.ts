import type { Http, HttpResponse } from '../../system/http.ts';

export interface PreviewParts {
  readonly http: Pick<Http, 'request'>;
  readonly userAgent: string;
  /** The setting deezer_url. */
  readonly deezerUrl: string;
}

/** One of 30 s has 480 kB. */
const mostBytes = 5 * 2 ** 20;
const timeoutMs = 15_000;
const hosts = ['dzcdn.net', 'deezer.com'];

/** The bytes of a preview; `expired` where its address isn't good anymore, `later` for whatever else goes wrong. */
export type FetchedPreview = Uint8Array | 'expired' | 'later';

/**
 * Fetches a preview, from Deezer's own hosts alone: where an address leads is somebody else's word. @throws the signal's
 * reason
 */
export async function fetchPreview(
  { http, userAgent, deezerUrl }: PreviewParts,
  address: string,
  signal: AbortSignal,
): Promise<FetchedPreview> {
  if (!mayFetch(address, deezerUrl)) return 'later';
  let response: HttpResponse;
  try {
    response = await http.request({
      url: address,
      headers: { 'user-agent': userAgent },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      maxBytes: mostBytes,
    });
  } catch {
    signal.throwIfAborted();
    return 'later';
  }
  if (response.status === 403) return 'expired';
  return response.status === 200 && response.body.length > 0 ? response.body : 'later';
}

/** Whether an address is one of Deezer's: https and its hosts, or the server that is set in its place. Pure. */
export function mayFetch(address: string, deezerUrl: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.origin === URL.parse(deezerUrl)?.origin) return true;
  const isDeezers = hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return isDeezers && url.protocol === 'https:' && url.port === '';
}
