import { join } from 'node:path';
import { openDatabase, transaction, type Database } from '../system/database.ts';
import type { Clock } from '../system/clock.ts';
import { beginInstance, type Instance } from '../system/lock.ts';
import { createClaims, type Claims } from './claims.ts';
import { createFailures, type Failures } from './failures.ts';
import { createFollowedLists, type FollowedLists } from './followed.ts';
import { createFileIndex, type FileIndex } from './file-index.ts';
import { runningFolder, storeFile } from './interrupted.ts';
import { createJournal, type Journal } from './journal.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createKeptDownloads, type KeptDownloads } from './kept-downloads.ts';
import { createListRecords, type ListRecords } from './lists.ts';
import { createOverrides, type Overrides } from './overrides.ts';
import { createSearches, type Searches } from './searches.ts';
import { settleRestore } from './restore-journal.ts';
import { migrations } from './schema.ts';
import { createSounds, type Sounds } from './sounds.ts';
import { createServices, type Services } from './services.ts';
import { createSyncs, type Syncs } from './syncs.ts';
import { createTurns, type Turns } from './turns.ts';
import { createVisits, type Visits } from './visits.ts';

/** Everything HARMONI remembers, in data/harmoni.db. Safe with several HARMONIs at once. */
export interface Store {
  readonly instance: Instance;
  readonly jobs: Jobs;
  readonly journal: Journal;
  readonly lists: ListRecords;
  readonly keptDownloads: KeptDownloads;
  readonly files: FileIndex;
  readonly followed: FollowedLists;
  readonly failures: Failures;
  readonly claims: Claims;
  readonly overrides: Overrides;
  readonly searches: Searches;
  readonly sounds: Sounds;
  readonly services: Services;
  readonly syncs: Syncs;
  readonly turns: Turns;
  readonly visits: Visits;
  readonly database: Database;
  /** Makes all the changes in `work`, or none where HARMONI ends in between. */
  together(work: () => void): void;
  close(): void;
}

/**
 * Opens the store in the data folder and makes it if need be. A restore that was killed is finished first.
 * @param beforeMigration is given a store of an older version before it is changed
 * @throws HarmoniError store-broken, store-busy, disk-full or output-not-writable
 */
export function openStore(
  dataDir: string,
  clock: Clock,
  beforeMigration?: (database: Database) => void,
): Store {
  // First, so that nobody begins a restore who does not see it.
  const instance = beginInstance(join(dataDir, runningFolder));
  let database: Database | undefined;
  try {
    settleRestore(dataDir);
    database = openDatabase(join(dataDir, storeFile), migrations, beforeMigration);
    return tablesOf(database, instance, clock);
  } catch (error) {
    // A table that is gone shows when its statements are prepared.
    instance.end();
    database?.close();
    throw error;
  }
}

function tablesOf(database: Database, instance: Instance, clock: Clock): Store {
  const claims = createClaims(database, instance);
  return {
    instance,
    database,
    claims,
    jobs: createJobs(database, instance, clock),
    journal: createJournal(database, instance, clock),
    lists: createListRecords(database),
    followed: createFollowedLists(database, clock),
    keptDownloads: createKeptDownloads(database),
    files: createFileIndex(database),
    failures: createFailures(database, clock),
    overrides: createOverrides(database, clock),
    searches: createSearches(database, clock),
    sounds: createSounds(database),
    services: createServices(database, clock),
    syncs: createSyncs(database),
    turns: createTurns(database, instance, clock),
    visits: createVisits(database, instance, clock),
    together: (work) => transaction(database, work),
    close() {
      try {
        claims.releaseAll();
      } catch {
        // They die with this process; who closes has said all there was to say about a store that cannot be written.
      }
      try {
        database.close();
      } finally {
        instance.end();
      }
    },
  };
}
