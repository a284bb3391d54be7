import { titlesAgree, versionsAgree } from '../enrich/musicbrainz/agreement.ts';
import { isNobody, nameOf } from '../matching/track-profile.ts';
import { joined, toWords } from '../matching/words.ts';
import { readTitle } from '../tracks/title-parts.ts';
import type { Track } from '../tracks/track.ts';
import { lengthWords } from './judge.ts';

/** What somebody says of a recording. */
export interface Described {
  readonly title: string;
  readonly artists: readonly string[];
  readonly lengthMs: number | undefined;
}

/**
 * Why a recording isn't the one that a track means, by what is said of it, as the end of a sentence: its title, its version,
 * its artist or its length. Undefined where all of them agree. Pure.
 */
export function disagreement(track: Track, { title, artists, lengthMs }: Described): string | undefined {
  if (!sameTitle(track.track, title) || !versionsAgree(track.track, title)) return `it's called "${title}"`;
  if (!sameArtist(artistsOf(track), artists))
    return `it's by ${artists.length === 0 ? 'an unknown artist' : artists.join(', ')}`;
  return lengthMs === undefined ? undefined : lengthWords({ fileMs: lengthMs, trackMs: track.durationMs });
}

/** Whether a recording has the track's name and an artist of its own, whatever version and length it is. Pure. */
export function isCalledAlike(track: Track, { title, artists }: Omit<Described, 'lengthMs'>): boolean {
  return sameTitle(track.track, title) && sameArtist(artistsOf(track), artists);
}

function artistsOf({ artists, track }: Track): readonly string[] {
  return artists.length === 0 ? [] : [...artists, ...readTitle(track).featuring];
}

/** Also where one of them is in another script. */
function sameTitle(a: string, b: string): boolean {
  return titlesAgree(a, b) || inLatin(a) === inLatin(b);
}

function inLatin(title: string): string {
  return joined(toWords(readTitle(title).core));
}

const separators = /\s*(?:,|;|\/|\s(?:&|x|feat\.?|ft\.?|featuring|with|and)\s)\s*/iu;

/** Whether they have one in common, each written as one name or as several in one text. A track without artists has any. */
function sameArtist(wanted: readonly string[], found: readonly string[]): boolean {
  const names = namesOf(found);
  return wanted.length === 0 || [...namesOf(wanted)].some((name) => names.has(name));
}

function namesOf(artists: readonly string[]): ReadonlySet<string> {
  const all = [artists.join(', '), ...artists.flatMap((artist) => [artist, ...artist.split(separators)])];
  return new Set(
    all
      .map(nameOf)
      .filter((name) => name.joined !== '' && !isNobody(name))
      .map((name) => name.joined),
  );
}
