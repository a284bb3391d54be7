import type { FailedTrack } from '../history/failures.ts';
import type { Store } from '../history/store.ts';
import { isWaiting } from '../matching/review-list.ts';

/** The tracks that wait for a decision, oldest first. */
export function waitingTracks({ failures, overrides }: Store): readonly FailedTrack[] {
  return failures.all().filter((failed) => isWaiting(failed, overrides.find(failed.track)));
}
