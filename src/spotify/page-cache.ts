import { z } from 'zod';
import { transaction, type Database } from '../system/database.ts';
import type { PageCheckpoints } from './checkpoints.ts';

/** One step of the store's migrations. */
export const pageCacheMigration = `
  CREATE TABLE spotify_pages (
    list TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    first_row INTEGER NOT NULL,
    next_row INTEGER NOT NULL,
    total INTEGER NOT NULL,
    entries TEXT NOT NULL,
    PRIMARY KEY (list, first_row)
  ) STRICT;
`;

const rowSchema = z.object({ next_row: z.number(), total: z.number(), entries: z.string() });

/** Pages in the store, in a database that has had `pageCacheMigration`. */
export function createPageCache(database: Database): PageCheckpoints {
  const select = database.prepare(
    'SELECT next_row, total, entries FROM spotify_pages WHERE list = ? AND snapshot_id = ? AND first_row = ?',
  );
  const forget = database.prepare('DELETE FROM spotify_pages WHERE list = ? AND snapshot_id <> ?');
  const insert = database.prepare('INSERT OR REPLACE INTO spotify_pages VALUES (?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM spotify_pages WHERE list = ?');

  return {
    load(list, snapshotId, offset) {
      const { data: row } = rowSchema.safeParse(select.get(list, snapshotId, offset));
      const entries = row === undefined ? undefined : parseEntries(row.entries);
      if (row === undefined || entries === undefined) return undefined;
      return { offset, nextOffset: row.next_row, total: row.total, entries };
    },
    save(list, snapshotId, page) {
      transaction(database, () => {
        forget.run(list, snapshotId);
        const entries = JSON.stringify(page.entries);
        insert.run(list, snapshotId, page.offset, page.nextOffset, page.total, entries);
      });
    },
    drop(list) {
      remove.run(list);
    },
  };
}

/** A broken row counts as none: the page is then read again. */
function parseEntries(text: string): readonly unknown[] | undefined {
  try {
    return z.array(z.unknown()).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
