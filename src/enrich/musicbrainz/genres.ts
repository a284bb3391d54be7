import { genreList } from './answers.ts';

const mostGenres = 3;

/** What only orders a collection, or is a judgement. */
const noGenre = /^(?:seen live|favou?rites?|owned|to listen|check out|spotify|\d{2,4}s?|[a-z]{2,3}:.*)$/i;

/**
 * The genres that most people gave, up to three, of the first that has any: the recording, the release, its group, the
 * artist. Curated genres count before free tags. Pure.
 */
export function genresOf(
  levels: readonly { readonly genres?: unknown; readonly tags?: unknown }[],
): readonly string[] {
  for (const { genres, tags } of levels) {
    for (const list of [genres, tags]) {
      const found = genreList.parse(list).filter(({ name }) => !noGenre.test(name.trim()));
      if (found.length > 0) {
        return found
          .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
          .slice(0, mostGenres)
          .map(({ name }) => name.trim());
      }
    }
  }
  return [];
}
