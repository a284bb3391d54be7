/** What a YouTube link points to. */
export type YouTubeLink =
  | { readonly kind: 'video'; readonly videoId: string }
  | { readonly kind: 'playlist'; readonly playlistId: string }
  /** YouTube's, but nothing that can be read; `reason` says why. */
  | { readonly kind: 'unsupported'; readonly reason: string };

const hosts = /^(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com$/;
const videoId = /^[\w-]{11}$/;
// PL, OLAK5uy_ (albums), RD (mixes), UU (a channel's uploads), FL, and the private LL and WL.
const playlistId = /^(?:(?:PL|OLAK5uy_|RD|UU|FL|TL|EL)[\w-]{5,}|LL|WL|LM)$/;

/**
 * Reads a link with or without https://. "watch?v=..&list=.." is the one video that was open, not the list.
 * Undefined when the text is no link of YouTube's. Pure.
 */
export function parseYouTubeLink(text: string): YouTubeLink | undefined {
  const trimmed = text.trim();
  if (/\s/.test(trimmed)) return undefined;
  const url = URL.parse(/^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null) return undefined;
  const [first = '', second = ''] = url.pathname.split('/').filter((part) => part !== '');
  if (url.hostname === 'youtu.be' || url.hostname === 'www.youtu.be') return video(first);
  if (!hosts.test(url.hostname)) return undefined;

  const list = url.searchParams.get('list');
  if (first === 'watch') {
    const id = url.searchParams.get('v') ?? second;
    return id === '' && list !== null ? playlist(list) : video(id);
  }
  if (first === 'embed' && second === 'videoseries') return playlist(list ?? '');
  if (['shorts', 'embed', 'live', 'v', 'e'].includes(first)) return video(second);
  if (first === 'playlist') return playlist(list ?? '');
  // YouTube Music's own address of a playlist.
  if (first === 'browse' && second.startsWith('VL')) return playlist(second.slice(2));
  return {
    kind: 'unsupported',
    reason: 'HARMONI reads links to YouTube videos and playlists, not to channels, searches or artists.',
  };
}

function video(id: string): YouTubeLink {
  if (videoId.test(id)) return { kind: 'video', videoId: id };
  return { kind: 'unsupported', reason: 'This link has no valid video ID. Copy it again.' };
}

function playlist(id: string): YouTubeLink {
  if (playlistId.test(id)) return { kind: 'playlist', playlistId: id };
  return { kind: 'unsupported', reason: 'This link has no valid playlist ID. Copy it again.' };
}

/** The id of a video, from its link or the bare id; undefined when it is neither. */
export function youtubeIdOf(text: string): string | undefined {
  if (videoId.test(text)) return text;
  const link = parseYouTubeLink(text);
  return link?.kind === 'video' ? link.videoId : undefined;
}

/** The address of a video. */
export function youtubeUrl(id: string): string {
  return `https://www.youtube.com/watch?v=${encodeURIComponent(id)}`;
}

/** The address of a playlist. */
export function youtubePlaylistUrl(id: string): string {
  return `https://www.youtube.com/playlist?list=${encodeURIComponent(id)}`;
}
