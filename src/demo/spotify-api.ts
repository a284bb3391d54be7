import type { DemoCatalogue, DemoPlaylist } from './spotify-catalogue.ts';
import { apiError, jsonAnswer, type DemoAnswer, type DemoRequest } from './spotify-exchange.ts';
import { likedRowJson, playlistJson, playlistRowJson } from './spotify-json.ts';

/** Spotify's Web API below /v1, as far as it lists the account's playlists and songs, for apps of 2026-02-11 and later. */
export interface ApiOptions {
  readonly catalogue: DemoCatalogue;
  readonly baseUrl: string;
  /** Whether the app may read a playlist's rows; default: those of own and collaborative ones. */
  readonly mayRead?: (playlist: DemoPlaylist) => boolean;
}

interface Call extends ApiOptions {
  readonly request: DemoRequest;
}

type Handler = (call: Call, id: string) => DemoAnswer;

const routes: readonly (readonly [RegExp, Handler])[] = [
  [/^\/v1\/me$/, me],
  [/^\/v1\/me\/playlists$/, playlists],
  [/^\/v1\/me\/tracks$/, liked],
  [/^\/v1\/playlists\/([^/]+)$/, playlist],
  [/^\/v1\/playlists\/([^/]+)\/items$/, playlistRows],
];

/** Every bearer may ask. */
export function answerApi(options: ApiOptions, request: DemoRequest): DemoAnswer {
  for (const [path, answer] of routes) {
    const match = path.exec(request.path);
    if (match !== null) return answer({ ...options, request }, match[1] ?? '');
  }
  return apiError(404, 'Service not found');
}

function me({ baseUrl, catalogue }: Call): DemoAnswer {
  const { id, name } = catalogue.me;
  return jsonAnswer(200, {
    account_id: `account-of-${id}`,
    display_name: name,
    external_urls: {},
    href: `${baseUrl}/v1/users/${id}`,
    id,
    images: [],
    type: 'user',
    uri: `spotify:user:${id}`,
  });
}

/** Their `next` and `href` name /users/ID/playlists, which is closed for new apps: as at Spotify. */
function playlists(call: Call): DemoAnswer {
  const shown = call.catalogue.playlists;
  const href = `${call.baseUrl}/v1/users/${call.catalogue.me.id}/playlists`;
  return page(call.request, href, shown.length, (index) => {
    const entry = shown[index];
    return entry === undefined ? null : playlistJson(entry, call.baseUrl, isReadable(entry, call));
  });
}

function liked(call: Call): DemoAnswer {
  const rows = call.catalogue.liked;
  return page(call.request, `${call.baseUrl}/v1/me/tracks`, rows.length, (index) => {
    const row = rows.at(index);
    return row === undefined ? null : likedRowJson(row, rows.length - index, call.baseUrl);
  });
}

function isReadable(entry: DemoPlaylist, { mayRead, catalogue }: Call): boolean {
  return mayRead?.(entry) ?? (entry.collaborative || entry.owner.id === catalogue.me.id);
}

function findPlaylist({ catalogue }: Call, id: string): DemoPlaylist | undefined {
  return catalogue.playlists.find((entry) => entry.id === id && entry.owner.id !== 'spotify');
}

/** What is said about it; its rows are asked for by themselves. */
function playlist(call: Call, id: string): DemoAnswer {
  const found = findPlaylist(call, id);
  return found === undefined
    ? apiError(404, 'Resource not found')
    : jsonAnswer(200, playlistJson(found, call.baseUrl, false));
}

function playlistRows(call: Call, id: string): DemoAnswer {
  const found = findPlaylist(call, id);
  if (found === undefined) return apiError(404, 'Resource not found');
  if (!isReadable(found, call)) return apiError(403, 'Forbidden');
  return page(call.request, `${call.baseUrl}/v1/playlists/${id}/items`, found.rows.length, (index) => {
    const row = found.rows[index];
    return row === undefined ? null : playlistRowJson(row, index, call.baseUrl);
  });
}

/** A page of at most 50 rows, as the request's `limit` and `offset` ask for it. */
export function page(
  { query }: DemoRequest,
  href: string,
  total: number,
  at: (index: number) => unknown,
): DemoAnswer {
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50) return apiError(400, 'Invalid limit');
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
