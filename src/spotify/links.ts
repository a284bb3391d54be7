/** What a Spotify link or URI points to. */
export type SpotifyLink =
  | { readonly kind: 'playlist' | 'album' | 'track' | 'artist'; readonly id: string }
  | { readonly kind: 'liked' }
  /** Spotify's, but nothing that can be read; `reason` says why and what to do. */
  | { readonly kind: 'unsupported'; readonly reason: string };

const hosts = new Set(['open.spotify.com', 'play.spotify.com', 'www.spotify.com', 'spotify.com']);
const shortHosts = new Set(['spotify.link', 'spotify.app.link', 'link.tospotify.com', 'spoti.fi']);

/**
 * Reads "liked" or "liked songs", a URI (spotify:playlist:ID, spotify:user:NAME:playlist:ID) or a link of open.spotify.com, with or
 * without https://, a language (intl-de/), embed/, user/NAME/ and ?si=. Undefined when the text is not Spotify's.
 */
export function parseSpotifyLink(text: string): SpotifyLink | undefined {
  const trimmed = text.trim();
  if (/^liked(?: songs)?$/i.test(trimmed)) return { kind: 'liked' };
  if (/^spotify:/i.test(trimmed)) return fromParts(trimmed.split('?', 1).join('').split(':').slice(1));
  const url = URL.parse(/^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null) return undefined;
  if (shortHosts.has(url.hostname)) {
    return {
      kind: 'unsupported',
      reason: "HARMONI can't read short Spotify links. Open it in a browser and use the address it leads to.",
    };
  }
  if (!hosts.has(url.hostname)) return undefined;
  return fromParts(url.pathname.split('/').filter((part) => part !== ''));
}

function fromParts(parts: readonly string[]): SpotifyLink {
  const [first = '', ...rest] = parts;
  if (/^intl-/i.test(first) || first === 'embed') return fromParts(rest);
  if (first === 'user' && rest.length >= 2) return fromParts(rest.slice(1));
  if (first === 'collection') {
    const [what] = rest;
    if (what === undefined || what === 'tracks') return { kind: 'liked' };
  }
  if (first === 'playlist' || first === 'album' || first === 'track' || first === 'artist') {
    const [id = ''] = rest;
    if (/^[A-Za-z0-9]{22}$/.test(id)) return { kind: first, id };
    return { kind: 'unsupported', reason: `This Spotify ${first} link is incomplete. Copy it again.` };
  }
  if (first === 'episode' || first === 'show') {
    return { kind: 'unsupported', reason: 'HARMONI downloads music, not podcasts.' };
  }
  return {
    kind: 'unsupported',
    reason: 'HARMONI reads links to Spotify playlists, albums, songs and artists only.',
  };
}
