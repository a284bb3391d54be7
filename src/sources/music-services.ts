/** Services that HARMONI cannot read, whose playlists can be exported to files that it reads. */
const services: readonly (readonly [string, RegExp])[] = [
  ['Apple Music', /^(?:(?:geo\.|beta\.|embed\.)?music|itunes)\.apple\.com$/],
  ['Deezer', /^(?:(?:www|widget|link)\.)?deezer\.com$|^deezer\.page\.link$|^dzr\.page\.link$/],
  ['Tidal', /^(?:(?:www|listen|embed|desktop)\.)?tidal\.com$/],
  ['Amazon Music', /^music\.amazon\.[a-z]{2,3}(?:\.[a-z]{2})?$/],
  ['Qobuz', /^(?:(?:www|play|open|widget)\.)?qobuz\.com$/],
];

/** The service that a link is of, where it is one of these; with or without https://. Pure. */
export function serviceOfLink(text: string): string | undefined {
  const trimmed = text.trim();
  if (/\s/.test(trimmed)) return undefined;
  const url = URL.parse(/^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  return services.find(([, hosts]) => url !== null && hosts.test(url.hostname))?.[0];
}

/** What to do with such a link. */
export const exportFix = 'Export the playlist as CSV with TuneMyMusic or Soundiiz, then download that file.';
