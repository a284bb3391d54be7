import { answerApi, page, type ApiOptions } from '../../src/demo/spotify-api.ts';
import { spotifyId, type DemoCatalogue, type DemoRow } from '../../src/demo/spotify-catalogue.ts';
import { apiError, jsonAnswer, type DemoAnswer, type DemoRequest } from '../../src/demo/spotify-exchange.ts';
import { albumId, albumJson, simpleTrackJson, trackId, trackJson } from '../../src/demo/spotify-json.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { Cohort } from './spotify-clients.ts';
import { pickFields } from './spotify-fields.ts';
import { asTracks, withOldFields } from './spotify-old-cohort.ts';
import type { Bearer } from './spotify-tokens.ts';

interface StrictApiOptions {
  readonly catalogue: DemoCatalogue;
  readonly baseUrl: string;
  readonly cohortOf: (clientId: string) => Cohort;
}

interface Call extends ApiOptions {
  readonly request: DemoRequest;
  readonly cohort: Cohort;
  readonly scopes: readonly string[];
}

/** Path, the scope it needs, whether apps of 2026-02-11 and later may still call it, and what the demo doesn't have. */
const routes: readonly {
  path: RegExp;
  scope?: string;
  closed?: boolean;
  answer?: (call: Call, id: string) => DemoAnswer;
}[] = [
  { path: /^\/v1\/me\/playlists$/, scope: 'playlist-read-private', answer: playlists },
  { path: /^\/v1\/users\/[^/]+\/playlists$/, closed: true, answer: playlists },
  { path: /^\/v1\/me\/tracks$/, scope: 'user-library-read' },
  { path: /^\/v1\/playlists\/([^/]+)$/, answer: wholePlaylist },
  { path: /^\/v1\/playlists\/([^/]+)\/tracks$/, closed: true, answer: playlistTracks },
  { path: /^\/v1\/tracks$/, closed: true, answer: manyTracks },
  { path: /^\/v1\/tracks\/([^/]+)$/, answer: track },
  { path: /^\/v1\/albums\/([^/]+)$/, answer: album },
  { path: /^\/v1\/albums\/([^/]+)\/tracks$/, answer: albumTracks },
  { path: /^\/v1\/artists\/([^/]+)\/albums$/, answer: artistAlbums },
];

/** The Web API with its tokens, scopes and closed endpoints, for old apps and for new ones (2026-02-11). */
export function answerApiStrictly(
  { catalogue, baseUrl, cohortOf }: StrictApiOptions,
  request: DemoRequest,
  bearer: Bearer,
): DemoAnswer {
  if (bearer.kind !== 'valid') return unauthorised(bearer.kind);
  const cohort = cohortOf(bearer.clientId);
  const { scopes } = bearer;
  // Old apps read the rows of all playlists.
  const mayRead = cohort === 'old' ? { mayRead: () => true } : {};
  const call: Call = { catalogue, baseUrl, request, cohort, scopes, ...mayRead };
  const route = routes.find(({ path }) => path.test(request.path));
  if (request.method !== 'GET') return apiError(405, 'Method not allowed');
  if (route?.closed === true && cohort === 'new') return apiError(403, 'Forbidden');
  if (route?.scope !== undefined && !scopes.includes(route.scope)) {
    return apiError(403, 'Insufficient client scope');
  }
  const id = route?.path.exec(request.path)?.[1] ?? '';
  const answer = route?.answer?.(call, id) ?? answerApi(call, request);
  const fields = request.query.get('fields');
  if (answer.status !== 200 || (cohort === 'new' && fields === null)) return answer;
  const body = String(answer.body);
  const json: unknown = cohort === 'old' ? withOldFields(body) : JSON.parse(body);
  return jsonAnswer(200, pickFields(json, fields));
}

function unauthorised(kind: 'missing' | 'invalid' | 'expired'): DemoAnswer {
  const message = {
    missing: 'No token provided',
    invalid: 'Invalid access token',
    expired: 'The access token expired',
  }[kind];
  const error = kind === 'missing' ? 'missing_token' : 'invalid_token';
  const challenge = `Bearer realm="spotify", error="${error}", error_description="${message}"`;
  return apiError(401, message, { headers: { 'www-authenticate': challenge } });
}

function playlists(call: Call): DemoAnswer {
  const shown = call.catalogue.playlists.filter(
    (entry) => !entry.collaborative || call.scopes.includes('playlist-read-collaborative'),
  );
  const catalogue = { ...call.catalogue, playlists: shown };
  return answerApi({ ...call, catalogue }, { ...call.request, path: '/v1/me/playlists' });
}

/** With its first rows, where the app may read them. */
function wholePlaylist(call: Call): DemoAnswer {
  const { request } = call;
  const facts = answerApi(call, request);
  const query = new URLSearchParams({ limit: '50' });
  const rows = answerApi(call, { ...request, path: `${request.path}/items`, query });
  if (rows.status !== 200) return facts;
  const items: unknown = JSON.parse(String(rows.body));
  return jsonAnswer(200, { ...(JSON.parse(String(facts.body)) as object), items });
}

function playlistTracks(call: Call, id: string): DemoAnswer {
  const answer = answerApi(call, { ...call.request, path: `/v1/playlists/${id}/items` });
  return answer.status === 200 ? jsonAnswer(200, asTracks(JSON.parse(String(answer.body)))) : answer;
}

/** Every track that is in a list; the liked songs may be too many to look through. */
function allTracks({ catalogue }: Call): Track[] {
  const liked = catalogue.liked.length > 5_000 ? 0 : catalogue.liked.length;
  const rows: (DemoRow | undefined)[] = [
    ...catalogue.playlists.flatMap((entry) => entry.rows),
    ...Array.from({ length: liked }, (_, index) => catalogue.liked.at(index)),
  ];
  const tracks = rows.flatMap((row) => (row?.kind === 'track' ? [row.track] : []));
  return [...new Map(tracks.map((entry) => [trackId(entry), entry])).values()];
}

function track(call: Call, id: string): DemoAnswer {
  const found = allTracks(call).find((entry) => trackId(entry) === id);
  return found === undefined
    ? apiError(404, 'Resource not found')
    : jsonAnswer(200, trackJson(found, call.baseUrl));
}

function manyTracks(call: Call): DemoAnswer {
  const ids = (call.request.query.get('ids') ?? '').split(',');
  const tracks = allTracks(call).filter((entry) => ids.includes(trackId(entry)));
  return jsonAnswer(200, { tracks: tracks.map((entry) => trackJson(entry, call.baseUrl)) });
}

function tracksOfAlbum(call: Call, id: string): Track[] {
  return allTracks(call)
    .filter((entry) => albumId(entry) === id)
    .toSorted(
      (a, b) => (a.discNumber ?? 1) - (b.discNumber ?? 1) || (a.trackNumber ?? 1) - (b.trackNumber ?? 1),
    );
}

function album(call: Call, id: string): DemoAnswer {
  const [first] = tracksOfAlbum(call, id);
  if (first === undefined) return apiError(404, 'Resource not found');
  const old =
    call.cohort === 'old' && first.label !== undefined ? { label: first.label, popularity: 40 } : {};
  const firstPage = { ...call, request: { ...call.request, query: new URLSearchParams({ limit: '50' }) } };
  const copyrights = first.copyright === undefined ? [] : [{ text: first.copyright, type: 'C' }];
  return jsonAnswer(200, {
    ...albumJson(first, call.baseUrl),
    copyrights,
    genres: [],
    ...old,
    tracks: JSON.parse(String(albumTracks(firstPage, id).body)) as unknown,
  });
}

/** New apps get pages of 5, of 10 at most. What the artist is only a guest on belongs to another group. */
function artistAlbums(call: Call, id: string): DemoAnswer {
  const { request, cohort, baseUrl } = call;
  const groups = (request.query.get('include_groups') ?? 'album,single,appears_on').split(',');
  const by = (names: readonly string[]): boolean => names.some((name) => spotifyId(`artist ${name}`) === id);
  const albums = new Map<string, Track>();
  for (const track of allTracks(call)) {
    const group = by(track.albumArtists ?? track.artists.slice(0, 1)) ? 'album' : 'appears_on';
    if (groups.includes(group) && by(track.artists)) albums.set(albumId(track), track);
  }
  if (!allTracks(call).some(({ artists }) => by(artists))) return apiError(404, 'Resource not found');
  const limit = request.query.get('limit') ?? (cohort === 'new' ? '5' : '20');
  if (cohort === 'new' && Number(limit) > 10) return apiError(400, 'Invalid limit');
  const asked = new URLSearchParams({ limit, offset: request.query.get('offset') ?? '0' });
  const found = [...albums.values()];
  const href = `${baseUrl}/v1/artists/${id}/albums`;
  return page({ ...request, query: asked }, href, found.length, (index) => {
    const track = found[index];
    return track === undefined ? null : albumJson(track, baseUrl);
  });
}

function albumTracks(call: Call, id: string): DemoAnswer {
  const tracks = tracksOfAlbum(call, id);
  if (tracks.length === 0) return apiError(404, 'Resource not found');
  return page(call.request, `${call.baseUrl}/v1/albums/${id}/tracks`, tracks.length, (index) => {
    const found = tracks[index];
    return found === undefined ? null : simpleTrackJson(found, call.baseUrl);
  });
}
