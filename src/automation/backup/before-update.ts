import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { harmoniVersion } from '../../config/edition.ts';
import { openStore, type Store } from '../../history/store.ts';
import type { Clock } from '../../system/clock.ts';
import type { Database } from '../../system/database.ts';
import { copyOpenDatabase, examineDatabase } from '../../system/database-copy.ts';
import { backupName, manifestName, storeName, type Manifest } from './manifest.ts';
import { backupsIn } from './places.ts';

/** Opens the store, with a backup first where it is of an older version. @throws as `openStore` does */
export function openStoreSafely(data: string, clock: Clock, warn: (text: string) => void): Store {
  return openStore(data, clock, backUpBeforeUpdate(data, clock, warn));
}

/**
 * Saves the store of an older version before it is changed, as a backup of nothing else. What keeps it from being saved is
 * told, and keeps nobody from their music: the change is one transaction, which happens as a whole or not at all.
 */
function backUpBeforeUpdate(
  data: string,
  clock: { now(): number },
  warn: (text: string) => void,
): (database: Database) => void {
  return (database) => {
    const folder = backupsIn(data);
    const created = clock.now();
    const part = join(folder, `.${backupName(created)}-${process.pid}.part`);
    try {
      mkdirSync(part, { recursive: true, mode: 0o700 });
      const copy = join(part, storeName);
      copyOpenDatabase(database, copy);
      chmodSync(copy, 0o600);
      const content = readFileSync(copy);
      const { version, rows } = examineDatabase(copy);
      const sha256 = createHash('sha256').update(content).digest('hex');
      const manifest: Manifest = {
        format: 1,
        version: harmoniVersion(),
        schema: version,
        created: new Date(created).toISOString(),
        reason: 'before-update',
        files: [{ path: storeName, size: content.length, sha256, kind: 'store', to: storeName }],
        leftOut: [],
        counts: { ...rows },
      };
      const text = `${JSON.stringify(manifest, null, 2)}\n`;
      writeFileSync(join(part, manifestName), text, { mode: 0o600 });
      renameSync(part, join(folder, backupName(created)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      warn(`HARMONI updated its store without a backup, because that couldn't be written: ${why}`);
    } finally {
      removeQuietly(part);
    }
  };
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It was told already.
  }
}
