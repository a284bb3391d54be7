import type { SoundCloudCatalogue, SoundCloudShelf, SoundCloudTrack } from './soundcloud-catalogue.ts';

/** A song is found when at least this share of its title's words is in the query. */
const leastShare = 0.5;

/** Searches as SoundCloud does: by words, best song first, each with the uploads that resemble it. */
export function searchSoundCloud(catalogue: SoundCloudCatalogue, query: string): SoundCloudTrack[] {
  const asked = new Set(wordsOf(query));
  return catalogue.shelves
    .map((shelf) => ({ shelf, share: shareOf(shelf, asked) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .flatMap(({ shelf }) => shelf.results);
}

function shareOf({ track }: SoundCloudShelf, asked: ReadonlySet<string>): number {
  const share = (words: readonly string[]): number =>
    words.filter((word) => asked.has(word)).length / words.length;
  const title = wordsOf(track.track);
  return share(title) < leastShare ? 0 : share([...title, ...track.artists.flatMap(wordsOf)]);
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  // A name of signs only (!!!) is a word of its own.
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [plain];
}
