import { foldArtist } from './fold.ts';
import { isrcCode } from './isrc.ts';
import { readTitle } from './title-parts.ts';
import { mediaText } from './media.ts';
import type { Track } from './track.ts';
import { versionKey } from './version-words.ts';

/**
 * Identity: two tracks are the same when they share a key: the Spotify URI, the ISRC, the video or upload, or the folded
 * main artist + title + version words. Keys are plain texts, so a store or an index can hold them. A name alone never
 * wins over what contradicts it: an artist may have two songs called "Intro".
 */

/** What tells tracks of one name apart. `isrcs` as isrcCode writes them. */
export interface TrackFacts {
  readonly isrcs: readonly string[];
  readonly durationMs?: number | undefined;
}

/** Lengths further apart than this, or than this part of the longer one, are two songs' (an intro, a re-recording). */
const mostApartMs = 10_000;
const mostApart = 0.05;

export function factsOf(track: Track): TrackFacts {
  const { isrc, durationMs } = track;
  return { isrcs: isrc === undefined || isrc === '' ? [] : [isrcCode(isrc)], durationMs };
}

/** Whether two lengths in ms cannot be those of one recording. Unknown ones (undefined, 0) say nothing. Pure. */
export function lengthsContradict(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined || a <= 0 || b <= 0) return false;
  return Math.abs(a - b) > Math.max(mostApartMs, mostApart * Math.max(a, b));
}

/** Whether two tracks of one name are two songs all the same: no common ISRC, or lengths far apart. Pure. */
export function contradict(a: TrackFacts, b: TrackFacts): boolean {
  if (a.isrcs.length > 0 && b.isrcs.length > 0) return !a.isrcs.some((isrc) => b.isrcs.includes(isrc));
  return lengthsContradict(a.durationMs, b.durationMs);
}

/** A key that other songs may have too. */
export function isNameKey(key: string): boolean {
  return key.startsWith('name:');
}

/** Tracks don't change, and each is asked for its keys half a dozen times on its way. */
const keysOf = new WeakMap<Track, readonly string[]>();

/** All keys of a track, the strongest first: "uri:...", "isrc:...", "youtube:...", "name:artist|title|version words". */
export function trackKeys(track: Track): readonly string[] {
  const known = keysOf.get(track);
  if (known !== undefined) return known;
  const keys = readKeys(track);
  keysOf.set(track, keys);
  return keys;
}

function readKeys(track: Track): readonly string[] {
  const keys = [...surestKeys(track)];
  const [mainArtist] = track.artists;
  if (mainArtist !== undefined) {
    keys.push(nameKey(mainArtist, track.track));
    // Files are often tagged with all artists in one text.
    if (track.artists.length > 1) keys.push(nameKey(track.artists.join(', '), track.track));
  } else if (track.media === undefined) {
    keys.push(nameKey('', track.track));
  }
  return [...new Set(keys)];
}

/** The keys of a track that no other song has. They cost far less than its name does. */
export function surestKeys(track: Track): readonly string[] {
  const keys: string[] = [];
  if (track.spotifyUri !== undefined && track.spotifyUri !== '') keys.push(`uri:${track.spotifyUri}`);
  if (track.isrc !== undefined && track.isrc !== '') {
    keys.push(`isrc:${isrcCode(track.isrc)}`);
  }
  if (track.media !== undefined) keys.push(mediaText(track.media));
  return keys;
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

/** Whether two tracks are the same song. */
export function sameTrack(a: Track, b: Track): boolean {
  const keys = new Set(trackKeys(a));
  const shared = trackKeys(b).filter((key) => keys.has(key));
  return shared.some((key) => !isNameKey(key)) || (shared.length > 0 && !contradict(factsOf(a), factsOf(b)));
}

/** Values by track: what was put for a track is found with every track that is the same song. */
export interface TrackMap<T> {
  get(track: Track): T | undefined;
  set(track: Track, value: T): void;
}

export function createTrackMap<T>(): TrackMap<T> {
  const byKey = new Map<string, { facts: TrackFacts; value: T }[]>();
  return {
    get(track) {
      const facts = factsOf(track);
      for (const key of trackKeys(track)) {
        const found = byKey.get(key)?.find((entry) => !isNameKey(key) || !contradict(entry.facts, facts));
        if (found !== undefined) return found.value;
      }
      return undefined;
    },
    set(track, value) {
      const entry = { facts: factsOf(track), value };
      for (const key of trackKeys(track)) {
        const entries = byKey.get(key);
        if (entries === undefined) byKey.set(key, [entry]);
        else entries.push(entry);
      }
    },
  };
}

/** The tracks without those that an earlier one is the same as; the order is kept. */
export function dropDoubles(tracks: readonly Track[]): readonly Track[] {
  const seen = createTrackMap<true>();
  return tracks.filter((track) => {
    if (seen.get(track) === true) return false;
    seen.set(track, true);
    return true;
  });
}
