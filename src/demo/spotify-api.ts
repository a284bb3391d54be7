import type { Track } from '../tracks/track.ts';
import type { DemoCatalogue, DemoPlaylist, DemoRow } from './spotify-catalogue.ts';
import { apiError, jsonAnswer, type DemoAnswer, type DemoRequest } from './spotify-exchange.ts';
import { pickFields } from './spotify-fields.ts';
import {
  albumId,
  albumJson,
  likedRowJson,
  playlistJson,
  playlistRowJson,
  simpleTrackJson,
  trackId,
  trackJson,
  type Cohort,
  type JsonContext,
} from './spotify-json.ts';
import type { Bearer } from './spotify-tokens.ts';

/** Spotify's Web API below /v1, as far as HARMONI may want it, for old apps and for new ones (2026-02-11). */
interface ApiOptions {
  readonly catalogue: DemoCatalogue;
  readonly baseUrl: string;
  readonly cohortOf: (clientId: string) => Cohort;
}

interface Call extends JsonContext {
  readonly request: DemoRequest;
  readonly catalogue: DemoCatalogue;
  readonly scopes: readonly string[];
}

type Handler = (call: Call, id: string) => DemoAnswer;

/** Path, the scope it needs, and whether apps of 2026-02-11 and later may still call it. */
const routes: readonly { path: RegExp; scope?: string; closed?: boolean; answer: Handler }[] = [
  { path: /^\/v1\/me$/, answer: me },
  { path: /^\/v1\/me\/playlists$/, scope: 'playlist-read-private', answer: playlists },
  { path: /^\/v1\/users\/[^/]+\/playlists$/, closed: true, answer: playlists },
  { path: /^\/v1\/me\/tracks$/, scope: 'user-library-read', answer: liked },
  { path: /^\/v1\/playlists\/([^/]+)$/, answer: playlist },
  { path: /^\/v1\/playlists\/([^/]+)\/items$/, answer: (call, id) => playlistRows(call, id, 'items') },
  {
    path: /^\/v1\/playlists\/([^/]+)\/tracks$/,
    closed: true,
    answer: (call, id) => playlistRows(call, id, 'tracks'),
  },
  { path: /^\/v1\/tracks$/, closed: true, answer: manyTracks },
  { path: /^\/v1\/tracks\/([^/]+)$/, answer: track },
  { path: /^\/v1\/albums\/([^/]+)$/, answer: album },
  { path: /^\/v1\/albums\/([^/]+)\/tracks$/, answer: albumTracks },
];

export function answerApi(options: ApiOptions, request: DemoRequest, bearer: Bearer): DemoAnswer {
  if (bearer.kind !== 'valid') return unauthorised(bearer.kind);
  const cohort = options.cohortOf(bearer.clientId);
  const call: Call = { ...options, cohort, request, scopes: bearer.scopes };
  for (const route of routes) {
    const match = route.path.exec(request.path);
    if (match === null) continue;
    if (request.method !== 'GET') return apiError(405, 'Method not allowed');
    if (route.closed === true && cohort === 'new') return apiError(403, 'Forbidden');
    if (route.scope !== undefined && !call.scopes.includes(route.scope)) {
      return apiError(403, 'Insufficient client scope');
    }
    return route.answer(call, match[1] ?? '');
  }
  return apiError(404, 'Service not found');
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

function me({ baseUrl, catalogue, cohort }: Call): DemoAnswer {
  const { id, name } = catalogue.me;
  const old = { country: 'DE', email: 'listener@example.org', product: 'premium', followers: { total: 1 } };
  return jsonAnswer(200, {
    account_id: `account-of-${id}`,
    display_name: name,
    external_urls: {},
    href: `${baseUrl}/v1/users/${id}`,
    id,
    images: [],
    type: 'user',
    uri: `spotify:user:${id}`,
    ...(cohort === 'old' ? old : {}),
  });
}

/** Their `next` and `href` name /users/ID/playlists, which is closed for new apps: as at Spotify. */
function playlists(call: Call): DemoAnswer {
  const shown = call.catalogue.playlists.filter(
    (entry) => !entry.collaborative || call.scopes.includes('playlist-read-collaborative'),
  );
  const href = `${call.baseUrl}/v1/users/${call.catalogue.me.id}/playlists`;
  return page(call, href, shown.length, 50, (index) => {
    const entry = shown[index];
    return entry === undefined ? null : playlistJson(entry, call, mayRead(entry, call));
  });
}

function liked(call: Call): DemoAnswer {
  const rows = call.catalogue.liked;
  return page(call, `${call.baseUrl}/v1/me/tracks`, rows.length, 50, (index) => {
    const row = rows.at(index);
    return row === undefined ? null : likedRowJson(row, rows.length - index, call);
  });
}

/** New apps read the rows of own and collaborative playlists only; old apps those of all. */
function mayRead(entry: DemoPlaylist, { cohort, catalogue }: Call): boolean {
  return cohort === 'old' || entry.collaborative || entry.owner.id === catalogue.me.id;
}

function findPlaylist({ catalogue }: Call, id: string): DemoPlaylist | undefined {
  return catalogue.playlists.find((entry) => entry.id === id && entry.owner.id !== 'spotify');
}

function playlist(call: Call, id: string): DemoAnswer {
  const found = findPlaylist(call, id);
  if (found === undefined) return apiError(404, 'Resource not found');
  const first = found.rows.slice(0, 100);
  const pageOf = (path: 'items' | 'tracks'): unknown => ({
    href: `${call.baseUrl}/v1/playlists/${id}/${path}`,
    limit: 100,
    next: found.rows.length > 100 ? `${call.baseUrl}/v1/playlists/${id}/${path}?offset=100&limit=100` : null,
    offset: 0,
    total: found.rows.length,
    items: first.map((row, index) => playlistRowJson(row, index, path, call)),
  });
  const value = {
    ...playlistJson(found, call, false),
    ...(mayRead(found, call) ? { items: pageOf('items') } : {}),
    ...(call.cohort === 'old' ? { tracks: pageOf('tracks') } : {}),
  };
  return jsonAnswer(200, pickFields(value, call.request.query.get('fields')));
}

function playlistRows(call: Call, id: string, path: 'items' | 'tracks'): DemoAnswer {
  const found = findPlaylist(call, id);
  if (found === undefined) return apiError(404, 'Resource not found');
  if (!mayRead(found, call)) return apiError(403, 'Forbidden');
  const href = `${call.baseUrl}/v1/playlists/${id}/${path}`;
  const answer = page(call, href, found.rows.length, path === 'items' ? 50 : 100, (index) => {
    const row = found.rows[index];
    return row === undefined ? null : playlistRowJson(row, index, path, call);
  });
  const fields = call.request.query.get('fields');
  return fields === null || answer.status !== 200
    ? answer
    : jsonAnswer(200, pickFields(JSON.parse(String(answer.body)), fields));
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
  return found === undefined ? apiError(404, 'Resource not found') : jsonAnswer(200, trackJson(found, call));
}

function manyTracks(call: Call): DemoAnswer {
  const ids = (call.request.query.get('ids') ?? '').split(',');
  const tracks = allTracks(call).filter((entry) => ids.includes(trackId(entry)));
  return jsonAnswer(200, { tracks: tracks.map((entry) => trackJson(entry, call)) });
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
    ...albumJson(first, call),
    copyrights,
    genres: [],
    ...old,
    tracks: JSON.parse(String(albumTracks(firstPage, id).body)) as unknown,
  });
}

function albumTracks(call: Call, id: string): DemoAnswer {
  const tracks = tracksOfAlbum(call, id);
  if (tracks.length === 0) return apiError(404, 'Resource not found');
  return page(call, `${call.baseUrl}/v1/albums/${id}/tracks`, tracks.length, 50, (index) => {
    const found = tracks[index];
    return found === undefined ? null : simpleTrackJson(found, call);
  });
}

function page(
  { request }: Call,
  href: string,
  total: number,
  most: number,
  at: (index: number) => unknown,
): DemoAnswer {
  const limit = Number(request.query.get('limit') ?? 20);
  const offset = Number(request.query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) return apiError(400, 'Invalid limit');
  if (!Number.isInteger(offset) || offset < 0 || offset > 100_000) return apiError(400, 'Invalid offset');
  const address = (from: number): string => `${href}?offset=${from}&limit=${limit}`;
  const items = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) =>
    at(offset + index),
  );
  return jsonAnswer(200, {
    href: address(offset),
    items,
    limit,
    next: offset + limit < total ? address(offset + limit) : null,
    offset,
    previous: offset > 0 ? address(Math.max(0, offset - limit)) : null,
    total,
  });
}
