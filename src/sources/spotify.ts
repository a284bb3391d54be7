import { HarmoniError } from '../errors.ts';
import { isMadeBySpotify, ownedBySpotify } from '../spotify/api-error.ts';
import type { SpotifyClient } from '../spotify/client.ts';
import { parseSpotifyLink, type SpotifyLink } from '../spotify/links.ts';
import type { TrackList } from '../tracks/track.ts';
import { emptyList } from './empty-list.ts';
import type { ReadOptions, Source } from './source.ts';

export interface SpotifyDeps {
  /** Of the account that is signed in. */
  readonly spotify: () => Pick<
    SpotifyClient,
    'readPlaylist' | 'readAlbum' | 'readTrack' | 'readArtist' | 'readLiked'
  >;
}

/** A link or URI of a Spotify playlist, album, track or artist, or "liked" for the liked songs; needs a sign-in. */
export function createSpotifySource({ spotify }: SpotifyDeps): Source {
  return {
    kind: 'a Spotify playlist, album, song or artist, or your liked songs',
    isLink: true,
    accepts: (input) => parseSpotifyLink(input) !== undefined,
    async read(input, options) {
      const link = parseSpotifyLink(input);
      if (link === undefined || link.kind === 'unsupported') {
        throw new HarmoniError('source-not-understood', link?.reason ?? "That isn't a Spotify link.", {
          fix: 'Use a link to a playlist, an album, a song or an artist, or "liked" for your liked songs.',
        });
      }
      const lists = await readLink(spotify(), link, options).catch((error: unknown) => {
        throw isSignedOut(error) ? withoutSignIn(link, error) : error;
      });
      const [list] = lists;
      const isEmpty = lists.every(({ tracks }) => tracks.length === 0);
      if (list !== undefined && isEmpty) throw emptyList(`"${list.name}"`, list.skipped);
      return lists;
    },
  };
}

const isSignedOut = (error: unknown): boolean =>
  error instanceof HarmoniError && error.code === 'sign-in-needed';

/** What a link needs, and what works without a sign-in. */
function withoutSignIn(link: Exclude<SpotifyLink, { kind: 'unsupported' }>, cause: unknown): HarmoniError {
  if (link.kind === 'playlist' && isMadeBySpotify(link.id)) return ownedBySpotify('This playlist');
  const isList = link.kind === 'playlist' || link.kind === 'liked';
  const instead = isList
    ? 'export it on exportify.net, which any Spotify account can do, and run harmoni download FILE.csv.'
    : 'name the songs: harmoni download "artist - title".';
  return new HarmoniError('sign-in-needed', 'Reading from Spotify needs a sign-in.', {
    fix: `Run harmoni login. Without signing in, ${instead}`,
    cause,
  });
}

async function readLink(
  client: ReturnType<SpotifyDeps['spotify']>,
  link: Exclude<SpotifyLink, { kind: 'unsupported' }>,
  { signal, onProgress }: ReadOptions,
): Promise<readonly TrackList[]> {
  const what = link.kind === 'liked' ? 'your liked songs' : `the ${link.kind}`;
  const options = {
    signal,
    onProgress: (rows: { done: number; total: number }) => onProgress?.({ what, ...rows }),
  };
  switch (link.kind) {
    case 'liked':
      return [await client.readLiked(options)];
    case 'playlist':
      return [await client.readPlaylist(link.id, options)];
    case 'album':
      return [await client.readAlbum(link.id, options)];
    case 'track':
      return [await client.readTrack(link.id, options)];
    case 'artist':
      return client.readArtist(link.id, options);
  }
}
