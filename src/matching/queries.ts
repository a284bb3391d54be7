import { foldArtist } from '../tracks/fold.ts';
import { readIsrc } from '../tracks/isrc.ts';
import type { Track } from '../tracks/track.ts';
import { readTitle } from '../tracks/title-parts.ts';
import type { SearchKind } from '../providers/provider.ts';

export interface Query {
  readonly kind: SearchKind;
  readonly text: string;
}

/** Longer queries find less: three artists tell a song apart. */
const artistsInQuery = 3;
const longestQuery = 180;

/**
 * The searches for a track, from the most to the least exact; each is asked only while those before left it open.
 * The ISRC first where there is one (upper case: the index knows no other), then artists and title.
 */
export function queriesFor(track: Track): readonly Query[] {
  const queries: Query[] = [];
  const isrc = readIsrc(track.isrc ?? '');
  if (isrc !== undefined) queries.push({ kind: 'isrc', text: isrc });
  const text = words(track);
  if (text !== '') {
    for (const kind of ['songs', 'videos', 'plain'] as const) queries.push({ kind, text });
  }
  return queries;
}

/** Artists and title in one line of plain words, without the guests' names twice. */
function words(track: Track): string {
  const guests = new Set(readTitle(track.track).featuring.map(foldArtist));
  const artists = track.artists.filter((artist, place) => place === 0 || !guests.has(foldArtist(artist)));
  const text = [...artists.slice(0, artistsInQuery), track.track].join(' ');
  // A query that begins with "-" or holds quotes would be read as an operator.
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}"“”]/gu, ' ')
    .replace(/(^|\s)-+(?=\S)/gu, '$1')
    .replace(/\s-+\s/gu, ' ');
  // Not through the middle of a character.
  return plain
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, longestQuery)
    .replace(/[\ud800-\udbff]$/, '');
}
