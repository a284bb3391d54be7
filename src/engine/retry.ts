import type { FailedTrack } from '../history/failures.ts';
import type { Jobs } from '../history/jobs.ts';
import { createTrackMap } from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';
import type { Chosen } from './choice.ts';

/** Songs that failed, in the places that they had in their lists, so that the m3u8 stays whole and in order. */
export function chooseFailed(
  jobs: Pick<Jobs, 'latestTracks'>,
  tracks: readonly FailedTrack[],
): readonly Chosen[] {
  const byList = Map.groupBy(tracks, ({ listName, listOrigin }) => listOrigin ?? `name:${listName}`);
  return [...byList.values()].map((failed) => {
    const [first] = failed;
    const { listName: name = '', listOrigin, listFolder: folder = 'library' } = first ?? {};
    const origin = listOrigin === undefined ? {} : { origin: listOrigin };
    const wanted = setOf(failed.map(({ track }) => track));
    const whole = jobs.latestTracks({ name, ...origin });
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
