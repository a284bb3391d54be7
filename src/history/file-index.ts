import { transaction, type Database } from '../system/database.ts';
import { mediaText, type Media } from '../tracks/media.ts';
import type { SongFacts } from '../tracks/song-facts.ts';
import { createAdoptedTable, type Adopted, type AdoptedFiles, type AdoptedTable } from './adopted.ts';
import { createFileFinder, type FileFinder } from './file-finder.ts';
import { createFileSongs, type FileSongs } from './file-songs.ts';
import { toFile, withSeparator, type FileStamp, type IndexedFile, type StoredStamp } from './indexed-file.ts';

export type { FileStamp, IndexedFile, StoredStamp } from './indexed-file.ts';

/** Which track is in which file, whatever the file is called now. */
export interface FileIndex extends FileFinder, FileSongs {
  /** Files that HARMONI took from an upload. */
  findByMedia(media: Media): readonly IndexedFile[];
  get(path: string): IndexedFile | undefined;
  keysOf(path: string): readonly string[];
  readonly adopted: AdoptedFiles;
  /** Takes a file for a song; it's in the index already, or will be. */
  adopt(adopted: Adopted): void;
  /** It's no more than its tags say from now on. */
  disown(path: string): void;
  /**
   * Adds or replaces a file with the keys of its track. Without `facts` the next scan reads it. One that was adopted is the
   * user's own, and has the keys of its song, too.
   */
  put(file: IndexedFile, keys: readonly string[], facts?: SongFacts): void;
  /** The file has another path now, and is the same. */
  move(from: string, to: string): void;
  setInode(path: string, inode: string): void;
  /** The file is a copy of what it was: only its time and its inode are others. */
  setStamp(path: string, stamp: Required<FileStamp>): void;
  /** What is wrong with it was heard: its header says nothing of it. */
  setFault(path: string, fault: string): void;
  remove(path: string): void;
  /** Every indexed file below a folder. */
  filesBelow(folder: string): readonly IndexedFile[];
  /** The stamp of each of them, by path. */
  stampsBelow(folder: string): Map<string, StoredStamp>;
  /** Makes the changes in `work` in one transaction. */
  together(work: () => void): void;
  /** Some paths of files that HARMONI made, below a folder: so many from this one on. */
  downloadedBelow(folder: string, from: number, count: number): readonly string[];
}

export function createFileIndex(database: Database): FileIndex {
  const songs = createFileSongs(database);
  const getByPath = database.prepare('SELECT * FROM files WHERE path = ?');
  const removeByPath = database.prepare('DELETE FROM files WHERE path = ?');
  const insert = database.prepare(`
    INSERT INTO files (path, size_bytes, modified_ms, format, bitrate_kbps, duration_ms, media, downloaded, track_ms,
      fault, inode, is_changed, adopted_into, stays, examined)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${examination})`);
  const insertKey = database.prepare('INSERT OR IGNORE INTO file_keys (key, file_id) VALUES (?, ?)');
  const below = database.prepare('SELECT * FROM files WHERE substr(path, 1, length(?1)) = ?1');
  const someDownloaded = database.prepare(
    'SELECT path FROM files WHERE downloaded = 1 AND substr(path, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2 OFFSET ?3',
  );
  const together = (work: () => void): void => transaction(database, work);
  const keysByPath = database.prepare(
    'SELECT key FROM file_keys JOIN files ON files.id = file_keys.file_id WHERE path = ?',
  );
  const byMedia = database.prepare('SELECT * FROM files WHERE media = ?');
  const adopted = createAdoptedTable(database);
  const get = (path: string): IndexedFile | undefined => {
    const row = getByPath.get(path);
    return row === undefined ? undefined : toFile(row);
  };
  const keysOf = (path: string): readonly string[] => keysByPath.all(path).map((row) => String(row['key']));
  const updates = createUpdates(database);
  const index: FileIndex = {
    ...createFileFinder(database),
    ...songs.reader,
    ...updates,
    ...createOwnership(adopted, () => index),
    adopted,
    stampsBelow: createStampsBelow(database),
    get,
    keysOf,
    move: (from, to) =>
      together(() => {
        updates.move(from, to);
        adopted.move(from, to);
      }),
    findByMedia: (media) => byMedia.all(mediaText(media)).map(toFile),
    put(file, keys, facts) {
      together(() => {
        const own = holdingFor(adopted, file);
        removeByPath.run(file.path);
        const { lastInsertRowid } = insert.run(...rowOf(file, own));
        for (const key of [...keys, ...(own?.keys ?? [])]) insertKey.run(key, lastInsertRowid);
        if (facts !== undefined) songs.put(Number(lastInsertRowid), facts);
      });
    },
    remove: (path) => void removeByPath.run(path),
    downloadedBelow: (folder, from, count) =>
      someDownloaded.all(withSeparator(folder), count, from).map((row) => String(row['path'])),
    filesBelow: (folder) => below.all(withSeparator(folder)).map(toFile),
    together,
  };
  return index;
}

/** What is known of the very file that is about to be put. What HARMONI has put in its place isn't the user's own. */
function holdingFor(
  adopted: AdoptedTable,
  { path, sizeBytes, downloaded }: IndexedFile,
): Adopted | undefined {
  const known = adopted.get(path);
  if (known === undefined || known.sizeBytes === sizeBytes) return known;
  if (downloaded) adopted.remove(path);
  return undefined;
}

function createOwnership(adopted: AdoptedTable, index: () => FileIndex): Pick<FileIndex, 'adopt' | 'disown'> {
  return {
    adopt(file) {
      const files = index();
      files.together(() => {
        adopted.put(file);
        const known = files.get(file.path);
        if (known !== undefined) files.put(known, files.keysOf(file.path), files.factsOf(file.path));
      });
    },
    disown(path) {
      const files = index();
      files.together(() => {
        const known = files.get(path);
        const given = new Set(adopted.get(path)?.keys);
        adopted.remove(path);
        if (known === undefined) return;
        // Without what its tags say the next scan reads it anew.
        const left = files.keysOf(path).filter((key) => !given.has(key));
        files.put(known, left);
      });
    },
  };
}

/** In the order of the columns of `insert`. */
function rowOf(file: IndexedFile, own: Adopted | undefined): (string | number | null)[] {
  return [
    file.path,
    file.sizeBytes,
    Math.round(file.modifiedMs),
    file.format ?? null,
    file.bitrateKbps ?? null,
    file.durationMs ?? null,
    file.media === undefined ? null : mediaText(file.media),
    file.downloaded && own === undefined ? 1 : 0,
    file.trackMs ?? null,
    file.fault ?? null,
    file.inode ?? null,
    file.isChanged === true ? 1 : 0,
    own?.library ?? null,
    own?.stays === true ? 1 : 0,
  ];
}

/** What changes of a file that is still the same. */
function createUpdates(database: Database): Pick<FileIndex, 'move' | 'setInode' | 'setStamp' | 'setFault'> {
  const move = database.prepare('UPDATE OR REPLACE files SET path = ? WHERE path = ?');
  const setInode = database.prepare('UPDATE files SET inode = ? WHERE path = ?');
  const setStamp = database.prepare(
    'UPDATE files SET size_bytes = ?, modified_ms = ?, inode = ? WHERE path = ?',
  );
  const setFault = database.prepare('UPDATE files SET fault = ? WHERE path = ?');
  return {
    setFault: (path, fault) => void setFault.run(fault, path),
    move: (from, to) => void move.run(to, from),
    setInode: (path, inode) => void setInode.run(inode, path),
    setStamp: (path, { sizeBytes, modifiedMs, inode }) =>
      void setStamp.run(sizeBytes, modifiedMs, inode, path),
  };
}

function createStampsBelow(database: Database): FileIndex['stampsBelow'] {
  const stamps = database.prepare(
    `SELECT path, size_bytes, modified_ms, inode, examined, facts IS NOT NULL AS has_facts
     FROM files LEFT JOIN file_songs ON file_id = id WHERE substr(path, 1, length(?1)) = ?1`,
  );
  return (folder) =>
    new Map(
      stamps.all(withSeparator(folder)).map((row) => [
        String(row['path']),
        {
          sizeBytes: Number(row['size_bytes']),
          modifiedMs: Number(row['modified_ms']),
          ...(typeof row['inode'] === 'string' ? { inode: row['inode'] } : {}),
          examined: Number(row['examined']) >= examination && row['has_facts'] === 1,
        },
      ]),
    );
}

/** Raised when files are looked at with more care: each is then read once more. */
const examination = 1;
