import { transaction } from '../system/database.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import type { JobParts } from './job-parts.ts';
import type { Ending } from './stage.ts';
import type { Work } from './work.ts';

type RecordParts = Pick<JobParts, 'store' | 'job' | 'log'>;

/** Commits how a track ended, at once, and gives it free for others. */
export function record({ store, job, log }: RecordParts, work: Work, outcome: TrackOutcome): void {
  // One commit costs as much as all the statements.
  transaction(store.database, () => {
    store.jobs.setOutcome(job.id, work.position, outcome);
    recordFailure({ store, job }, work, outcome);
    store.claims.release(work.keys);
  });
  const { failure, status } = outcome;
  if (failure === undefined || status === 'cancelled') return;
  log.write('warn', failure.message, { code: failure.code, stage: failure.stage, track: work.track.track });
}

/** Stores how a song ends so far. */
export function recordFailure(
  { store: { failures }, job }: Pick<RecordParts, 'store' | 'job'>,
  work: Work,
  { status, failure }: Pick<Ending, 'status' | 'failure'>,
): void {
  const list = job.lists[work.list];
  const key = work.keys[0];
  if (status === 'done' || status === 'present') failures.remove(work.track, list);
  else if (status !== 'cancelled' && failure !== undefined && list !== undefined && key !== undefined) {
    const { name: listName, origin: listOrigin, folder: listFolder } = list;
    const { track, failedUploads: uploads } = work;
    failures.add(key, { track, listName, listOrigin, listFolder, status, failure, uploads });
  }
}

/** Takes back what `record` committed: the track was not reached. */
export function reopen({ store, job }: RecordParts, work: Work): void {
  store.jobs.setOutcome(job.id, work.position, undefined);
  store.failures.remove(work.track, job.lists[work.list]);
}
