import { isrcCode } from '../../tracks/isrc.ts';
import { readTitle } from '../../tracks/title-parts.ts';

/** What MusicBrainz is asked: paths below its base address. Pure. */

/** How many ISRCs one search names: each has a few recordings, and an answer holds a hundred. */
export const isrcsAtOnce = 20;
export const mostResults = 100;

/** What Lucene's query syntax reads as an operator. */
const operators = /[-+&|!(){}[\]^"~*?:\\/]/g;

/** A text as a term of a search: in lower case, because AND, OR and NOT are words of the syntax. */
export function escapeTerm(text: string): string {
  return text.replaceAll(operators, '\\$&').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

export function isrcSearch(isrcs: readonly string[]): string {
  return searchPath(isrcs.map((isrc) => `isrc:${isrcCode(isrc)}`).join(' OR '));
}

/** How far the length of a recording may be off, in ms. */
export const lengthToleranceMs = 3_000;
/** MusicBrainz' lengths are those of CDs and uploads: it is asked for more than what is taken. */
const askedToleranceMs = 10_000;

/** undefined where there is nothing to search for. */
export function textSearch(song: {
  readonly title: string;
  readonly artists: readonly string[];
  readonly durationMs?: number | undefined;
}): string | undefined {
  const title = escapeTerm(plainTitle(song.title));
  const artist = escapeTerm(song.artists[0] ?? '');
  if (title === '' || artist === '') return undefined;
  const { durationMs } = song;
  const length =
    durationMs === undefined || durationMs <= 0
      ? []
      : [
          `dur:[${Math.max(0, Math.round(durationMs) - askedToleranceMs)} TO ${Math.round(durationMs) + askedToleranceMs}]`,
        ];
  const terms = [`recording:("${title}")`, `artist:("${artist}")`, ...length];
  const path = searchPath(terms.join(' AND '), 25);
  return path.length > mostOfPath ? undefined : path;
}

/** Longer ones are turned down. */
const mostOfPath = 1_900;

/** The title up to its guests and version: "Song (feat. X) - Remastered 2011" is "Song" there. */
function plainTitle(title: string): string {
  const { featuring, versions, decoration } = readTitle(title);
  if (featuring.length + versions.length + decoration.length === 0) return title;
  // What stands in brackets at the start belongs to the name.
  const bare = title.replace(/(?<=\S)\s+(?:[([{].*|[-–—]\s.*|(?:feat|ft)\b.*)$/iu, '').trim();
  return bare === '' ? title : bare;
}

function searchPath(query: string, limit = mostResults): string {
  return `recording?query=${encodeURIComponent(query)}&limit=${limit}&fmt=json`;
}

const credits = 'artist-rels+work-rels+work-level-rels';

/** One release with everything about it and its recordings: a whole album for one question. */
export function releaseLookup(id: string): string {
  return `release/${encodeURIComponent(id)}?inc=labels+release-groups+recordings+artist-credits+genres+recording-level-rels+${credits}&fmt=json`;
}

/** One recording, for a song without a release, and for one whose file says which it is. */
export function recordingLookup(id: string): string {
  return `recording/${encodeURIComponent(id)}?inc=artist-credits+isrcs+genres+releases+release-groups+media+${credits}&fmt=json`;
}
