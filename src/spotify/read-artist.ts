import { HarmoniError } from '../errors.ts';
import type { TrackList } from '../tracks/track.ts';
import { readPages } from './paging.ts';
import { readAlbum } from './read-album.ts';
import { albumSchema, pageSchema, understand } from './schemas.ts';
import type { Reader, ReadOptions } from './track-page.ts';

/** The most that apps registered since 2026-02-11 may ask for; older ones may have 50. */
const albumsOfPage = 10;

/**
 * Everything an artist has released, a list for each album and single, as Spotify orders them: albums first, the newest
 * first. What the artist only appears on is left out. `onProgress` counts releases.
 */
export async function readArtist(
  reader: Reader,
  id: string,
  { signal, onProgress }: Pick<ReadOptions, 'signal' | 'onProgress'>,
): Promise<readonly TrackList[]> {
  const what = `The artist ${id}`;
  const pages = readPages({
    load: async (offset, stop) => {
      const query = { include_groups: 'album,single', limit: albumsOfPage, offset };
      const answer = await reader.ask({ path: `/artists/${id}/albums`, query, what, signal: stop });
      return understand(pageSchema, answer, what);
    },
    atOnce: reader.atOnce,
    signal,
  });
  // A release can stand in both groups.
  const ids = new Set<string>();
  for await (const { entries } of pages) {
    for (const entry of entries) {
      const { data } = albumSchema.safeParse(entry);
      if (data?.id !== undefined) ids.add(data.id);
    }
  }
  if (ids.size === 0) throw new HarmoniError('source-empty', `${what} has no albums and no singles.`);
  const lists: TrackList[] = [];
  for (const albumId of ids) {
    lists.push(await readAlbum(reader, albumId, { signal }));
    onProgress?.({ done: lists.length, total: ids.size });
  }
  return lists;
}
