import type { Database } from '../system/database.ts';
import type { TrackList } from '../tracks/track.ts';

/** How a list is called in a library, for ever: its folder, and what `{list}` stands for. */
export interface ListRecord {
  /** Absolute. */
  readonly library: string;
  readonly origin: string;
  /** As its source called it when it first came. */
  readonly name: string;
  readonly sourceFile?: string | undefined;
  /** A file name; no other list of the library has it. */
  readonly label: string;
  /** The playlist file, absolute, and what HARMONI last wrote there. */
  readonly playlistFile?: string | undefined;
  readonly playlistSha256?: string | undefined;
}

/** The lists of all libraries. */
export interface ListRecords {
  get(library: string, origin: string): ListRecord | undefined;
  /** The list that has a label, whatever its case. */
  byLabel(library: string, label: string): ListRecord | undefined;
  byName(library: string, name: string): readonly ListRecord[];
  /** False when the label, or the list, has come into the library meanwhile. */
  add(record: ListRecord): boolean;
  /** The list is the same and its origin another: its file was moved. */
  reassign(record: ListRecord, to: Pick<TrackList, 'origin' | 'sourceFile'>): void;
  /** All of them, the oldest first. */
  all(library: string): readonly ListRecord[];
  /** Those that have a playlist file. */
  withPlaylist(library: string): readonly ListRecord[];
  /** All playlist files that HARMONI wrote in a library, absolute. */
  playlistFiles(library: string): readonly string[];
  setPlaylist(library: string, origin: string, file: string, sha256: string): void;
  /** The playlist file of some list is as HARMONI wrote it before. */
  setPlaylistContent(library: string, file: string, sha256: string): void;
  /** The playlist file of some list has another path now. */
  movePlaylist(from: string, to: string): void;
}

export function createListRecords(database: Database): ListRecords {
  const get = database.prepare('SELECT * FROM lists WHERE library = ? AND origin = ?');
  const byLabel = database.prepare('SELECT * FROM lists WHERE library = ? AND label_key = ?');
  const byName = database.prepare('SELECT * FROM lists WHERE library = ? AND name = ? ORDER BY rowid');
  const all = database.prepare('SELECT * FROM lists WHERE library = ? ORDER BY rowid');
  const add = database.prepare(
    'INSERT OR IGNORE INTO lists (library, origin, name, source_file, label, label_key) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const reassign = database.prepare(
    'UPDATE OR IGNORE lists SET origin = ?, source_file = ? WHERE library = ? AND origin = ?',
  );
  const setPlaylist = database.prepare(
    'UPDATE lists SET playlist_file = ?, playlist_sha256 = ? WHERE library = ? AND origin = ?',
  );
  const setContent = database.prepare(
    'UPDATE lists SET playlist_sha256 = ? WHERE library = ? AND playlist_file = ?',
  );
  const moveFile = database.prepare('UPDATE lists SET playlist_file = ? WHERE playlist_file = ?');
  const playlistFiles = database.prepare(
    'SELECT * FROM lists WHERE library = ? AND playlist_file IS NOT NULL',
  );
  return {
    get: (library, origin) => toRecord(get.get(library, origin)),
    byLabel: (library, label) => toRecord(byLabel.get(library, keyOf(label))),
    byName: (library, name) => byName.all(library, name).flatMap((row) => toRecord(row) ?? []),
    add: ({ library, origin, name, sourceFile, label }) =>
      add.run(library, origin, name, sourceFile ?? null, label, keyOf(label)).changes === 1,
    reassign: ({ library, origin }, to) =>
      void reassign.run(to.origin ?? origin, to.sourceFile ?? null, library, origin),
    all: (library) => all.all(library).flatMap((row) => toRecord(row) ?? []),
    withPlaylist: (library) => playlistFiles.all(library).flatMap((row) => toRecord(row) ?? []),
    playlistFiles: (library) =>
      playlistFiles.all(library).flatMap((row) => toRecord(row)?.playlistFile ?? []),
    setPlaylist: (library, origin, file, sha256) => void setPlaylist.run(file, sha256, library, origin),
    setPlaylistContent: (library, file, sha256) => void setContent.run(sha256, library, file),
    movePlaylist: (from, to) => void moveFile.run(to, from),
  };
}

/** Disks that do not tell cases apart are told no two names that differ in nothing else. */
function keyOf(label: string): string {
  return label.normalize('NFC').toLowerCase();
}

function toRecord(row: Record<string, unknown> | undefined): ListRecord | undefined {
  if (row === undefined) return undefined;
  const text = (column: string): string | undefined => {
    const value = row[column];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    library: String(row['library']),
    origin: String(row['origin']),
    name: String(row['name']),
    label: String(row['label']),
    sourceFile: text('source_file'),
    playlistFile: text('playlist_file'),
    playlistSha256: text('playlist_sha256'),
  };
}
