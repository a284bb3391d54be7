import type { App } from '../app.ts';
import { emptyReport } from '../downloads/report.ts';
import type { FailedTrack } from '../history/failures.ts';
import { trackKeys } from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';
import type { Chosen } from './choose-tracks.ts';
import { titleOf } from './download.ts';
import { createJob, exitCodeOfReport, runWithProgress, scanned, type Accept } from './run-downloads.ts';

/** harmoni retry: everything that failed, list by list. Returns the exit code. */
export async function runRetry(app: App, accept: Accept): Promise<number> {
  const lists = chosenOf(app, app.store.failures.all());
  if (lists.length === 0) {
    app.output.say('Nothing has failed.');
    app.output.document(emptyReport);
    return 0;
  }
  await scanned(app, app.paths.output);
  const job = createJob(app, lists, accept);
  const { report, stoppedBy } = await runWithProgress(app, job, titleOf(lists.map(({ list }) => list)));
  return exitCodeOfReport(report, stoppedBy);
}

/** These tracks in the places that they had in their lists, so that the m3u8 stays whole and in order. */
export function chosenOf(app: App, tracks: readonly FailedTrack[]): Chosen[] {
  const byName = Map.groupBy(tracks, (failed) => failed.listName);
  return [...byName].map(([name, failed]) => {
    const wanted = new Set(failed.flatMap(({ track }) => trackKeys(track)));
    const isWanted = (track: Track): boolean => trackKeys(track).some((key) => wanted.has(key));
    const whole = app.store.jobs.latestTracks(name);
    const known = new Set(whole.flatMap(trackKeys));
    const others = failed
      .map(({ track }) => track)
      .filter((track) => !trackKeys(track).some((key) => known.has(key)));
    const rows = [...whole, ...others];
    const folder = failed[0]?.listFolder ?? 'library';
    return { list: { name, folder, tracks: rows, skipped: [] }, chosen: rows.map(isWanted) };
  });
}
