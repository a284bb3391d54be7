import type { Clock } from '../system/clock.ts';
import { transaction, type Database } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSteps, type Steps } from './steps.ts';

/** Everything that was done to libraries, so that it can be taken back. */
export interface Journal extends Runs, Steps {
  /** Makes the changes in `work` in one transaction. */
  together<T>(work: () => T): T;
}

export function createJournal(database: Database, instance: Instance, clock: Clock): Journal {
  const together = <T>(work: () => T): T => (database.isTransaction ? work() : transaction(database, work));
  return {
    ...createRuns(database, instance, clock, together),
    ...createSteps(database, clock, together),
    together,
  };
}
