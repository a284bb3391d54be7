import { readIsrc } from '../tracks/isrc.ts';
import type { Catalogue, Shelf } from './catalogue.ts';
import type { Video } from './video.ts';

/** What YouTube would answer; `isrc` is set where the query named one and the stand-in has it. */
export interface FoundVideos {
  readonly videos: readonly Video[];
  readonly isrc?: string;
}

/** A track is found when at least this share of its title's words is in the query. */
const leastShare = 0.5;

/**
 * Searches the catalogue as YouTube does: by words, best track first, each with its lookalikes.
 * A query that is one ISRC (in any case, with or without quotes and hyphens) finds that recording first.
 */
export function searchCatalogue(catalogue: Catalogue, query: string, limit = 20): FoundVideos {
  const code = readIsrc(query);
  if (code !== undefined) {
    const shelf = catalogue.shelves.find(({ right }) => right?.isrc === code);
    if (!shelf) return { videos: [] };
    const others = shelf.results.filter((video) => video !== shelf.right);
    return { videos: shelf.right ? [shelf.right, ...others] : others, isrc: code };
  }

  const asked = new Set(wordsOf(query));
  const ranked = catalogue.shelves
    .map((shelf) => ({ shelf, share: shareOf(shelf, asked) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  return { videos: ranked.flatMap(({ shelf }) => shelf.results).slice(0, limit) };
}

function shareOf(shelf: Shelf, asked: ReadonlySet<string>): number {
  const share = (words: readonly string[]): number =>
    words.filter((word) => asked.has(word)).length / words.length;
  const title = wordsOf(shelf.track.track);
  return share(title) < leastShare ? 0 : share([...title, ...shelf.track.artists.flatMap(wordsOf)]);
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  // A name of signs only (!!!) is a word of its own.
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [plain];
}
