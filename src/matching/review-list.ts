import type { ErrorCode } from '../errors.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { Override } from '../history/overrides.ts';
import type { Heard } from '../tracks/heard.ts';
import { isSameMedia, type Media } from '../tracks/media.ts';
import type { FailedUpload } from '../tracks/outcome.ts';
import type { Candidate } from './candidate.ts';

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

/** Whether a track waits for the user to say which video it is: nothing was decided since it failed. Pure. */
export function isWaiting(failed: FailedTrack, decided: Override | undefined): boolean {
  if (failed.status !== 'failed') return decided === undefined;
  const isDecided = decided !== undefined && decided.decidedAt >= failed.failedAt;
  return needsAnother.has(failed.failure.code) && !isDecided;
}

/** A candidate to choose from. */
export interface ReviewCandidate {
  readonly candidate: Candidate;
  /** 0..1 */
  readonly confidence: number;
  readonly reasons: readonly string[];
  /** Why to look twice. */
  readonly doubts: readonly string[];
  /** Why it could not be had the last time, in a sentence. */
  readonly failed?: string;
  /** What listening to it came to, where it could be had and nothing proved it. */
  readonly heard?: Heard;
}

/**
 * The candidates in their order, but first what was proven, then those that may be right, then what was heard to be another
 * recording, and last those that could not be had, each with the reason. Pure.
 */
export function failedLast(
  candidates: readonly ReviewCandidate[],
  uploads: readonly FailedUpload[],
): readonly ReviewCandidate[] {
  const marked = candidates.map((one): ReviewCandidate => {
    const upload = uploads.find(({ media }) => isSameMedia(media, one.candidate.media));
    if (upload === undefined) return one;
    const { heard, message } = upload;
    return heard === undefined ? { ...one, failed: message } : { ...one, heard };
  });
  return marked.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ failed, heard }: ReviewCandidate): number {
  if (failed !== undefined) return 3;
  if (heard?.verdict === 'different') return 2;
  return heard?.verdict === 'proven' ? 0 : 1;
}

/** Below this nothing is chosen by pressing Enter alone. */
const leastSafe = 0.2;

/**
 * The candidate that the cursor may start on: the best that fits at least a little, could be had, wasn't heard to be another
 * recording, and isn't what is being replaced. undefined: choosing none is safest. Pure.
 */
export function safestCandidate(
  candidates: readonly ReviewCandidate[],
  replaced: Media | undefined,
): ReviewCandidate | undefined {
  return candidates.find(
    ({ candidate, confidence, failed, heard }) =>
      failed === undefined &&
      heard?.verdict !== 'different' &&
      confidence >= leastSafe &&
      !isSameMedia(candidate.media, replaced),
  );
}
