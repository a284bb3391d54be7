import { HarmoniError } from '../errors.ts';
import { songName } from '../tracks/song-name.ts';
import type { SkippedRow, Track, TrackList } from '../tracks/track.ts';
import { type ArtistStyle, splitArtists } from './artists.ts';
import { briefText, cleanText } from './clean-text.ts';
import { readColumns } from './columns.ts';
import { asList, asRecord, asText, jsonCells } from './json-cells.ts';
import { mostRows } from './limits.ts';
import { localName, type RowResult, rowToTrack } from './row-to-track.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What a JSON file turned out to be. */
export type JsonContent =
  | { readonly kind: 'lists'; readonly lists: readonly TrackList[] }
  /** What was listened to: Spotify's StreamingHistory files. */
  | { readonly kind: 'history' }
  | { readonly kind: 'unknown' };

/**
 * Tells what a parsed JSON file holds: HARMONI's {"tracks": [...]} or a bare array of tracks, and of Spotify's account
 * export YourLibrary.json (the liked songs) and Playlist1.json with its like, of all years. Pure.
 * @throws HarmoniError source-too-large
 */
export function readJson(fileName: string, content: unknown): JsonContent {
  const record = asRecord(content);
  const playlists = record === undefined ? asList(content) : asList(record['playlists']);
  if (playlists.some(isPlaylist)) return lists(playlists.map(readPlaylist));
  if (record !== undefined && isPlaylist(record)) return lists([readPlaylist(record)]);
  // An account without playlists of its own.
  if (Array.isArray(record?.['playlists'])) return lists([]);
  const entries = record === undefined ? content : record['tracks'];
  if (!Array.isArray(entries)) return { kind: 'unknown' };
  if (entries.some((entry) => isListening(asRecord(entry)))) return { kind: 'history' };
  if (record !== undefined && isLibrary(fileName, record)) return lists([readLibrary(record)]);
  return lists([collect(fileName.replace(/\.json$/i, ''), entries, (entry) => readEntry(entry, 'any'))]);
}

function lists(all: readonly TrackList[]): JsonContent {
  return { kind: 'lists', lists: all.filter((list) => list.tracks.length + list.skipped.length > 0) };
}

function isPlaylist(value: unknown): boolean {
  return Array.isArray(asRecord(value)?.['items']);
}

function isListening(entry: Entry | undefined): boolean {
  return entry !== undefined && ('msPlayed' in entry || 'ms_played' in entry);
}

/** Spotify's own file, also under another name: it has lists beside the tracks. */
function isLibrary(fileName: string, record: Entry): boolean {
  return /^yourlibrary/i.test(fileName) || 'bannedTracks' in record || 'shows' in record;
}

/** Spotify names one artist of each liked song here, so a comma is part of the name. */
function readLibrary(record: Entry): TrackList {
  const rows = [...asList(record['tracks']), ...asList(record['episodes']).map((episode) => ({ episode }))];
  return collect('Liked Songs', rows, (entry) => readItem(entry));
}

function readPlaylist(value: unknown): TrackList {
  const playlist = asRecord(value) ?? {};
  const name = cleanText(asText(playlist['name']));
  return collect(name === '' ? 'Playlist' : name, asList(playlist['items']), readItem);
}

function collect(name: string, rows: readonly unknown[], read: (row: Entry) => RowResult): TrackList {
  if (rows.length > mostRows) {
    const most = mostRows.toLocaleString('en');
    throw new HarmoniError('source-too-large', `The list ${name} has more than ${most} rows.`);
  }
  const tracks: Track[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, row] of rows.entries()) {
    const entry = asRecord(row);
    const result = entry === undefined ? notAnEntry(row) : read(entry);
    if ('track' in result) tracks.push(result.track);
    else skipped.push({ row: index + 1, ...result.skipped });
  }
  return { name, tracks, skipped, folder: 'own' };
}

function notAnEntry(row: unknown): RowResult {
  const text = briefText(JSON.stringify(row));
  return { skipped: { reason: 'no title and no artist name', ...(row === null ? {} : { text }) } };
}

/** An item of a playlist in the account export: {track | episode | audiobook | localTrack, addedDate}. */
function readItem(item: Entry): RowResult {
  const { track, episode, audiobook, localTrack, ...rest } = item;
  const song = asRecord(track);
  if (song !== undefined) return readEntry({ ...song, ...rest }, 'whole');
  if (asRecord(episode))
    return none('a podcast episode', episode, ['showName', 'episodeName', 'show', 'name']);
  if (asRecord(audiobook)) return none('an audiobook', audiobook, ['audiobookName', 'name', 'author']);
  if (localTrack !== undefined && localTrack !== null) {
    const uri = asText(asRecord(localTrack)?.['uri'] ?? localTrack);
    const text = cleanText(localName(uri));
    return {
      skipped: { reason: 'a local file on your own device', ...(text === '' ? {} : { text }) },
    };
  }
  if (track === null && 'episode' in item) return { skipped: { reason: 'removed from Spotify' } };
  return readEntry(item, 'whole');
}

function none(reason: string, value: unknown, names: readonly string[]): RowResult {
  const texts = names.map((name) => cleanText(asText(asRecord(value)?.[name])));
  const text = songName(...texts);
  return { skipped: { reason, ...(text === '' ? {} : { text }) } };
}

/** HARMONI's {artist, album, track, uri} and its like; a list of artists counts before a joined name. */
function readEntry(entry: Entry, style: ArtistStyle): RowResult {
  const cells = jsonCells(entry);
  const ordered = [
    ...cells.filter(([key]) => key === 'artists'),
    ...cells.filter(([key]) => key !== 'artists'),
  ];
  return rowToTrack(
    readColumns(ordered.map(([key]) => key)),
    ordered.map(([, value]) => value),
    (text) => splitArtists(text, style),
  );
}
