import type { JobEnd } from '../downloads/run-job.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { Job } from '../history/jobs.ts';
import { createTrackMap, dropDoubles } from '../tracks/identity.ts';
import { readIsrc } from '../tracks/isrc.ts';
import type { OutcomeStatus } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import { outcomesOf } from './job-outcomes.ts';

/** Songs that comparing them with previews may settle: uncertain ones, with the ISRC by which previews are found. All pure. */

const isHearable = (track: Track, status: OutcomeStatus): boolean =>
  status === 'unsure' && readIsrc(track.isrc ?? '') !== undefined;

/** Of those that a download left open, each once. */
export function hearableOf(job: Pick<Job, 'tracks'>, end: Pick<JobEnd, 'report'>): readonly Track[] {
  return dropDoubles(hearableRows(job, end));
}

/** The same, as often as they are in its lists. */
function hearableRows(job: Pick<Job, 'tracks'>, end: Pick<JobEnd, 'report'>): readonly Track[] {
  return outcomesOf(job, end)
    .filter(({ track, outcome }) => isHearable(track, outcome.status))
    .map(({ track }) => track);
}

/** Of those that failed, in all their lists. @param tracks only these */
export function hearableFailures(
  failed: readonly FailedTrack[],
  tracks: readonly Track[] = failed.map(({ track }) => track),
): readonly FailedTrack[] {
  const wanted = createTrackMap<true>();
  for (const track of tracks) wanted.set(track, true);
  return failed.filter(({ track, status }) => isHearable(track, status) && wanted.get(track) === true);
}

/** The end of a download together with that of another try of its songs that can be heard, in whatever lists they are. */
export function withRetried(job: Pick<Job, 'tracks'>, end: JobEnd, again: JobEnd): JobEnd {
  const { summary } = end.report;
  const now = again.report.summary;
  const stoppedBy = again.stoppedBy ?? end.stoppedBy;
  return {
    stoppedBy,
    report: {
      ...end.report,
      summary: {
        ...summary,
        done: summary.done + now.done,
        none: summary.none + now.none,
        failed: summary.failed + now.failed,
        cancelled: summary.cancelled + now.cancelled,
        unsure: summary.unsure - hearableRows(job, end).length + now.unsure,
      },
    },
  };
}
