import { foldArtist } from './fold.ts';
import { readTitle } from './title-parts.ts';
import type { Track } from './track.ts';
import { versionKey } from './version-words.ts';

/**
 * Identity: two tracks are the same when they share a key: the Spotify URI, the ISRC, the YouTube video, or the folded
 * main artist + title + version words. Keys are plain texts, so a store or an index can hold them.
 */

/** All keys of a track, the strongest first: "uri:...", "isrc:...", "youtube:...", "name:artist|title|version words". */
export function trackKeys(track: Track): readonly string[] {
  const keys: string[] = [];
  if (track.spotifyUri !== undefined && track.spotifyUri !== '') keys.push(`uri:${track.spotifyUri}`);
  if (track.isrc !== undefined && track.isrc !== '') {
    keys.push(`isrc:${track.isrc.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()}`);
  }
  if (track.youtubeId !== undefined && track.youtubeId !== '') keys.push(`youtube:${track.youtubeId}`);
  const [mainArtist] = track.artists;
  if (mainArtist !== undefined) {
    keys.push(nameKey(mainArtist, track.track));
    // Files are often tagged with all artists in one text.
    if (track.artists.length > 1) keys.push(nameKey(track.artists.join(', '), track.track));
  } else if (track.youtubeId === undefined) {
    keys.push(nameKey('', track.track));
  }
  return [...new Set(keys)];
}

/** "name:artist|title|version words" of one artist (or one text with all artists) and one title. */
export function nameKey(artist: string, title: string): string {
  const { name, versions } = readTitle(title);
  return `name:${foldArtist(artist)}|${name.join('')}|${versionKey(versions)}`;
}

const artistSeparators = /\s*(?:;|, |\/| & | x | feat\.? | ft\.? | featuring | vs\.? )\s*/iu;

/**
 * The name keys of a file by its tags. The artist text may hold one artist or all of them, joined in any way ("Tyler,
 * The Creator" is one), so both readings are keys.
 */
export function tagKeys(artist: string, title: string): readonly string[] {
  const keys = [nameKey(artist, title)];
  const first = artist.split(artistSeparators)[0];
  if (first !== undefined && first !== '' && first !== artist) keys.push(nameKey(first, title));
  return [...new Set(keys)];
}

const leadingNumber = /^\s*\(?\d{1,3}\)?(?:\s*[.)_-]\s*|\s+(?=\S+.* - ))/u;

/**
 * The name keys of a file by its name without the extension: "Artist - Title", also with a track number in front, and
 * with " - " inside the artist or the title. Empty where there is no " - ". The other order ("Title - Artist") is not
 * tried: it would call songs present that are not.
 */
export function fileNameKeys(stem: string): readonly string[] {
  const keys = new Set<string>();
  for (const name of new Set([stem, stem.replace(leadingNumber, '')])) {
    const pieces = name.split(/\s+[-–—]\s+/u);
    for (let at = 1; at < pieces.length; at += 1) {
      const artist = pieces.slice(0, at).join(' - ');
      for (const key of tagKeys(artist, pieces.slice(at).join(' - '))) keys.add(key);
    }
  }
  return [...keys];
}

/** Whether two tracks share a key. */
export function sameTrack(a: Track, b: Track): boolean {
  const keys = new Set(trackKeys(a));
  return trackKeys(b).some((key) => keys.has(key));
}

/** The tracks without those that an earlier one is the same as; the order is kept. */
export function dropDoubles(tracks: readonly Track[]): readonly Track[] {
  const seen = new Set<string>();
  return tracks.filter((track) => {
    const keys = trackKeys(track);
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}
