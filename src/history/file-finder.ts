import type { Database } from '../system/database.ts';
import {
  contradict,
  factsOf,
  isNameKey,
  surestKeys,
  trackKeys,
  type TrackFacts,
} from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';
import { toFile, withSeparator, type IndexedFile } from './indexed-file.ts';

/** Finds the files of tracks. */
export interface FileFinder {
  /** Files that hold this track, whole or not. They may have gone from the disk meanwhile. */
  find(track: Track): readonly IndexedFile[];
  /** Files with one of these keys, where nothing else is known of the track. */
  findByKeys(keys: readonly string[]): readonly IndexedFile[];
  /**
   * `find` for thousands of tracks, among the files below a folder and those adopted into it, as they are now, the surest
   * first.
   */
  finderBelow(folder: string): (track: Track) => Iterable<IndexedFile>;
}

export function createFileFinder(database: Database): FileFinder {
  return { ...createLookUp(database), finderBelow: createFinderBelow(database) };
}

/** Asks the table for each track. */
function createLookUp(database: Database): Pick<FileFinder, 'find' | 'findByKeys'> {
  const byKeys = database.prepare(
    `SELECT key, files.* FROM file_keys JOIN files ON files.id = file_keys.file_id
     WHERE key IN (SELECT value FROM json_each(?)) ORDER BY files.id`,
  );
  const isrcKeys = database.prepare(
    `SELECT key FROM file_keys WHERE file_id = ? AND key >= 'isrc:' AND key < 'isrc;'`,
  );
  /** One question for all keys of a track, most of which lead to the same file. */
  function filesOf(
    keys: readonly string[],
  ): (key: string) => readonly (readonly [id: number, file: IndexedFile])[] {
    const files = new Map<number, IndexedFile>();
    const found = new Map<string, (readonly [number, IndexedFile])[]>();
    for (const row of byKeys.all(JSON.stringify(keys))) {
      const id = Number(row['id']);
      const file = files.get(id) ?? toFile(row);
      files.set(id, file);
      append(found, String(row['key']), [id, file]);
    }
    return (key) => found.get(key) ?? [];
  }
  return {
    find(track) {
      const facts = factsOf(track);
      const keys = trackKeys(track);
      return matchesOf(keys, filesOf(keys), (id, file) => {
        const isrcs = isrcKeys.all(id).map((row) => String(row['key']).slice('isrc:'.length));
        return contradict(facts, factsOfFile(file, isrcs));
      });
    },
    findByKeys: (keys) => matchesOf(keys, filesOf(keys), () => false),
  };
}

/** Reads everything below the folder once, and asks the table no more. */
function createFinderBelow(database: Database): FileFinder['finderBelow'] {
  const isBelow = '(substr(path, 1, length(?1)) = ?1 OR adopted_into = ?2)';
  const allFiles = database.prepare(`SELECT * FROM files WHERE ${isBelow} ORDER BY id`);
  const allKeys = database.prepare(
    `SELECT key, file_id FROM file_keys WHERE file_id IN (SELECT id FROM files WHERE ${isBelow}) ORDER BY file_id`,
  );
  return (folder) => {
    const files = new Map<number, IndexedFile>();
    const isrcs = new Map<number, string[]>();
    const idsByKey = new Map<string, number[]>();
    for (const row of allFiles.all(withSeparator(folder), folder)) files.set(Number(row['id']), toFile(row));
    for (const row of allKeys.all(withSeparator(folder), folder)) {
      const id = Number(row['file_id']);
      const key = String(row['key']);
      append(idsByKey, key, id);
      if (key.startsWith('isrc:')) append(isrcs, id, key.slice('isrc:'.length));
    }
    return function* (track) {
      const found = new Set<number>();
      const facts = factsOf(track);
      for (const keysOf of [surestKeys, trackKeys]) {
        for (const key of keysOf(track)) {
          for (const id of idsByKey.get(key) ?? []) {
            const file = files.get(id);
            if (file === undefined || found.has(id)) continue;
            if (isNameKey(key) && contradict(facts, factsOfFile(file, isrcs.get(id) ?? []))) continue;
            found.add(id);
            yield file;
          }
        }
      }
    };
  };
}

/** Files by the keys of a track; a name alone does not count where the rest says that it is another song. */
function matchesOf(
  keys: readonly string[],
  filesOf: (key: string) => readonly (readonly [id: number, file: IndexedFile])[],
  isOther: (id: number, file: IndexedFile) => boolean,
): readonly IndexedFile[] {
  const byPath = new Map<string, IndexedFile>();
  for (const key of keys) {
    for (const [id, file] of filesOf(key)) {
      if (!byPath.has(file.path) && !(isNameKey(key) && isOther(id, file))) byPath.set(file.path, file);
    }
  }
  return [...byPath.values()];
}

/** What tells the song of a file from others of its name. The length of a broken file says nothing of its song. Pure. */
export function factsOfFile(file: IndexedFile, isrcs: readonly string[]): TrackFacts {
  return { isrcs, durationMs: file.fault === undefined ? (file.trackMs ?? file.durationMs) : undefined };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
