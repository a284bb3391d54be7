import type { ErrorCode } from '../errors.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { Override } from '../history/overrides.ts';

/** Failures for which only another video helps. */
const needsAnother: ReadonlySet<ErrorCode> = new Set([
  'video-unavailable',
  'video-private',
  'video-not-in-country',
  'video-not-yet-out',
  'age-restricted',
  'format-not-available',
  'wrong-length',
]);

/** Whether a track waits for the user to say which video it is. Pure. */
export function isWaiting(failed: FailedTrack, decided: Override | undefined): boolean {
  if (failed.status === 'failed') return needsAnother.has(failed.failure.code);
  return decided === undefined;
}
