import { createRecent } from '../system/recent.ts';
import type { AlbumSong } from '../tracks/album-song.ts';
import { foldName } from '../tracks/fold.ts';
import type { AlbumPosition, Enricher, EnricherParts, Song } from './enricher.ts';

const kept = 64;

/**
 * The track number of a song whose source names the album without it, as Exportify does: by the album on the service that
 * the song was found at, where both call it the same. One question for each album, and none after the first that failed:
 * numbers aren't worth the service's patience.
 */
export function createAlbumPosition({ providers = [] }: Pick<EnricherParts, 'providers'>): Enricher {
  const recent = createRecent<Promise<readonly AlbumSong[]>>(kept);
  let hasFailed = false;
  return {
    name: 'album-position',
    isWanted: ({ metadataTemplate, embedMetadata }) => embedMetadata && metadataTemplate !== 'basic',
    async find({ track, media, album }, signal) {
      if (hasFailed || track.trackNumber !== undefined || album === undefined) return {};
      if (foldName(album.title) !== foldName(track.album ?? '')) return {};
      const { readAlbum } = providers.find(({ name }) => name === media.provider) ?? {};
      if (readAlbum === undefined) return {};
      try {
        const songs = await recent(`${media.provider}:${album.id}`, () => readAlbum(album.id, signal));
        const position = positionIn(songs, { id: media.id, title: track.track });
        return position === undefined ? {} : { position };
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    },
  };
}

/** Where a song stands in an album: by its id, else by a title that the album has once. Pure. */
export function positionIn(
  songs: readonly AlbumSong[],
  { id, title }: Pick<Song['media'], 'id'> & { readonly title: string },
): AlbumPosition | undefined {
  const named = songs.filter((song) => foldName(song.title) === foldName(title));
  const found = songs.find((song) => song.id === id) ?? (named.length === 1 ? named[0] : undefined);
  if (found === undefined) return undefined;
  // A page without all songs of a long album knows no total.
  const isWhole = songs.every(({ number }, index) => number === index + 1);
  return { trackNumber: found.number, ...(isWhole ? { trackTotal: songs.length } : {}) };
}
