import { z } from 'zod';
import type { Database, Row } from '../system/database.ts';
import { parseStored } from './stored.ts';

/** A file of the user's own that was taken for a song of a list. HARMONI never changes or removes it. */
export interface Adopted {
  /** Absolute. */
  readonly path: string;
  /** The one that it counts for; absolute. */
  readonly library: string;
  /** Of a file outside the library: the folder that it was found in. */
  readonly root?: string | undefined;
  /** Of its song, where its tags don't say them. */
  readonly keys: readonly string[];
  /** Of the sound that `keys` are true of; see sound/sound-key.ts. */
  readonly soundKey?: string | undefined;
  /** It isn't linked into lists: their playlist files lead to it. */
  readonly stays: boolean;
  /** Of another size it's another file, or has other tags: a scan tells. */
  readonly sizeBytes: number;
}

/** What is known of adopted files. It outlives the index, which is read anew when a disk was away. */
export interface AdoptedFiles {
  get(path: string): Adopted | undefined;
  /** Those that lie outside of their library. */
  outside(library: string): readonly Adopted[];
  isEmpty(library: string): boolean;
  /** The same file has other tags now. */
  setSize(path: string, sizeBytes: number): void;
  remove(path: string): void;
}

export interface AdoptedTable extends AdoptedFiles {
  put(adopted: Adopted): void;
  move(from: string, to: string): void;
}

export function createAdoptedTable(database: Database): AdoptedTable {
  const get = database.prepare('SELECT * FROM adopted WHERE path = ?');
  const outside = database.prepare('SELECT * FROM adopted WHERE library = ? AND root IS NOT NULL');
  const some = database.prepare('SELECT 1 FROM adopted WHERE library = ? LIMIT 1');
  const put = database.prepare(
    'INSERT OR REPLACE INTO adopted (path, library, root, keys, sound_key, stays, size_bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const move = database.prepare('UPDATE OR REPLACE adopted SET path = ? WHERE path = ?');
  const setSize = database.prepare('UPDATE adopted SET size_bytes = ? WHERE path = ?');
  const remove = database.prepare('DELETE FROM adopted WHERE path = ?');
  return {
    get(path) {
      const row = get.get(path);
      return row === undefined ? undefined : readAdopted(row);
    },
    outside: (library) => outside.all(library).map(readAdopted),
    isEmpty: (library) => some.get(library) === undefined,
    put: ({ path, library, root, keys, soundKey, stays, sizeBytes }) =>
      void put.run(
        path,
        library,
        root ?? null,
        JSON.stringify(keys),
        soundKey ?? null,
        stays ? 1 : 0,
        sizeBytes,
      ),
    move: (from, to) => void move.run(to, from),
    setSize: (path, sizeBytes) => void setSize.run(sizeBytes, path),
    remove: (path) => void remove.run(path),
  };
}

function readAdopted(row: Row): Adopted {
  const { root, sound_key: soundKey } = row;
  return {
    path: String(row['path']),
    library: String(row['library']),
    ...(typeof root === 'string' ? { root } : {}),
    keys: parseStored(z.array(z.string()), row['keys']),
    ...(typeof soundKey === 'string' ? { soundKey } : {}),
    stays: row['stays'] === 1,
    sizeBytes: Number(row['size_bytes']),
  };
}
