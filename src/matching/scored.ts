import type { ScoredCandidate } from './match.ts';
import type { Reading } from './reading.ts';

/** A candidate with its score and what was read in its title. */
export interface Scored extends Omit<ScoredCandidate, 'acceptable' | 'isOtherVersion'> {
  /** Log odds of being the recording: the sum of the terms. */
  readonly points: number;
  readonly reading: Reading;
  /** Where it says itself that it is another recording than the one asked for; such a candidate is never sure. */
  readonly objections: readonly string[];
  /** Whether one of them is that it's another version. */
  readonly isOtherVersion: boolean;
}
