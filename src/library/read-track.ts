import { basename, extname } from 'node:path';
import { isrcCode } from '../tracks/isrc.ts';
import type { Track } from '../tracks/track.ts';
import { ownTags } from '../downloads/examine-file.ts';

/**
 * The track that a file of the library is, by its tags, or by its name where it has none. Its length is left out: it is
 * the file's and may not be the track's.
 */
export async function trackOfFile(path: string): Promise<Track> {
  const { parseFile } = await import('music-metadata');
  const tags = await parseFile(path, { skipCovers: true }).catch(() => undefined);
  const { title, artist, artists = [], album, isrc = [] } = tags?.common ?? {};
  if (title === undefined) return trackOfName(basename(path, extname(path)));
  const { spotifyUri } = ownTags(tags?.native ?? {});
  const names = artists.length > 0 ? artists : artist === undefined ? [] : [artist];
  return {
    artists: names,
    artist: artist ?? names.join(', '),
    track: title,
    ...(album === undefined ? {} : { album }),
    ...(isrc[0] === undefined ? {} : { isrc: isrcCode(isrc[0]) }),
    ...(spotifyUri === undefined ? {} : { spotifyUri }),
  };
}

function trackOfName(stem: string): Track {
  const at = stem.indexOf(' - ');
  if (at === -1) return { artists: [], artist: '', track: stem };
  const artist = stem.slice(0, at).trim();
  return { artists: [artist], artist, track: stem.slice(at + 3).trim() };
}
