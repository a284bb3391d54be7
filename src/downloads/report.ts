import type { HarmoniError } from '../errors.ts';
import type { Job } from '../history/jobs.ts';
import { countVerdicts } from '../tracks/heard.ts';
import { failureOf, type JobReport, type OutcomeStatus, type TrackOutcome } from '../tracks/outcome.ts';

/** The report of having had nothing to do. */
export const emptyReport: JobReport = {
  lists: [],
  summary: { done: 0, present: 0, unsure: 0, none: 0, failed: 0, cancelled: 0, skipped: 0, seconds: 0 },
};

/** Puts the outcomes of a job together. Tracks without one were not reached: they are cancelled. Pure. */
export function reportOf(
  job: Job,
  outcomes: ReadonlyMap<number, TrackOutcome>,
  playlistFiles: ReadonlyMap<number, string>,
  stoppedBy: HarmoniError | undefined,
  seconds: number,
): JobReport {
  const notReached = stoppedBy === undefined ? {} : { failure: failureOf('download', stoppedBy) };
  const lists = job.lists.map((list, number) => {
    const playlistFile = playlistFiles.get(number);
    return {
      name: list.name,
      tracks: job.tracks
        .filter((row) => row.list === number && row.chosen)
        .map((row): TrackOutcome => {
          const { artist, track } = row.track;
          return outcomes.get(row.position) ?? { artist, track, status: 'cancelled', ...notReached };
        }),
      skipped: list.skipped,
      ...(playlistFile === undefined ? {} : { playlistFile }),
    };
  });
  const tracks = lists.flatMap((list) => list.tracks);
  const count = (status: OutcomeStatus): number => tracks.filter((track) => track.status === status).length;
  const heard = countHeard(tracks);
  return {
    lists,
    summary: {
      done: count('done'),
      present: count('present'),
      unsure: count('unsure'),
      none: count('none'),
      failed: count('failed'),
      cancelled: count('cancelled'),
      skipped: lists.reduce((sum, list) => sum + list.skipped.length, 0),
      seconds: Math.round(seconds * 10) / 10,
      ...(heard === undefined ? {} : { heard }),
    },
  };
}

function countHeard(tracks: readonly TrackOutcome[]): JobReport['summary']['heard'] {
  const heard = tracks.flatMap((track) =>
    track.status === 'done' && track.heard !== undefined ? [track.heard.verdict] : [],
  );
  return heard.length === 0 ? undefined : countVerdicts(heard);
}
