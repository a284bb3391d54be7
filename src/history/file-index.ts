import { sep } from 'node:path';
import { transaction, type Database } from '../system/database.ts';

/** One audio file of the library as the index knows it. */
export interface IndexedFile {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly format?: string;
  readonly bitrateKbps?: number;
  readonly durationMs?: number;
  readonly videoId?: string;
  /** True for what HARMONI itself made. */
  readonly downloaded: boolean;
}

/** Which track is in which file, whatever the file is called now. */
export interface FileIndex {
  /** Files that hold a track with one of these keys. They may have gone from the disk meanwhile. */
  find(trackKeys: readonly string[]): readonly IndexedFile[];
  get(path: string): IndexedFile | undefined;
  /** Adds or replaces a file with the keys of its track. */
  put(file: IndexedFile, trackKeys: readonly string[]): void;
  remove(path: string): void;
  /** Every indexed path below a folder. */
  pathsBelow(folder: string): readonly string[];
  /** Keys of all files, for marking thousands of rows at once: key -> path. */
  keys(): ReadonlyMap<string, string>;
}

export function createFileIndex(database: Database): FileIndex {
  const findByKey = database.prepare(
    'SELECT files.* FROM file_keys JOIN files ON files.id = file_keys.file_id WHERE key = ? ORDER BY files.id',
  );
  const getByPath = database.prepare('SELECT * FROM files WHERE path = ?');
  const removeByPath = database.prepare('DELETE FROM files WHERE path = ?');
  const insert = database.prepare(`
    INSERT INTO files (path, size_bytes, modified_ms, format, bitrate_kbps, duration_ms, video_id, downloaded)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertKey = database.prepare('INSERT OR IGNORE INTO file_keys (key, file_id) VALUES (?, ?)');
  const below = database.prepare('SELECT path FROM files WHERE substr(path, 1, length(?1)) = ?1');
  const allKeys = database.prepare(
    'SELECT key, path FROM file_keys JOIN files ON files.id = file_keys.file_id',
  );
  return {
    find(trackKeys) {
      const byPath = new Map<string, IndexedFile>();
      for (const key of trackKeys) {
        for (const row of findByKey.all(key)) byPath.set(String(row['path']), toFile(row));
      }
      return [...byPath.values()];
    },
    get(path) {
      const row = getByPath.get(path);
      return row === undefined ? undefined : toFile(row);
    },
    put(file, trackKeys) {
      transaction(database, () => {
        removeByPath.run(file.path);
        const { lastInsertRowid } = insert.run(
          file.path,
          file.sizeBytes,
          Math.round(file.modifiedMs),
          file.format ?? null,
          file.bitrateKbps ?? null,
          file.durationMs ?? null,
          file.videoId ?? null,
          file.downloaded ? 1 : 0,
        );
        for (const key of trackKeys) insertKey.run(key, lastInsertRowid);
      });
    },
    remove: (path) => void removeByPath.run(path),
    pathsBelow: (folder) =>
      below.all(folder.endsWith(sep) ? folder : folder + sep).map((row) => String(row['path'])),
    keys: () => new Map(allKeys.all().map((row) => [String(row['key']), String(row['path'])])),
  };
}

function toFile(row: Record<string, unknown>): IndexedFile {
  const { format, bitrate_kbps: bitrateKbps, duration_ms: durationMs, video_id: videoId } = row;
  return {
    path: String(row['path']),
    sizeBytes: Number(row['size_bytes']),
    modifiedMs: Number(row['modified_ms']),
    downloaded: row['downloaded'] === 1,
    ...(typeof format === 'string' ? { format } : {}),
    ...(typeof bitrateKbps === 'number' ? { bitrateKbps } : {}),
    ...(typeof durationMs === 'number' ? { durationMs } : {}),
    ...(typeof videoId === 'string' ? { videoId } : {}),
  };
}
