import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peek, transaction, type Database } from '../system/database.ts';
import { storeFile } from './interrupted.ts';

/** What HARMONI's first version, a Python program, kept in the data folder. Its inputs are still inputs. */
export const oldFileNames = [
  'failed_downloads.json',
  'download_progress.json',
  'sync_state.json',
  'download_history.json',
] as const;
export type OldFileName = (typeof oldFileNames)[number];

/** The old files that nobody has looked at yet: a look at a few names, and into the store only where one is there. */
export function findOldFiles(dataDir: string): readonly OldFileName[] {
  const found = oldFileNames.filter((name) => existsSync(join(dataDir, name)));
  if (found.length === 0) return [];
  const row = peek(
    join(dataDir, storeFile),
    "SELECT ',' || group_concat(name) || ',' AS names FROM old_files",
  );
  const seen = typeof row?.['names'] === 'string' ? row['names'] : '';
  return found.filter((name) => !seen.includes(`,${name},`));
}

/** Does something about an old file once, whoever comes first. Returns whether it was done now. */
export function onceForOldFile(
  database: Database,
  name: OldFileName,
  nowMs: number,
  work: () => void,
): boolean {
  return transaction(database, () => {
    const insert = database.prepare('INSERT OR IGNORE INTO old_files (name, seen_at) VALUES (?, ?)');
    if (insert.run(name, nowMs).changes !== 1) return false;
    work();
    return true;
  });
}
