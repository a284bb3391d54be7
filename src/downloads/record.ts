import type { TrackOutcome } from '../tracks/outcome.ts';
import type { JobParts } from './job-parts.ts';
import type { Work } from './work.ts';

type RecordParts = Pick<JobParts, 'store' | 'job' | 'log'>;

/** Commits how a track ended, at once, and gives it free for others. */
export function record({ store, job, log }: RecordParts, work: Work, outcome: TrackOutcome): void {
  const { jobs, failures, claims } = store;
  const list = job.lists[work.list];
  const key = work.keys[0];
  jobs.setOutcome(job.id, work.position, outcome);
  if (outcome.status === 'done' || outcome.status === 'present') failures.remove(work.track, list);
  else if (
    outcome.status !== 'cancelled' &&
    outcome.failure !== undefined &&
    list !== undefined &&
    key !== undefined
  ) {
    const { status, failure } = outcome;
    const { name: listName, origin: listOrigin, folder: listFolder } = list;
    const { track, failedUploads: uploads } = work;
    failures.add(key, { track, listName, listOrigin, listFolder, status, failure, uploads });
    log.write('warn', failure.message, {
      code: failure.code,
      stage: failure.stage,
      track: work.track.track,
    });
  }
  claims.release(work.keys);
}

/** Takes back what `record` committed: the track was not reached. */
export function reopen({ store, job }: RecordParts, work: Work): void {
  store.jobs.setOutcome(job.id, work.position, undefined);
  store.failures.remove(work.track, job.lists[work.list]);
}
