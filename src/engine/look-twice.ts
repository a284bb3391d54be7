import type { JobEnd } from '../downloads/run-job.ts';
import type { Job } from '../history/jobs.ts';
import { isAtLeast, thresholds } from '../matching/decide.ts';
import { createTrackMap } from '../tracks/identity.ts';
import type { Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';
import { outcomesOf } from './job-outcomes.ts';

/** A match that was certain enough to download, and yet worth a look. */
export interface CloseCall {
  readonly track: Track;
  /** What it was downloaded from. */
  readonly media: Media;
  /** 0..1 */
  readonly confidence: number;
}

/** What a job downloaded that wasn't quite certain, the least first; each song once. Pure. */
export function closeCalls(job: Pick<Job, 'tracks'>, end: Pick<JobEnd, 'report'>): readonly CloseCall[] {
  const seen = createTrackMap<true>();
  return outcomesOf(job, end)
    .flatMap(({ track, outcome: { status, media, heard, confidence = 1 } }): CloseCall[] => {
      // Its sound says more than its title.
      if (status !== 'done' || media === undefined || heard?.verdict === 'proven') return [];
      return isAtLeast(confidence, thresholds.certain) ? [] : [{ track, media, confidence }];
    })
    .toSorted((a, b) => a.confidence - b.confidence)
    .filter(({ track }) => {
      if (seen.get(track) === true) return false;
      seen.set(track, true);
      return true;
    });
}
