import { HarmoniError } from '../../errors.ts';
import type { Http } from '../../system/http.ts';

/** Any recent one does; the service wants the form 1.YYYYMMDD.XX.XX. */
const clientVersion = '1.20261028.03.00';

/**
 * One question to YouTube Music: one POST, no sign-in, no cookie. English is asked for so that texts have one form.
 * @param endpoint `search`, or `browse` for the page of an album
 * @returns its answer, parsed JSON
 * @throws HarmoniError music-blocked when it refuses (403, 429, a consent page), network-* when it cannot be reached,
 *   response-not-understood when the answer is no JSON
 */
export async function askMusic(
  http: Http,
  baseUrl: string,
  endpoint: 'search' | 'browse',
  question: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  const response = await http.request({
    url: `${baseUrl.replace(/\/$/, '')}/youtubei/v1/${endpoint}?prettyPrint=false`,
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl, 'user-agent': 'Mozilla/5.0' },
    body: JSON.stringify({
      context: { client: { clientName: 'WEB_REMIX', clientVersion, hl: 'en', gl: 'US' } },
      ...question,
    }),
    signal,
    timeoutMs: 15_000,
  });
  if (response.status !== 200) {
    throw new HarmoniError(
      'music-blocked',
      `YouTube Music refused the ${wordFor[endpoint]} (HTTP ${response.status}).`,
    );
  }
  const text = response.body.toString('utf8');
  if (text.trimStart().startsWith('<')) {
    throw new HarmoniError('music-blocked', 'YouTube Music answered with a web page instead of results.');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HarmoniError('response-not-understood', "YouTube Music's answer isn't valid JSON.", { cause });
  }
}

const wordFor = { search: 'search', browse: 'page of an album' } as const;
