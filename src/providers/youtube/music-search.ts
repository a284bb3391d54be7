import { HarmoniError } from '../../errors.ts';
import type { Http } from '../../system/http.ts';
import type { Candidate } from '../../matching/candidate.ts';
import { parseMusicSearch } from './music-response.ts';

/** Filter parameters of YouTube Music's search page; without one it answers mixed, which is what an ISRC wants. */
const filters = {
  isrc: undefined,
  songs: 'EgWKAQIIAWoMEA4QChADEAQQCRAF',
  videos: 'EgWKAQIQAWoMEA4QChADEAQQCRAF',
} as const;

/** Any recent one does; the service wants the form 1.YYYYMMDD.XX.XX. */
const clientVersion = '1.20261028.03.00';

/**
 * One search on YouTube Music: one POST, no sign-in, no cookie. English is asked for so that texts have one form.
 * @throws HarmoniError music-blocked when it refuses (403, 429, a consent page), network-* when it cannot be reached,
 *   response-not-understood when the answer is no JSON
 */
export async function searchMusic(
  http: Http,
  baseUrl: string,
  kind: keyof typeof filters,
  query: string,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const params = filters[kind];
  const response = await http.request({
    url: `${baseUrl.replace(/\/$/, '')}/youtubei/v1/search?prettyPrint=false`,
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl, 'user-agent': 'Mozilla/5.0' },
    body: JSON.stringify({
      context: { client: { clientName: 'WEB_REMIX', clientVersion, hl: 'en', gl: 'US' } },
      query,
      ...(params === undefined ? {} : { params }),
    }),
    signal,
    timeoutMs: 15_000,
  });
  if (response.status !== 200) {
    throw new HarmoniError('music-blocked', `YouTube Music refused the search (HTTP ${response.status}).`);
  }
  const text = response.body.toString('utf8');
  if (text.trimStart().startsWith('<')) {
    throw new HarmoniError('music-blocked', 'YouTube Music answered with a web page instead of results.');
  }
  try {
    return parseMusicSearch(JSON.parse(text));
  } catch (cause) {
    throw new HarmoniError('response-not-understood', "YouTube Music's answer isn't valid JSON.", { cause });
  }
}
