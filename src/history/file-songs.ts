import type { Database } from '../system/database.ts';
import type { SongFacts } from '../tracks/song-facts.ts';
import { toFile, withSeparator, type IndexedFile } from './indexed-file.ts';

/** A file of the library, and what its tags say. */
export interface IndexedSong {
  readonly file: IndexedFile;
  readonly facts: SongFacts;
}

/** What the tags of the index's files say. */
export interface FileSongs {
  /** Undefined where the next scan will look. */
  factsOf(path: string): SongFacts | undefined;
  /** Every indexed file below a folder, with what its tags say. */
  songsBelow(folder: string): readonly IndexedSong[];
  /** They say something else now: the next scan reads them. */
  forgetFacts(path: string): void;
}

export function createFileSongs(database: Database): {
  readonly put: (fileId: number, facts: SongFacts) => void;
  readonly reader: FileSongs;
} {
  const insert = database.prepare('INSERT OR REPLACE INTO file_songs (file_id, facts) VALUES (?, ?)');
  const byPath = database.prepare(
    'SELECT facts FROM file_songs JOIN files ON files.id = file_id WHERE path = ?',
  );
  const below = database.prepare(
    `SELECT files.*, facts FROM files LEFT JOIN file_songs ON file_id = files.id
     WHERE substr(path, 1, length(?1)) = ?1 ORDER BY path`,
  );
  const forget = database.prepare(
    'DELETE FROM file_songs WHERE file_id = (SELECT id FROM files WHERE path = ?)',
  );
  return {
    put: (fileId, facts) => void insert.run(fileId, JSON.stringify(facts)),
    reader: {
      forgetFacts: (path) => void forget.run(path),
      factsOf(path) {
        const row = byPath.get(path);
        return row === undefined ? undefined : readFacts(row['facts']);
      },
      songsBelow: (folder) =>
        below.all(withSeparator(folder)).map((row) => ({
          file: toFile(row),
          facts: readFacts(row['facts']) ?? noFacts,
        })),
    },
  };
}

const noFacts: SongFacts = { artists: [], genres: [], isrcs: [], hasCover: false };

/** 20,000 at a time: only HARMONI writes them, and what isn't JSON with these lists is read anew. */
function readFacts(text: unknown): SongFacts | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const facts = JSON.parse(text) as SongFacts; // written by `put`
    return Array.isArray(facts.artists) && Array.isArray(facts.genres) && Array.isArray(facts.isrcs)
      ? facts
      : undefined;
  } catch {
    return undefined;
  }
}
