import type { Http } from '../../system/http.ts';
import type { Candidate } from '../../matching/candidate.ts';
import { askMusic } from './music-request.ts';
import { parseMusicSearch } from './music-response.ts';

/** Filter parameters of YouTube Music's search page; without one it answers mixed, which is what an ISRC wants. */
const filters = {
  isrc: undefined,
  songs: 'EgWKAQIIAWoMEA4QChADEAQQCRAF',
  videos: 'EgWKAQIQAWoMEA4QChADEAQQCRAF',
} as const;

/** One search on YouTube Music. @throws HarmoniError as of askMusic */
export async function searchMusic(
  http: Http,
  baseUrl: string,
  kind: keyof typeof filters,
  query: string,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const params = filters[kind];
  const question = { query, ...(params === undefined ? {} : { params }) };
  return parseMusicSearch(await askMusic(http, baseUrl, 'search', question, signal));
}
