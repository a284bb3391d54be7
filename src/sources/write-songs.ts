import { csvRow } from '../tracks/csv-text.ts';
import { proofTag, type Heard } from '../tracks/heard.ts';
import type { Track } from '../tracks/track.ts';
import { linkOfMedia } from './media-link.ts';

/** A song as a file for other programs has it, and for HARMONI's own sources. */
export interface SongRow {
  readonly track: Track;
  /** The playlist that it is of, where rows of several stand in one file. */
  readonly list?: string;
  /** What is known of its file, or why there's none. Readers of song lists pass over it. */
  readonly about: AboutFile;
}

export interface AboutFile {
  /** Below the library, with "/". */
  readonly file?: string;
  readonly format?: string;
  readonly bitrateKbps?: number;
  readonly sizeBytes?: number;
  /** What listening to it came to. */
  readonly heard?: Heard;
  readonly status?: string;
  readonly reason?: string;
  readonly playlists?: readonly string[];
}

/** exportify.net's columns under its names, then those that only exportify.app has, then HARMONI's own. */
const columns: readonly (readonly [
  name: string,
  of: (row: SongRow) => string | number | boolean | undefined,
])[] = [
  ['Track URI', ({ track }) => track.spotifyUri],
  ['Track Name', ({ track }) => track.track],
  ['Album Name', ({ track }) => track.album],
  ['Artist Name(s)', ({ track }) => track.artists.join(';')],
  ['Release Date', ({ track }) => track.releaseDate],
  ['Duration (ms)', ({ track }) => track.durationMs],
  ['Explicit', ({ track }) => track.explicit],
  ['Added At', ({ track }) => track.addedAt],
  ['Genres', ({ track }) => track.genres?.join(',')],
  ['Record Label', ({ track }) => track.label],
  ['Album Artist Name(s)', ({ track }) => track.albumArtists?.join(';')],
  ['Track Number', ({ track }) => track.trackNumber],
  ['Total Album Tracks', ({ track }) => track.trackTotal],
  ['Disc Number', ({ track }) => track.discNumber],
  ['Disc Total', ({ track }) => track.discTotal],
  ['ISRC', ({ track }) => track.isrc],
  ['Track URL', ({ track }) => (track.media === undefined ? undefined : linkOfMedia(track.media))],
  ['Playlist', ({ list }) => list],
  ['HARMONI File', ({ about }) => about.file],
  ['HARMONI Playlists', ({ about }) => about.playlists?.join(';')],
  ['HARMONI Format', ({ about }) => about.format],
  ['HARMONI Bitrate (kbps)', ({ about }) => about.bitrateKbps],
  ['HARMONI Size (bytes)', ({ about }) => about.sizeBytes],
  ['HARMONI Proof', ({ about }) => (about.heard === undefined ? undefined : proofTag(about.heard))],
  ['HARMONI Status', ({ about }) => about.status],
  ['HARMONI Reason', ({ about }) => about.reason],
];

/**
 * Songs as CSV, in UTF-8 with the mark that Excel needs to know it. The playlist has a column only where rows name one: a
 * reader makes a list of each. Pure.
 */
export function renderSongsCsv(rows: readonly SongRow[]): string {
  const hasLists = rows.some(({ list }) => list !== undefined);
  const shown = columns.filter(([name]) => hasLists || name !== 'Playlist');
  const header = csvRow(shown.map(([name]) => name));
  const lines = rows.map((row) => csvRow(shown.map(([, of]) => String(of(row) ?? ''))));
  return `\ufeff${header}${lines.join('')}`;
}

/** A song as an entry of {"tracks": [...]} or of a playlist's "items". Pure. */
export function songInJson({ track, about }: SongRow): object {
  const { media, spotifyUri, extra, ...known } = track;
  return {
    ...known,
    ...(spotifyUri === undefined ? {} : { uri: spotifyUri }),
    ...(media === undefined ? {} : { url: linkOfMedia(media) }),
    ...extra,
    ...(Object.keys(about).length === 0 ? {} : { harmoni: about }),
  };
}
