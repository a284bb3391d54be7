import type { LibrarySong } from '../songs.ts';

/** What is asked of two copies, one after the other, and what the better one is then. Higher is better. */
const questions: readonly (readonly [because: string, of: (song: LibrarySong) => number])[] = [
  ['the other is broken', ({ file }) => (file.fault === undefined ? 1 : 0)],
  // What HARMONI made of a lossy stream is not better for its format.
  ['lossless', ({ file, facts }) => (facts.isLossless === true && !file.downloaded ? 1 : 0)],
  ['your own file', ({ file }) => (file.downloaded ? 0 : 1)],
  ["the stream's own format, not converted", ({ file }) => (isNative(file.format) ? 1 : 0)],
  ['higher bitrate', ({ file }) => Math.round((file.bitrateKbps ?? 0) / 16)],
  ['more tags', ({ facts }) => Object.keys(facts).length],
  ['it has a cover', ({ facts }) => (facts.hasCover ? 1 : 0)],
  ['in more playlists', ({ lists }) => lists.length],
];

function isNative(format: string | undefined): boolean {
  return format === 'opus' || format === 'm4a';
}

/** Sorts the better copy first; of equal ones the one whose path comes first. Pure. */
export function compareCopies(a: { readonly song: LibrarySong }, b: { readonly song: LibrarySong }): number {
  for (const [, of] of questions) {
    const difference = of(b.song) - of(a.song);
    if (difference !== 0) return difference;
  }
  return a.song.file.path < b.song.file.path ? -1 : 1;
}

/** Why the first is better than the second, in words. Pure. */
export function whyBetter(
  { song }: { readonly song: LibrarySong },
  other: { readonly song: LibrarySong } | undefined,
): string {
  const found = questions.find(([, of]) => other !== undefined && of(song) !== of(other.song));
  return found?.[0] ?? 'they are equal';
}
