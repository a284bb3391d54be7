import { HarmoniError, toHarmoniError } from '../errors.ts';
import type { TrackList } from '../tracks/track.ts';
import type { PageCheckpoints } from './checkpoints.ts';
import { listPlaylists, type PlaylistSummary } from './list-playlists.ts';
import { readAlbum, readTrack } from './read-album.ts';
import { readArtist } from './read-artist.ts';
import { likedPages, likedSnapshot, readLiked } from './read-liked.ts';
import { readPlaylist, type PlaylistFacts, type ReadPlaylistOptions } from './read-playlist.ts';
import { createAsk, type ApiParts } from './request.ts';
import { meSchema, understand } from './schemas.ts';
import type { Reader, ReadOptions, TrackPage } from './track-page.ts';

export interface SpotifyAccount {
  readonly id: string;
  /** Display name where there is one, else the id. */
  readonly name: string;
  /** Stable where `id` may change; missing on old answers. */
  readonly accountId?: string;
}

/** How the reading of one of several playlists ended. */
export type PlaylistReading =
  { readonly id: string; readonly list: TrackList } | { readonly id: string; readonly error: HarmoniError };

/**
 * Spotify's Web API, read only. Every function throws HarmoniError with what failed and what to do, or the signal's
 * reason; what was read until then is kept in the checkpoints, and the next call goes on from there.
 */
export interface SpotifyClient {
  /** Asked once, then remembered. */
  me(signal?: AbortSignal): Promise<SpotifyAccount>;
  listPlaylists(options?: { signal?: AbortSignal }): Promise<readonly PlaylistSummary[]>;
  readPlaylist(id: string, options?: ReadPlaylistOptions): Promise<TrackList>;
  /** One after the other; one that cannot be read does not stop the others. `onProgress` is of the one at hand. */
  readPlaylists(
    playlists: readonly (string | PlaylistFacts)[],
    options?: ReadOptions,
  ): AsyncIterable<PlaylistReading>;
  readAlbum(id: string, options?: ReadOptions): Promise<TrackList>;
  readTrack(id: string, options?: ReadOptions): Promise<TrackList>;
  /** A list for each album and single; `onProgress` counts those. */
  readArtist(id: string, options?: Pick<ReadOptions, 'signal' | 'onProgress'>): Promise<readonly TrackList[]>;
  readLiked(options?: ReadOptions): Promise<TrackList>;
  /** Changes with every song liked or taken away; one request. */
  likedSnapshot(signal?: AbortSignal): Promise<string>;
  /** The liked songs page by page, for whom the whole list is too large. */
  likedPages(options?: ReadOptions): AsyncIterable<TrackPage>;
}

export interface SpotifyClientParts extends ApiParts {
  readonly checkpoints?: PageCheckpoints;
}

export function createSpotifyClient(parts: SpotifyClientParts): SpotifyClient {
  const reader: Reader = {
    ask: createAsk(parts),
    atOnce: parts.settings.atOnce ?? 3,
    ...(parts.checkpoints === undefined ? {} : { checkpoints: parts.checkpoints }),
  };
  let account: SpotifyAccount | undefined;

  async function me(signal?: AbortSignal): Promise<SpotifyAccount> {
    if (account !== undefined) return account;
    const what = 'Your Spotify account';
    const found = understand(meSchema, await reader.ask({ path: '/me', what, signal }), what);
    account = {
      id: found.id,
      name: found.display_name ?? found.id,
      ...(found.account_id === undefined ? {} : { accountId: found.account_id }),
    };
    return account;
  }

  function playlist(id: string, options: ReadPlaylistOptions): Promise<TrackList> {
    return readPlaylist(reader, id, options, async () => (await me(options.signal)).id);
  }

  return {
    me,
    async listPlaylists({ signal } = {}) {
      return listPlaylists(reader, (await me(signal)).id, signal);
    },
    readPlaylist: (id, options = {}) => playlist(id, options),
    async *readPlaylists(playlists, options = {}) {
      for (const given of playlists) {
        const { id, facts } = typeof given === 'string' ? { id: given } : { id: given.id, facts: given };
        try {
          yield { id, list: await playlist(id, { ...options, facts }) };
        } catch (error) {
          options.signal?.throwIfAborted();
          yield { id, error: toHarmoniError(error) };
        }
      }
    },
    readAlbum: (id, options = {}) => readAlbum(reader, id, options),
    readTrack: (id, options = {}) => readTrack(reader, id, options),
    readArtist: (id, options = {}) => readArtist(reader, id, options),
    readLiked: (options = {}) => readLiked(reader, options),
    likedSnapshot: (signal) => likedSnapshot(reader, signal),
    likedPages: (options = {}) => likedPages(reader, options),
  };
}
