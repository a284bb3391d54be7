import { pageSize, readPages } from './paging.ts';
import { nameOf, type PlaylistFacts } from './read-playlist.ts';
import { pageSchema, playlistSchema, understand, type SpotifyPlaylist } from './schemas.ts';
import type { Reader } from './track-page.ts';

/** A playlist of the account, its own or followed. */
export interface PlaylistSummary extends PlaylistFacts {
  /** Display name where there is one, else the id. */
  readonly owner: string;
  /** Rows; null where Spotify does not tell (followed playlists). */
  readonly total: number | null;
  /** null: only the try will tell (a followed one may be collaborative, or the app an old one). */
  readonly readable: boolean | null;
}

/**
 * All playlists of the account that is `myId`, in Spotify's order. The addresses in `next` are not used: they point to
 * /users/ID/playlists, which new apps may not call.
 */
export async function listPlaylists(
  reader: Reader,
  myId: string,
  signal: AbortSignal | undefined,
): Promise<readonly PlaylistSummary[]> {
  const what = 'Your list of playlists';
  const pages = readPages({
    load: async (offset, stop) => {
      const query = { limit: pageSize, offset };
      const answer = await reader.ask({ path: '/me/playlists', query, what, signal: stop });
      return understand(pageSchema, answer, what);
    },
    atOnce: reader.atOnce,
    signal,
  });
  const found = new Map<string, PlaylistSummary>();
  for await (const page of pages) {
    for (const entry of page.entries) {
      const { data } = playlistSchema.safeParse(entry);
      if (data !== undefined) found.set(data.id, toSummary(data, myId));
    }
  }
  return [...found.values()];
}

function toSummary(playlist: SpotifyPlaylist, myId: string): PlaylistSummary {
  const ownerId = playlist.owner?.id;
  return {
    id: playlist.id,
    name: nameOf(playlist.name, playlist.id),
    owner: playlist.owner?.display_name ?? ownerId ?? '',
    ownerId,
    total: playlist.items?.total ?? playlist.tracks?.total ?? null,
    readable: ownerId === myId ? true : ownerId === 'spotify' ? false : null,
    snapshotId: playlist.snapshot_id,
  };
}
