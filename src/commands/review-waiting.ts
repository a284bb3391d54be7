import { standingOf } from '../downloads/already-there.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { Store } from '../history/store.ts';
import { isWaiting } from '../matching/review-list.ts';
import { createTrackMap } from '../tracks/identity.ts';

const asItIs = { replace: false, reformat: false, format: 'best' } as const;

/** The songs that wait for a decision, oldest first; each once, whatever lists it is missing in. */
export function waitingTracks({
  failures,
  overrides,
  files,
}: Pick<Store, 'failures' | 'overrides' | 'files'>): readonly FailedTrack[] {
  const seen = createTrackMap<true>();
  return failures.all().filter((failed) => {
    const { track } = failed;
    const decided = overrides.find(track);
    if (seen.get(track) === true || !isWaiting(failed, decided)) return false;
    seen.set(track, true);
    // Another list has it since: what is left to do here is to put it into this one.
    return !files.find(track).some((file) => standingOf(file, decided, asItIs) === 'right');
  });
}
