import { CsvError, parse } from 'csv-parse/sync';
import { HarmoniError } from '../errors.ts';
import type { Override } from '../history/overrides.ts';
import { isrcCode } from '../tracks/isrc.ts';
import { mediaText, type Media } from '../tracks/media.ts';
import type { SkippedRow, Track } from '../tracks/track.ts';

/**
 * The user's decisions as CSV: `spotify_uri,youtube_id` and, for tracks that Spotify does not know, `isrc,artist,track`;
 * several artists are divided by ";". What is not of YouTube stands in the place of the id as "soundcloud:ARTIST/TITLE";
 * "none" is the decision that no video is the right one.
 */
const columns = ['spotify_uri', 'youtube_id', 'isrc', 'artist', 'track'] as const;
type Column = (typeof columns)[number];

const none = 'none';

export interface ReadDecision {
  readonly track: Track;
  readonly media: Media | null;
}

/** Renders decisions as CSV with a header. Pure. */
export function renderOverrides(overrides: readonly Pick<Override, 'track' | 'media'>[]): string {
  const rows = overrides.map(({ track, media }) => [
    track.spotifyUri ?? '',
    media === null ? none : media.provider === 'youtube' ? media.id : mediaText(media),
    track.isrc ?? '',
    track.artists.join(';'),
    track.track === track.spotifyUri ? '' : track.track,
  ]);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Reads decisions. The columns may stand in any order and in either case; two columns without a header are a Spotify URI
 * or link and a video id or link. Rows that say nothing usable are handed back with the reason. Pure.
 * @param mediaOf reads a link of any provider, a YouTube id, or "soundcloud:ARTIST/TITLE"
 * @throws HarmoniError source-broken, source-not-understood
 */
export function parseOverrides(
  text: string,
  mediaOf: (link: string) => Media | undefined,
): {
  decisions: readonly ReadDecision[];
  skipped: readonly SkippedRow[];
} {
  const rows = readRows(text);
  const [first = []] = rows;
  const header = first.map((name) => name.trim().toLowerCase());
  const hasHeader = header.includes('youtube_id');
  if (!hasHeader && spotifyUriOf(first[0] ?? '') === undefined) {
    throw new HarmoniError('source-not-understood', 'The CSV has no youtube_id column.', {
      fix: 'Its first line must be spotify_uri,youtube_id, as harmoni review export writes it.',
    });
  }
  const names: readonly string[] = hasHeader ? header : columns;
  const decisions: ReadDecision[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, row] of rows.slice(hasHeader ? 1 : 0).entries()) {
    const get = (name: Column): string => row[names.indexOf(name)]?.trim() ?? '';
    const read = readDecision(get, mediaOf);
    if (typeof read === 'string') skipped.push({ row: index + 1, reason: read, text: row.join(',') });
    else decisions.push(read);
  }
  return { decisions, skipped };
}

function readRows(text: string): string[][] {
  try {
    const options = { bom: true, skip_empty_lines: true, relax_column_count: true };
    return parse(text, options);
  } catch (cause) {
    const said = cause instanceof CsvError ? `: ${cause.message}` : '';
    throw new HarmoniError('source-broken', `HARMONI can't read the CSV${said}.`, { cause });
  }
}

/** A decision, or why there is none. */
function readDecision(
  get: (name: Column) => string,
  mediaOf: (link: string) => Media | undefined,
): ReadDecision | string {
  const id = get('youtube_id');
  const media = id.toLowerCase() === none ? null : mediaOf(id);
  if (media === undefined) return 'youtube_id isn\'t a video ID, a link or "none"';
  const spotifyUri = spotifyUriOf(get('spotify_uri'));
  if (spotifyUri === undefined && get('spotify_uri') !== '') return "spotify_uri isn't a track's";
  const isrc = isrcCode(get('isrc'));
  const artists = get('artist')
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const title = get('track');
  if (spotifyUri === undefined && isrc === '' && title === '') return "it doesn't name a song";
  return {
    media,
    track: {
      artists,
      artist: artists.join(', '),
      track: title === '' ? (spotifyUri ?? isrc) : title,
      ...(spotifyUri === undefined ? {} : { spotifyUri }),
      ...(isrc === '' ? {} : { isrc }),
    },
  };
}

/** "spotify:track:ID" from the URI or a link. */
export function spotifyUriOf(text: string): string | undefined {
  const id =
    /^(?:spotify:track:|https?:\/\/open\.spotify\.com\/(?:intl-\w+\/)?track\/)([A-Za-z0-9]{22})\b/i.exec(
      text.trim(),
    )?.[1];
  return id === undefined ? undefined : `spotify:track:${id}`;
}
