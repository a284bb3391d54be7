import { readIsrc } from '../tracks/isrc.ts';
import { isSameMedia, type Media } from '../tracks/media.ts';
import { readLocalFile } from '../tracks/local-file.ts';
import { songName } from '../tracks/song-name.ts';
import type { SkippedRow, Track } from '../tracks/track.ts';
import { briefText, cleanText, listMark } from './clean-text.ts';
import type { Column, Field } from './columns.ts';
import * as read from './field-values.ts';
import { linkOfMedia, mediaOfLink, videoOfCell } from './media-link.ts';

export type RowResult = { readonly track: Track } | { readonly skipped: Omit<SkippedRow, 'row'> };

/** Splits a cell of artists; `count` is how many there are, where another column tells. */
export type ReadArtists = (text: string, count?: number) => readonly string[];

type Draft = { -readonly [K in keyof Track]?: Track[K] };

/**
 * A row as a Track, or why it is none. Every cell lands on the track: in its field, or in `extra` where there is no
 * field, the field has another value already, or the value is not what the field holds. Pure.
 */
export function rowToTrack(
  columns: readonly Column[],
  cells: readonly string[],
  readArtists: ReadArtists,
): RowResult {
  const values = cells.map(present);
  const cellsOf = (field: Field) =>
    columns.flatMap((column, index) => (column.field === field && values[index] ? [values[index]] : []));
  const [uri = ''] = cellsOf('spotifyUri');
  const { artist: localArtist = '', title: localTitle = '', ...local } = readLocalFile(uri) ?? {};
  const [title = cleanText(localTitle)] = cellsOf('track').map(cleanText);
  const [artistCell = ''] = cellsOf('artists');
  // Where each artist has a column, a cell is one name.
  const isOneEach = columns.some(({ field }) => field === 'moreArtists');
  const artists = [
    ...new Set([
      ...readArtists(artistCell, isOneEach ? 1 : countOf(cellsOf('artistIds')[0])),
      ...cellsOf('moreArtists').flatMap((cell) => readArtists(cell, 1)),
    ]),
  ];
  if (artists.length === 0) artists.push(...readArtists(localArtist, 1));
  const media = [...cellsOf('youtubeId').map(videoOfCell), ...cellsOf('spotifyUri').map(mediaOfLink)].find(
    (found) => found !== undefined,
  );

  const reason = whyNone(uri, title, artists, media);
  if (reason !== undefined) {
    const text = songName(artists.join(', '), title);
    return { skipped: { reason, ...described(text || briefText(uri)) } };
  }
  const draft: Draft = {};
  const extra: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const value = values[index] ?? '';
    if (value === '') continue;
    if (column.field === 'track' && cleanText(value) === title) continue;
    if (column.field === 'artists' && value === artistCell && title !== '') continue;
    if (column.field === 'albumArtists') {
      const count = countOf(cellsOf('albumArtistIds')[0]);
      if (putAll(draft, 'albumArtists', value === artistCell ? artists : readArtists(value, count))) continue;
    }
    if (column.field !== undefined && setters[column.field](draft, value)) continue;
    extra[column.tag] = cleanText(value);
  }
  const names =
    title === '' && media !== undefined
      ? { artists: [], artist: '', track: linkOfMedia(media) }
      : { artists, artist: artists.join(', '), track: title };
  return { track: { ...local, ...names, ...draft, ...filled(extra) } };
}

/** Exportify writes "undefined" for what Spotify does not know. */
function present(cell: string): string {
  const text = cell.trim();
  return text === 'undefined' ? '' : text;
}

function countOf(ids: string | undefined): number | undefined {
  return ids?.split(ids.includes(listMark) ? listMark : /[,;]/).length;
}

function whyNone(
  uri: string,
  title: string,
  artists: readonly string[],
  media: Media | undefined,
): string | undefined {
  if (/^spotify:(?:episode|show|chapter)|\/(?:episode|show|chapter)\//.test(uri)) return 'a podcast episode';
  // The video is known: it says the rest.
  if (media !== undefined) return undefined;
  if (uri.startsWith('spotify:local') && (title === '' || artists.length === 0)) {
    return 'a local file without artist and title';
  }
  if (title === '' && artists.length === 0) return 'no title and no artist name';
  if (title === '') return 'no title';
  return artists.length === 0 ? 'no artist name' : undefined;
}

function described(text: string): { text?: string } {
  return text === '' ? {} : { text };
}

function filled(extra: Readonly<Record<string, string>>): Pick<Track, 'extra'> {
  return Object.keys(extra).length === 0 ? {} : { extra };
}

/** Sets a field once. False: the text is not what the field holds, or the field has another value. */
type Setter = (draft: Draft, text: string) => boolean;

function put<K extends keyof Track>(draft: Draft, key: K, value: Draft[K]): boolean {
  if (value === undefined) return false;
  draft[key] ??= value;
  return draft[key] === value;
}

/** The more exact of two dates that agree. */
function putDate(draft: Draft, date: string | undefined): boolean {
  if (date === undefined) return false;
  if (draft.releaseDate === undefined || date.startsWith(draft.releaseDate)) draft.releaseDate = date;
  return draft.releaseDate.startsWith(date);
}

function putMedia(draft: Draft, media: Media | undefined): boolean {
  if (media === undefined) return false;
  draft.media ??= media;
  return isSameMedia(draft.media, media);
}

function putAll(draft: Draft, key: 'genres' | 'albumArtists', values: readonly string[]): boolean {
  if (values.length > 0) draft[key] = [...new Set([...(draft[key] ?? []), ...values])];
  return values.length > 0;
}

const setters: Readonly<Record<Field, Setter>> = {
  // Both are read before; a second column of theirs, and what counts artists, goes to extra.
  track: () => false,
  artists: () => false,
  artistIds: () => false,
  albumArtistIds: () => false,
  albumArtists: () => false,
  // Read before, and by whoever divides the rows into lists.
  moreArtists: () => true,
  listName: () => true,
  spotifyUri: (draft, text) =>
    put(draft, 'spotifyUri', read.readTrackUri(text)) || putMedia(draft, mediaOfLink(text)),
  album: (draft, text) => put(draft, 'album', cleanText(text)),
  releaseDate: (draft, text) => putDate(draft, read.readDate(text)),
  durationMs: (draft, text) => put(draft, 'durationMs', read.readDurationMs(text)),
  duration: (draft, text) => put(draft, 'durationMs', read.readDuration(text)),
  trackNumber: (draft, text) => put(draft, 'trackNumber', read.readWhole(text, 1, 9999)),
  trackTotal: (draft, text) => put(draft, 'trackTotal', read.readWhole(text, 1, 9999)),
  discNumber: (draft, text) => put(draft, 'discNumber', read.readWhole(text, 1, 9999)),
  discTotal: (draft, text) => put(draft, 'discTotal', read.readWhole(text, 1, 9999)),
  isrc: (draft, text) => put(draft, 'isrc', readIsrc(text)),
  explicit: (draft, text) => put(draft, 'explicit', read.readBoolean(text)),
  genres: (draft, text) =>
    putAll(
      draft,
      'genres',
      text
        .split(/[,;\u001f]/)
        .map(cleanText)
        .filter(Boolean),
    ),
  label: (draft, text) => put(draft, 'label', cleanText(text)),
  copyright: (draft, text) => put(draft, 'copyright', cleanText(text)),
  tempo: (draft, text) => put(draft, 'tempo', read.readNumber(text, 1, 999)),
  key: (draft, text) => put(draft, 'key', read.readWhole(text, -1, 11)),
  mode: (draft, text) => put(draft, 'mode', read.readWhole(text, 0, 1)),
  energy: (draft, text) => put(draft, 'energy', read.readNumber(text, 0, 1)),
  coverUrl: (draft, text) => put(draft, 'coverUrl', read.readUrl(text)),
  addedAt: (draft, text) => put(draft, 'addedAt', read.readMoment(text)),
  // A person, and nothing about the song.
  addedBy: () => true,
  youtubeId: (draft, text) => putMedia(draft, videoOfCell(text)),
  aboutFile: () => true,
};
