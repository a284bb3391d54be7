/** What counts as music, by its extension. */
export const audioExtensions: ReadonlySet<string> = new Set([
  '.mp3',
  '.m4a',
  '.opus',
  '.flac',
  '.ogg',
  '.wav',
  '.aac',
  '.webm',
]);
