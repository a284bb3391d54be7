/** Why a command has no songs to work with: the query, or the library. Pure. */
export function noSongsText(words: readonly string[], library: string): string {
  if (words.length > 0) return 'No song in your library matches.';
  return `There are no songs in ${library}. Download some, or connect the disk with your music.`;
}
