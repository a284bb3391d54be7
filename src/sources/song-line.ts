import { readLength } from '../tracks/length-text.ts';
import type { Track } from '../tracks/track.ts';
import { briefText } from './clean-text.ts';
import { readTrackUri } from './field-values.ts';
import { linkOfMedia, mediaOfLink } from './media-link.ts';
import { serviceOfLink } from './music-services.ts';
import type { RowResult } from './row-to-track.ts';
import { parseSong } from './song-text.ts';

/** A song, why a line is none, or a link that somebody has to follow to know. */
export type SongLine = RowResult | { readonly link: string };

/** No song has a longer name; a line like this is of another kind of file. */
const longestLine = 500;
const linkStart =
  /^(?:https?:\/\/|spotify:[a-z]+:|www\.|(?:(?:m|music|www)\.)?youtube\.com\/|youtu\.be\/|(?:open\.)?spotify\.com\/|spotify\.link\/|(?:(?:m|on|www)\.)?soundcloud\.com\/)/i;
const separator = /\s[-–—]\s/;
const length = /\s+[([](\d{1,2}:\d\d(?::\d\d)?)[)\]]$/;

/**
 * One line of a list: "Artist - Title" (a tab between them will do, and a length behind them), a title, a link or URI of
 * Spotify, YouTube or SoundCloud, or a song with its link in the same line. Pure.
 */
export function readSongLine(line: string): SongLine {
  const text = line.trim().replace(/^[-*•]\s+/, '');
  if (text.length > longestLine) return skipped('too long to be a song', text);
  const words = text.split(/\s+/).map(withoutBrackets);
  const link = words.find((word) => linkStart.test(word) || isServiceLink(word));
  return link === undefined ? asSong(text) : readLinkLine(text, link);
}

/** Whether a line is sure to be a song: "Artist - Title" or a link, and not any other text. Pure. */
export function isSongLine(text: string): boolean {
  const line = readSongLine(text);
  return (
    'link' in line || ('track' in line && (line.track.artists.length > 0 || line.track.media !== undefined))
  );
}

/** "<https://...>," and "(https://...)" */
const withoutBrackets = (word: string): string => word.replace(/^[<(["']+|[>)\]"',;]+$/g, '');

const isServiceLink = (word: string): boolean => word.includes('/') && serviceOfLink(word) !== undefined;

function readLinkLine(text: string, link: string): SongLine {
  const rest = text.replace(link, ' ').replace(/^[\s|,;:<>()[\]"'=-]+|[\s|,;:<>()[\]"'=-]+$/g, '');
  const named = asSong(rest);
  const song = 'track' in named && named.track.artists.length > 0 ? named.track : undefined;
  const media = mediaOfLink(link);
  if (media !== undefined) {
    const bare = { artists: [], artist: '', track: linkOfMedia(media) };
    return { track: { ...(song ?? ('track' in named ? named.track : bare)), media } };
  }
  const spotifyUri = readTrackUri(link);
  if (song !== undefined && spotifyUri !== undefined) return { track: { ...song, spotifyUri } };
  const service = serviceOfLink(link);
  if (service === undefined) return { link };
  return song === undefined
    ? skipped(`a link to ${service}, which HARMONI can't read`, text)
    : { track: song };
}

function asSong(text: string): RowResult {
  const [, time = ''] = length.exec(text) ?? [];
  const durationMs = readLength(time);
  const name = (durationMs === undefined ? text : text.replace(length, ''))
    .replace(/^"([^"]+)"$/, '$1')
    .replaceAll(/\t+/g, (tabs) => (separator.test(text) ? ' ' : tabs.replace(/\t+/, ' - ')));
  const song: Track | undefined = /[\p{L}\p{N}]/u.test(name) ? parseSong(name) : undefined;
  if (song === undefined) return skipped('no title', text);
  return { track: durationMs === undefined ? song : { ...song, durationMs } };
}

function skipped(reason: string, text: string): RowResult {
  const brief = briefText(text);
  return { skipped: { reason, ...(brief === '' ? {} : { text: brief }) } };
}
