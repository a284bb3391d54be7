import type { App } from '../app.ts';
import { emptyReport } from '../downloads/report.ts';
import type { FailedTrack } from '../history/failures.ts';
import { createTrackMap } from '../tracks/identity.ts';
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
  const job = createJob(app, lists, { accept });
  const { report, stoppedBy } = await runWithProgress(app, job, titleOf(lists.map(({ list }) => list)));
  return exitCodeOfReport(report, stoppedBy);
}

/** These tracks in the places that they had in their lists, so that the m3u8 stays whole and in order. */
export function chosenOf(app: App, tracks: readonly FailedTrack[]): Chosen[] {
  const byList = Map.groupBy(tracks, ({ listName, listOrigin }) => listOrigin ?? `name:${listName}`);
  return [...byList.values()].map((failed) => {
    const [first] = failed;
    const { listName: name = '', listOrigin, listFolder: folder = 'library' } = first ?? {};
    const origin = listOrigin === undefined ? {} : { origin: listOrigin };
    const wanted = setOf(failed.map(({ track }) => track));
    const whole = app.store.jobs.latestTracks({ name, ...origin });
    const known = setOf(whole);
    const rows = [...whole, ...failed.map(({ track }) => track).filter((track) => !known(track))];
    return { list: { name, ...origin, folder, tracks: rows, skipped: [] }, chosen: rows.map(wanted) };
  });
}

/** Asks whether a song is among these. */
function setOf(tracks: readonly Track[]): (track: Track) => boolean {
  const set = createTrackMap<true>();
  for (const track of tracks) set.set(track, true);
  return (track) => set.get(track) === true;
}
