import type { IndexedSong } from '../../history/file-songs.ts';
import { fileNameKeys, nameKey } from '../../tracks/identity.ts';

/** A name that a file may have meant, and why it's only a guess. */
export interface Guess {
  readonly key: string;
  /** The end of "It may be the song: ...". */
  readonly why: string;
}

const leadingNumber = /^\s*\(?\d{1,3}\)?(?:\s*[.)_-]\s*|\s+)(?=\S)/u;
const dashes = /\s+[-–—]\s+/u;

/**
 * What song a file may be beyond what its tags and its name say outright: for music that somebody else's programs named.
 * Pure.
 * @param parts of its path below the folder that is looked at; the last is its name
 */
export function guessKeys({ facts }: Pick<IndexedSong, 'facts'>, parts: readonly string[]): readonly Guess[] {
  const stem = (parts.at(-1) ?? '').replace(/\.[^.]*$/u, '');
  const { title, artist, albumArtist } = facts;
  const guesses: Guess[] = [];
  const add = (key: string, why: string): void => {
    if (!guesses.some((guess) => guess.key === key)) guesses.push({ key, why });
  };
  if (title !== undefined && artist !== undefined)
    for (const key of fileNameKeys(stem)) add(key, 'by its file name, but its tags differ');
  if (title !== undefined && albumArtist !== undefined && albumArtist !== artist)
    add(nameKey(albumArtist, title), 'by its album artist');
  const [first, second, ...others] = stem.replace(leadingNumber, '').split(dashes);
  if (first !== undefined && second !== undefined && others.length === 0)
    add(nameKey(second, first), 'with title and artist the other way round');
  if (artist === undefined) {
    const name = title ?? stem.replace(leadingNumber, '');
    for (const folder of parts.slice(0, -1).slice(-2).toReversed()) {
      add(nameKey(folder, name), 'by the name of its folder');
      const [before] = folder.split(dashes);
      if (before !== undefined && before !== folder) add(nameKey(before, name), 'by the name of its folder');
    }
  }
  return guesses;
}
