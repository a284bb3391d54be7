import { join } from 'node:path';
import { peek } from '../system/database.ts';
import { isInstanceAlive } from '../system/lock.ts';

/** Where a store keeps its parts, below the data folder. */
export const storeFile = 'harmoni.db';
export const runningFolder = 'running';

/**
 * The lists of the newest interrupted job, for the first menu: a look of a few milliseconds, where opening the store
 * and all that belongs to it takes a tenth of a second. undefined when there is none or somebody works on it.
 */
export function peekInterrupted(dataDir: string): string | undefined {
  const row = peek(
    join(dataDir, storeFile),
    `SELECT owner, (SELECT group_concat(name, ', ') FROM job_lists WHERE job_id = jobs.id) AS names
     FROM jobs WHERE state = 'open' ORDER BY id DESC LIMIT 1`,
  );
  if (row === undefined) return undefined;
  const { owner, names } = row;
  if (typeof owner === 'string' && isInstanceAlive(join(dataDir, runningFolder), owner)) return undefined;
  return typeof names === 'string' ? names : '';
}
