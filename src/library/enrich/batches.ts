import { foldArtist, foldName } from '../../tracks/fold.ts';
import { albumArtistOf, type LibrarySong } from '../songs.ts';

/** Songs of one album that the library has; a song without an album is alone. */
export type Album = readonly LibrarySong[];

/**
 * The albums of the songs that are meant, whole, in groups of about so many songs. Pure.
 * @param all every song of the library
 */
export function albumBatches(
  all: readonly LibrarySong[],
  isMeant: (song: LibrarySong) => boolean,
  most: number,
): readonly (readonly Album[])[] {
  const albums = albumsIn(all, (song) => song).filter((album) => album.some(isMeant));
  const batches: Album[][] = [];
  let size = most;
  for (const album of albums) {
    if (size > 0 && size + album.length > most) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(album);
    size += album.length;
  }
  return batches;
}

/** The songs that are meant, each as an album of its own, in groups of so many. Pure. */
export function songBatches(
  all: readonly LibrarySong[],
  isMeant: (song: LibrarySong) => boolean,
  most: number,
): readonly (readonly Album[])[] {
  const alone = all.filter(isMeant).map((song): Album => [song]);
  const many = Math.ceil(alone.length / most);
  return Array.from({ length: many }, (_, at) => alone.slice(at * most, (at + 1) * most));
}

/**
 * Each file once, by the first of its names that is meant: hard links of one are one song. Pure.
 */
export function onePerFile(
  songs: readonly LibrarySong[],
  isMeant: (song: LibrarySong) => boolean,
): readonly LibrarySong[] {
  const files = Map.groupBy(songs, ({ file: { path, inode, sizeBytes, modifiedMs } }) =>
    inode === undefined ? path : `${inode} ${sizeBytes} ${modifiedMs}`,
  );
  return [...files.values()].flatMap((names) => names.find(isMeant) ?? names[0] ?? []);
}

/** The same for anything that has a song, in its order. Pure. */
export function albumsIn<T>(songs: readonly T[], songOf: (one: T) => LibrarySong): readonly (readonly T[])[] {
  return [...Map.groupBy(songs, (one) => albumKeyOf(songOf(one))).values()];
}

function albumKeyOf({ facts, file }: LibrarySong): string {
  if (facts.album === undefined) return `file ${file.path}`;
  return `album ${foldArtist(albumArtistOf(facts) ?? '')}|${foldName(facts.album)}`;
}
