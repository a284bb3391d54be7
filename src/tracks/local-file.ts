import type { Track } from './track.ts';

type LocalFile = Pick<Track, 'album' | 'durationMs'> & { readonly artist: string; readonly title: string };

/**
 * What Spotify's address of a file on the user's own device says, "spotify:local:ARTIST:ALBUM:TITLE:SECONDS" with each part
 * form-encoded; undefined for other texts. Pure.
 */
export function readLocalFile(uri: string): LocalFile | undefined {
  if (!uri.startsWith('spotify:local:')) return undefined;
  const [, , artist = '', album = '', title = '', seconds = ''] = uri.split(':').map(decode);
  const durationMs = /^[1-9]\d{0,4}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
  return {
    artist,
    title,
    ...(album === '' ? {} : { album }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

function decode(part: string): string {
  const spaced = part.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced).trim();
  } catch {
    return spaced.trim();
  }
}
