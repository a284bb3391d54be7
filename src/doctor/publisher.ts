import { HarmoniError } from '../errors.ts';
import type { HttpRequest, StreamingHttp } from '../system/http.ts';

/** How a publisher's server is asked. */
export interface Publisher {
  readonly http: StreamingHttp;
  readonly signal: AbortSignal;
}

/** A request that follows redirects, but never from https to http. A user and password in the address are sent apart. */
export function requestFor(address: string, signal: AbortSignal): HttpRequest & { readonly url: string } {
  const url = new URL(address);
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const login = user === ':' ? {} : { authorization: `Basic ${Buffer.from(user).toString('base64')}` };
  url.username = url.password = '';
  return {
    url: url.href,
    signal,
    redirects: 5,
    // A compressed answer would have another length than the file, and another checksum.
    headers: { ...login, 'accept-encoding': 'identity' },
    mayRedirect: (from, to) => to.protocol === 'https:' || from.protocol !== 'https:',
  };
}

/**
 * A text that names checksums. It is believed, so only the host that was asked may give it, or one below the domain
 * where its publisher keeps files.
 * @throws HarmoniError network-unreachable, network-timeout, response-not-understood; or the signal's reason
 */
export async function fetchChecksums(
  publisher: Publisher,
  url: string,
  options: { name: string; accept?: string; filesDomain?: string },
): Promise<{ text: string; contentType: string }> {
  const request = requestFor(url, publisher.signal);
  const accept = options.accept === undefined ? {} : { accept: options.accept };
  const answer = await publisher.http.request({
    ...request,
    headers: { ...request.headers, ...accept },
    mayRedirect: (from, to) =>
      request.mayRedirect?.(from, to) !== false &&
      (to.host === new URL(request.url).host ||
        (options.filesDomain !== undefined && to.hostname.endsWith(`.${options.filesDomain}`))),
  });
  if (answer.status === 200) {
    return { text: answer.body.toString('utf8'), contentType: answer.headers['content-type'] ?? '' };
  }
  const location = answer.headers['location'];
  const sentElsewhere = answer.status >= 300 && answer.status < 400 && location !== undefined;
  const detail = sentElsewhere
    ? `sent HARMONI to ${new URL(location, url).host}`
    : `answered ${answer.status}`;
  throw new HarmoniError('response-not-understood', `the server ${detail} for ${options.name}.`);
}
