/** "Artist - Title", without what is empty; also of more or fewer names. Pure. */
export function songName(...names: readonly string[]): string {
  return names.filter((name) => name !== '').join(' - ');
}
