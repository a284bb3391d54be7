import { songName } from '../tracks/song-name.ts';
import type { TrackList } from '../tracks/track.ts';
import { pageSize, readPages } from './paging.ts';
import { albumSchema, itemSchema, pageSchema, understand } from './schemas.ts';
import { itemToTrack } from './to-track.ts';
import { collect, toTrackPage, type Reader, type ReadOptions, type TrackPage } from './track-page.ts';

/** An album, its tracks in order with everything that the album says of them. They come without ISRCs. */
export async function readAlbum(reader: Reader, id: string, options: ReadOptions): Promise<TrackList> {
  const what = `The album ${id}`;
  const { signal } = options;
  const album = understand(albumSchema, await reader.ask({ path: `/albums/${id}`, what, signal }), what);
  const embedded = album.tracks;
  const pages = readPages({
    load: async (offset, stop) => {
      if (offset === 0 && embedded !== undefined) return embedded;
      const query = { limit: pageSize, offset };
      const answer = await reader.ask({ path: `/albums/${id}/tracks`, query, what, signal: stop });
      return understand(pageSchema, answer, what);
    },
    atOnce: reader.atOnce,
    signal,
  });
  async function* trackPages(): AsyncGenerator<TrackPage, void> {
    for await (const page of pages) {
      yield toTrackPage(page, (entry, row) => {
        const item = itemSchema.safeParse(entry).data;
        return item === undefined
          ? { skipped: { row, reason: 'removed from Spotify' } }
          : itemToTrack(item, row, album);
      });
    }
  }
  const { tracks, skipped } = await collect(trackPages(), options);
  const discTotal = Math.max(0, ...tracks.map((track) => track.discNumber ?? 0));
  const artists = (album.artists ?? []).flatMap((artist) => artist?.name ?? []);
  return {
    name: songName(artists.join(', '), album.name ?? id),
    tracks: discTotal > 0 ? tracks.map((track) => ({ ...track, discTotal })) : tracks,
    skipped,
    origin: `spotify:album:${id}`,
    folder: 'own',
  };
}

/** One track, as a list of one. */
export async function readTrack(reader: Reader, id: string, options: ReadOptions): Promise<TrackList> {
  const what = `The song ${id}`;
  const answer = await reader.ask({ path: `/tracks/${id}`, what, signal: options.signal });
  const row = itemToTrack(understand(itemSchema, answer, what), 1);
  options.onProgress?.({ done: 1, total: 1 });
  if ('skipped' in row) return { name: id, tracks: [], skipped: [row.skipped], folder: 'library' };
  const { track } = row;
  return { name: songName(track.artist, track.track), tracks: [track], skipped: [], folder: 'library' };
}
