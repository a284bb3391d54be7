import { z } from 'zod';
import { transaction, type Database } from '../system/database.ts';
import type { PageCheckpoints } from './checkpoints.ts';

const rowSchema = z.object({ next_row: z.number(), total: z.number(), entries: z.string() });

/** Pages in the store: its table `spotify_pages`. The store is opened when the first page is asked for. */
export function createPageCache(open: () => Database): PageCheckpoints {
  let prepared: ReturnType<typeof prepare> | undefined;
  // After a backup was restored, the store is another one.
  const statements = () => {
    const database = open();
    if (prepared?.database !== database) prepared = prepare(database);
    return prepared;
  };

  return {
    load(list, snapshotId, offset) {
      const { data: row } = rowSchema.safeParse(statements().select.get(list, snapshotId, offset));
      const entries = row === undefined ? undefined : parseEntries(row.entries);
      if (row === undefined || entries === undefined) return undefined;
      return { offset, nextOffset: row.next_row, total: row.total, entries };
    },
    save(list, snapshotId, page) {
      const { database, forget, insert } = statements();
      transaction(database, () => {
        forget.run(list, snapshotId);
        const entries = JSON.stringify(page.entries);
        insert.run(list, snapshotId, page.offset, page.nextOffset, page.total, entries);
      });
    },
    drop(list) {
      statements().remove.run(list);
    },
  };
}

function prepare(database: Database) {
  return {
    database,
    select: database.prepare(
      'SELECT next_row, total, entries FROM spotify_pages WHERE list = ? AND snapshot_id = ? AND first_row = ?',
    ),
    forget: database.prepare('DELETE FROM spotify_pages WHERE list = ? AND snapshot_id <> ?'),
    insert: database.prepare('INSERT OR REPLACE INTO spotify_pages VALUES (?, ?, ?, ?, ?, ?)'),
    remove: database.prepare('DELETE FROM spotify_pages WHERE list = ?'),
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
