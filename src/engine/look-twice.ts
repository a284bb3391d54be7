import type { JobEnd } from '../downloads/run-job.ts';
import type { Job } from '../history/jobs.ts';
import { isAtLeast, thresholds } from '../matching/decide.ts';
import { createTrackMap } from '../tracks/identity.ts';
import type { Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';

/** A match that was certain enough to download, and yet worth a look. */
export interface CloseCall {
  readonly track: Track;
  /** What it was downloaded from. */
  readonly media: Media;
  /** 0..1 */
  readonly confidence: number;
}

/** What a job downloaded that wasn't quite certain, the least first; each song once. Pure. */
export function closeCalls(
  { tracks }: Pick<Job, 'tracks'>,
  { report }: Pick<JobEnd, 'report'>,
): readonly CloseCall[] {
  const seen = createTrackMap<true>();
  const calls = report.lists.flatMap((list, number) => {
    // The report has the chosen songs of each list, in their order.
    const rows = tracks.filter((row) => row.list === number && row.chosen);
    return list.tracks.flatMap(({ status, media, heard, confidence = 1 }, index): CloseCall[] => {
      const track = rows[index]?.track;
      if (status !== 'done' || media === undefined || track === undefined) return [];
      // Its sound says more than its title.
      if (heard?.verdict === 'proven') return [];
      return isAtLeast(confidence, thresholds.certain) ? [] : [{ track, media, confidence }];
    });
  });
  return calls
    .toSorted((a, b) => a.confidence - b.confidence)
    .filter(({ track }) => {
      if (seen.get(track) === true) return false;
      seen.set(track, true);
      return true;
    });
}
