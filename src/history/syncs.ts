import { z } from 'zod';
import { transaction, type Database, type Row } from '../system/database.ts';
import { parseStored } from './stored.ts';

/** What began a sync. */
const triggers = ['manual', 'schedule', 'catch-up', 'file'] as const;

const failure = z.object({ name: z.string(), code: z.string(), message: z.string(), fix: z.string() });

const syncSummary = z.object({
  trigger: z.enum(triggers),
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.string(),
  lists: z.number(),
  /** Songs: downloaded, failed or not found, waiting for review, removed from their list, moved to the trash. */
  downloaded: z.number(),
  failed: z.number(),
  review: z.number(),
  removed: z.number(),
  trashed: z.number(),
  /** Lists that weren't synced because they may have changed by mistake. */
  held: z.array(z.string()),
  /** Lists that couldn't be read, or whose playlist file couldn't be written. */
  failedLists: z.array(failure),
  /** Why all of it ended early. */
  error: failure.omit({ name: true }).optional(),
});

/** The end of a sync, as it is kept, shown and sent as JSON. */
export type SyncSummary = Readonly<z.output<typeof syncSummary>>;
export type SyncTrigger = SyncSummary['trigger'];

/** Summaries kept. */
const kept = 100;

/** How syncs of a library ended. */
export interface Syncs {
  /** @param isWhole it was of all followed lists, and got to its end with each of them read */
  add(library: string, summary: SyncSummary, isWhole: boolean): void;
  last(library: string): SyncSummary | undefined;
  /** When the last whole one began, in milliseconds since the epoch. */
  lastWholeMs(library: string): number | undefined;
}

export function createSyncs(database: Database): Syncs {
  const insert = database.prepare(
    'INSERT INTO syncs (library, started_at, is_whole, summary) VALUES (?, ?, ?, ?)',
  );
  const forget = database.prepare(
    `DELETE FROM syncs WHERE id <= (SELECT max(id) FROM syncs) - ?
      AND id NOT IN (SELECT max(id) FROM syncs WHERE is_whole = 1 GROUP BY library)`,
  );
  const last = database.prepare('SELECT summary FROM syncs WHERE library = ? ORDER BY id DESC LIMIT 1');
  const lastWhole = database.prepare(
    'SELECT started_at FROM syncs WHERE library = ? AND is_whole = 1 ORDER BY id DESC LIMIT 1',
  );
  const read = (row: Row | undefined): SyncSummary | undefined =>
    row === undefined ? undefined : parseStored(syncSummary, row['summary']);
  return {
    add: (library, summary, isWhole) =>
      transaction(database, () => {
        insert.run(library, Date.parse(summary.startedAt), isWhole ? 1 : 0, JSON.stringify(summary));
        forget.run(kept);
      }),
    last: (library) => read(last.get(library)),
    lastWholeMs(library) {
      const startedAt = lastWhole.get(library)?.['started_at'];
      return typeof startedAt === 'number' ? startedAt : undefined;
    },
  };
}
