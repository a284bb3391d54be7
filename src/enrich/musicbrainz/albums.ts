import type { FoundSong } from './pick-release.ts';
import { pickRelease } from './pick-release.ts';
import { albumKeyOf, type SoughtSong } from './song.ts';

/** Songs of one album, as far as their tags say. Songs without an album are one each. */
export type Album = readonly SoughtSong[];

/** Pure. */
export function albumsOf(songs: readonly SoughtSong[]): readonly Album[] {
  const named = Map.groupBy(songs, albumKeyOf);
  const alone = (named.get(undefined) ?? []).map((song) => [song]);
  named.delete(undefined);
  return [...named.values(), ...alone];
}

/** Albums in groups of about so many songs. */
export function chunksOf(albums: readonly Album[], most: number): readonly (readonly Album[])[] {
  const chunks: Album[][] = [[]];
  let size = 0;
  for (const album of albums) {
    if (size > 0 && size + album.length > most) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(album);
    size += album.length;
  }
  return chunks;
}

/**
 * The albums once the recordings are known: songs whose tags name none belong together where MusicBrainz has them on one
 * release group.
 */
export function joinedByGroup(
  albums: readonly Album[],
  recordingOf: (song: SoughtSong) => FoundSong['recording'] | undefined,
): readonly Album[] {
  const joined = new Map<string, SoughtSong[]>();
  const others: Album[] = [];
  for (const album of albums) {
    const [song] = album;
    const recording = song === undefined ? undefined : recordingOf(song);
    if (song === undefined || recording === undefined || song.album !== undefined) {
      others.push(album);
      continue;
    }
    const group = pickRelease([{ song, recording }])?.['release-group']?.id;
    if (group === undefined) others.push(album);
    else joined.set(group, [...(joined.get(group) ?? []), song]);
  }
  return [...others, ...joined.values()];
}
