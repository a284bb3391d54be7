import type { JobEnd } from '../downloads/run-job.ts';
import type { Job } from '../history/jobs.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';

/** What came of a song of a job. */
export interface JobOutcome {
  readonly track: Track;
  readonly outcome: TrackOutcome;
}

/** The songs of a job with what came of them, as often as they are in its lists. Pure. */
export function outcomesOf(
  { tracks }: Pick<Job, 'tracks'>,
  { report }: Pick<JobEnd, 'report'>,
): readonly JobOutcome[] {
  return report.lists.flatMap((list, number) => {
    // The report has the chosen songs of each list, in their order.
    const rows = tracks.filter((row) => row.list === number && row.chosen);
    return list.tracks.flatMap((outcome, index): JobOutcome[] => {
      const track = rows[index]?.track;
      return track === undefined ? [] : [{ track, outcome }];
    });
  });
}
