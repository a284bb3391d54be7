import { songName } from '../tracks/song-name.ts';
import { type ArtistStyle, splitArtists } from './artists.ts';
import { briefText, cleanText, listMark } from './clean-text.ts';
import { collectRows, type ListInFile } from './collect-rows.ts';
import { readColumns } from './columns.ts';
import { asList, asRecord, asText, jsonCells } from './json-cells.ts';
import { type RowResult, rowToTrack } from './row-to-track.ts';
import { readSongLine } from './song-line.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What a JSON file turned out to be. */
export type JsonContent =
  | { readonly kind: 'lists'; readonly lists: readonly ListInFile[] }
  /** Texts: each is what a line of a text is. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  /** What was listened to: Spotify's StreamingHistory files. */
  | { readonly kind: 'history' }
  | { readonly kind: 'unknown' };

/**
 * Tells what a parsed JSON file holds: HARMONI's {"tracks": [...]}, a bare array of tracks or texts, a save or sync file of
 * spotDL (a list for each of its lists), and of Spotify's account export YourLibrary.json (the liked songs) and
 * Playlist1.json with its like, of all years. Pure.
 * @param name of the list, where the file says no other
 * @throws HarmoniError source-too-large
 */
export function readJson(fileName: string, name: string, content: unknown): JsonContent {
  const record = asRecord(content);
  const playlists = record === undefined ? asList(content) : asList(record['playlists']);
  if (playlists.some(isPlaylist)) return lists(playlists.map(readPlaylist));
  if (record !== undefined && isPlaylist(record)) return lists([readPlaylist(record)]);
  // An account without playlists of its own.
  if (Array.isArray(record?.['playlists'])) return lists([]);
  const entries = record === undefined ? content : (record['tracks'] ?? record['songs']);
  if (!Array.isArray(entries)) return { kind: 'unknown' };
  if (entries.some((entry) => isListening(asRecord(entry)))) return { kind: 'history' };
  if (record !== undefined && isLibrary(fileName, record)) return lists([readLibrary(record)]);
  if (entries.length > 0 && entries.every((entry) => typeof entry === 'string'))
    return { kind: 'lines', lines: entries };
  const collector = collectRows(`The list ${name}`, name);
  for (const entry of entries) {
    const song = asRecord(entry);
    const list = cleanText(asText(song?.['list_name'] ?? song?.['playlist_name']));
    collector.add(song === undefined ? notAnEntry(entry) : readEntry(song, 'any'), list);
  }
  return lists(collector.lists().map((list) => ({ ...list, origin: list.name })));
}

function lists(all: readonly ListInFile[]): JsonContent {
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
function readLibrary(record: Entry): ListInFile {
  const rows = [...asList(record['tracks']), ...asList(record['episodes']).map((episode) => ({ episode }))];
  return collect('Liked Songs', rows, (entry) => readItem(entry));
}

function readPlaylist(value: unknown): ListInFile {
  const playlist = asRecord(value) ?? {};
  const name = cleanText(asText(playlist['name']));
  return collect(name === '' ? 'Playlist' : name, asList(playlist['items']), readItem);
}

function collect(name: string, rows: readonly unknown[], read: (row: Entry) => RowResult): ListInFile {
  const collector = collectRows(`The list ${name}`, name);
  for (const row of rows) {
    const entry = asRecord(row);
    collector.add(entry === undefined ? notAnEntry(row) : read(entry));
  }
  const [list = { name, tracks: [], skipped: [], folder: 'own' as const }] = collector.lists();
  return { ...list, origin: name };
}

/** A text among objects is a song; a link there is not followed. */
function notAnEntry(row: unknown): RowResult {
  const line = typeof row === 'string' ? readSongLine(row) : undefined;
  if (line !== undefined && !('link' in line)) return line;
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
    return readEntry({ ...rest, uri }, 'whole');
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
  const cells = jsonCells(entry).map(([key, text]) => [key, text + endOfList(entry, key)] as const);
  const artists = cells.filter(([key]) => key === 'artists');
  const joined = asList(entry['artists']).join(', ');
  const isSaidTwice = ([key, value]: (typeof cells)[number]): boolean => key === 'artist' && value === joined;
  const ordered = [...artists, ...cells.filter((cell) => cell[0] !== 'artists' && !isSaidTwice(cell))];
  return rowToTrack(
    readColumns(ordered.map(([key]) => key)),
    ordered.map(([, value]) => value),
    (text) => splitArtists(text, style),
  );
}

/** A list of one name is a list too: a comma in it divides nothing. */
function endOfList(entry: Entry, key: string): string {
  return /artists$/i.test(key) && asList(entry[key]).length === 1 ? listMark : '';
}
