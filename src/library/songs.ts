import { basename, extname } from 'node:path';
import type { IndexedSong } from '../history/file-songs.ts';
import type { Store } from '../history/store.ts';
import { foldName } from '../tracks/fold.ts';
import type { SongFacts } from '../tracks/song-facts.ts';

/** A song of the library: its file, what its tags say, and the lists whose playlist file or folder has it. */
export interface LibrarySong extends IndexedSong {
  /** As they were called when they first came. */
  readonly lists: readonly string[];
}

/**
 * All songs of a library as the index knows them, by artist, album, number and title.
 * @param library absolute
 * @param listsOf the lists of a file, where somebody asks for them
 */
export function songsOf(
  store: Pick<Store, 'files'>,
  library: string,
  listsOf: (path: string) => readonly string[] = () => [],
): readonly LibrarySong[] {
  // Thousands of songs have the same few names.
  const folded = new Map<string, string>();
  const fold = (name: string): string => {
    const known = folded.get(name) ?? (name === '' ? '' : foldName(name));
    folded.set(name, known);
    return known;
  };
  return store.files
    .songsBelow(library)
    .map((song) => ({ song: { ...song, lists: listsOf(song.file.path) }, key: sortKeyOf(song, fold) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ song }) => song);
}

function sortKeyOf({ file, facts }: IndexedSong, fold: (name: string) => string): string {
  const { album = '', discNumber = 0, trackNumber = 0 } = facts;
  const place = `${String(discNumber).padStart(3, '0')} ${String(trackNumber).padStart(5, '0')}`;
  const names = [albumArtistOf(facts) ?? '', album].map(fold);
  return [...names, place, titleOf({ file, facts }), file.path].join('\u0000');
}

/** By its tags, else by the name of its file. Pure. */
export function titleOf({ file, facts }: IndexedSong): string {
  return facts.title ?? basename(file.path, extname(file.path));
}

/** "Artist - Title", as its tags or its file name have it. Pure. */
export function nameOf(song: IndexedSong): string {
  const { artist, title } = song.facts;
  return artist === undefined || title === undefined ? titleOf(song) : `${artist} - ${title}`;
}

/** What is needed of the facts to say who made an album. Pure. */
export function albumArtistOf({ albumArtist, artists, artist }: SongFacts): string | undefined {
  return albumArtist ?? artists[0] ?? artist;
}
