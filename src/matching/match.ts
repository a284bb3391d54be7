import type { Track } from '../tracks/track.ts';
import type { Provider } from '../providers/provider.ts';
import type { Candidate } from './candidate.ts';

/** What is searched: of a provider, what the search for a track needs. */
export type Finder = Pick<Provider, 'name' | 'searches' | 'search'>;

export type Decision = 'sure' | 'unsure' | 'none';

export interface ScoredCandidate {
  readonly candidate: Candidate;
  /** 0..1 */
  readonly confidence: number;
  /** What spoke for and against it, in words for people. */
  readonly reasons: readonly string[];
  /** Why to look twice: what speaks against it, and what isn't known. */
  readonly doubts: readonly string[];
  /** Another upload that may be taken when the pick cannot be had: as sure as the pick, and the same recording. */
  readonly acceptable: boolean;
  /** It says itself that it's another version: live, a remix, for karaoke. */
  readonly isOtherVersion?: boolean;
}

/** The decision for one track. `pick` is null exactly when the decision is none. */
export interface Match {
  readonly decision: Decision;
  /** 0..1, of the pick; 0 for none. */
  readonly confidence: number;
  readonly pick: Candidate | null;
  readonly reasons: readonly string[];
  /** Why it isn't certain; empty where it is. Where the decision isn't sure, they stand first among the reasons. */
  readonly doubts: readonly string[];
  /** Whether the pick says itself that it's another version. */
  readonly isOtherVersion?: boolean;
  /** The others that were considered, best first. */
  readonly runnersUp: readonly ScoredCandidate[];
  /** How many search requests the decision cost. */
  readonly requests: number;
  /** Set where nothing was searched, because the user or the source named the video or upload. */
  readonly givenBy?: 'you' | 'source';
}

/** Finds the recording of a track. */
export type MatchTrack = (track: Track, signal: AbortSignal) => Promise<Match>;
