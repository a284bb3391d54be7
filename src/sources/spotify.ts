import { HarmoniError } from '../errors.ts';
import type { SpotifyClient } from '../spotify/client.ts';
import { parseSpotifyLink, type SpotifyLink } from '../spotify/links.ts';
import type { TrackList } from '../tracks/track.ts';
import { emptyList } from './empty-list.ts';
import type { ReadOptions, Source } from './source.ts';

export interface SpotifyDeps {
  /** Of the account that is signed in. */
  readonly spotify: () => Pick<SpotifyClient, 'readPlaylist' | 'readAlbum' | 'readTrack' | 'readLiked'>;
}

/** A link or URI of a Spotify playlist, album or track, or "liked" for the liked songs; needs a sign-in. */
export function createSpotifySource({ spotify }: SpotifyDeps): Source {
  return {
    kind: 'a Spotify playlist, album or track, or the liked songs',
    isLink: true,
    accepts: (input) => parseSpotifyLink(input) !== undefined,
    async read(input, options) {
      const link = parseSpotifyLink(input);
      if (link === undefined || link.kind === 'unsupported') {
        throw new HarmoniError('source-not-understood', link?.reason ?? 'This is no Spotify link.', {
          fix: 'Give the link of a playlist, an album or a track, or "liked" for your liked songs.',
        });
      }
      const list = await readLink(spotify(), link, options);
      if (list.tracks.length === 0) throw emptyList(`"${list.name}"`, list.skipped);
      return [list];
    },
  };
}

function readLink(
  client: ReturnType<SpotifyDeps['spotify']>,
  link: Exclude<SpotifyLink, { kind: 'unsupported' }>,
  { signal, onProgress }: ReadOptions,
): Promise<TrackList> {
  const what = link.kind === 'liked' ? 'your liked songs' : `the ${link.kind}`;
  const options = {
    signal,
    onProgress: (rows: { done: number; total: number }) => onProgress?.({ what, ...rows }),
  };
  switch (link.kind) {
    case 'liked':
      return client.readLiked(options);
    case 'playlist':
      return client.readPlaylist(link.id, options);
    case 'album':
      return client.readAlbum(link.id, options);
    case 'track':
      return client.readTrack(link.id, options);
  }
}
