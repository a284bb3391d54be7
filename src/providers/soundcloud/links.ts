/** What a SoundCloud link points to. Ids are paths: "artist/title", "artist/set", with the secret of a private link. */
export type SoundCloudLink =
  | { readonly kind: 'track'; readonly id: string }
  | { readonly kind: 'set'; readonly id: string }
  /** "on.soundcloud.com/CODE": what it points to, only SoundCloud knows. */
  | { readonly kind: 'short'; readonly url: string }
  /** SoundCloud's, but nothing that can be read; `reason` says why. */
  | { readonly kind: 'unsupported'; readonly reason: string };

const hosts = /^(?:www\.|m\.)?soundcloud\.com$/;
const name = /^[\w-]+$/;
const secret = /^s-\w+$/;
/** Pages that stand where the artist's name does, and lists where the title does. */
const notArtists = new Set(
  'discover search stream you charts upload pages settings stations tags'.split(' '),
);
const notTitles = new Set(
  'albums sets reposts likes spotlight comments tracks popular-tracks followers following recommended'.split(
    ' ',
  ),
);

/** Reads a link with or without https://. Undefined when the text is no link of SoundCloud's. Pure. */
export function parseSoundCloudLink(text: string): SoundCloudLink | undefined {
  const trimmed = text.trim();
  if (/\s/.test(trimmed)) return undefined;
  const url = URL.parse(/^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null) return undefined;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const [artist = '', title = ''] = parts;
  if (url.hostname === 'on.soundcloud.com' && name.test(artist) && parts.length === 1) {
    return { kind: 'short', url: `https://on.soundcloud.com/${artist}` };
  }
  // The number of an upload, as SoundCloud's own player names it.
  const number = /^\/tracks\/(?:soundcloud(?::|%3A)tracks(?::|%3A))?(\d+)\/?$/i.exec(url.pathname)?.[1];
  if (/^api(?:-v2)?\.soundcloud\.com$/.test(url.hostname) && number !== undefined) {
    return { kind: 'track', id: number };
  }
  if (!hosts.test(url.hostname)) return url.hostname.endsWith('.soundcloud.com') ? unsupported : undefined;
  if (!name.test(artist) || notArtists.has(artist.toLowerCase())) return unsupported;
  if (title === 'sets' && parts[2] !== undefined)
    return withSecret('set', [artist, parts[2]], parts.slice(3));
  if (!name.test(title) || notTitles.has(title.toLowerCase())) return unsupported;
  return withSecret('track', [artist, title], parts.slice(2));
}

const unsupported: SoundCloudLink = {
  kind: 'unsupported',
  reason: 'HARMONI reads links to SoundCloud tracks and sets, not to artists, likes or searches.',
};

function withSecret(
  kind: 'track' | 'set',
  [artist, title]: readonly [string, string],
  [token, ...more]: readonly string[],
): SoundCloudLink {
  if (!name.test(title) || more.length > 0) return unsupported;
  if (token === undefined) return { kind, id: `${artist}/${title}` };
  return secret.test(token) ? { kind, id: `${artist}/${title}/${token}` } : unsupported;
}

/** The id of an upload, from its link; undefined when it is none. */
export function soundCloudIdOf(text: string): string | undefined {
  const link = parseSoundCloudLink(text);
  return link?.kind === 'track' ? link.id : undefined;
}

/** The page of an upload. One that is known by its number alone has an address that yt-dlp reads. */
export function soundCloudUrl(id: string): string {
  return /^\d+$/.test(id) ? `https://api.soundcloud.com/tracks/${id}` : `https://soundcloud.com/${id}`;
}

/** The page of a set. */
export function soundCloudSetUrl(id: string): string {
  return `https://soundcloud.com/${id.replace('/', '/sets/')}`;
}
