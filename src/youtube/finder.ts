import type { Track } from '../tracks/track.ts';

/**
 * What kind of upload a search result is, as YouTube Music calls it:
 * song = the recording itself ("Art Track", ATV) · official-video = the label's video (OMV) ·
 * user-video = anybody's upload (UGC) · video = plain YouTube, kind not known.
 */
export type UploadKind = 'song' | 'official-video' | 'user-video' | 'video';

/** One search result. Every field may be missing but the id and the title. */
export interface Candidate {
  readonly videoId: string;
  readonly title: string;
  readonly kind: UploadKind;
  readonly artists: readonly string[];
  readonly channel?: string;
  readonly channelVerified?: boolean;
  readonly album?: string;
  readonly durationMs?: number;
  readonly explicit?: boolean;
  readonly viewCount?: number;
  /** Square cover art, where the service has it. */
  readonly coverUrl?: string;
}

/** The searches there are, from the most to the least exact. */
export type SearchKind = 'isrc' | 'songs' | 'videos' | 'plain';

/** Where candidates come from. One call is one request. Best first, as the service ranked them. */
export interface Finder {
  search(kind: SearchKind, query: string, signal: AbortSignal): Promise<readonly Candidate[]>;
}

export type Decision = 'sure' | 'unsure' | 'none';

export interface ScoredCandidate {
  readonly candidate: Candidate;
  /** 0..1 */
  readonly confidence: number;
  /** What spoke for and against it, in words for people. */
  readonly reasons: readonly string[];
  /** Another upload that may be taken when the pick cannot be had: as sure as the pick, and the same recording. */
  readonly acceptable: boolean;
}

/** The decision for one track. `pick` is null exactly when the decision is none. */
export interface Match {
  readonly decision: Decision;
  /** 0..1, of the pick; 0 for none. */
  readonly confidence: number;
  readonly pick: Candidate | null;
  readonly reasons: readonly string[];
  /** The others that were considered, best first. */
  readonly runnersUp: readonly ScoredCandidate[];
  /** How many search requests the decision cost. */
  readonly requests: number;
  /** Set where nothing was searched, because the user or the source named the video. */
  readonly givenBy?: 'you' | 'source';
}

/** Finds the recording of a track. */
export type MatchTrack = (track: Track, signal: AbortSignal) => Promise<Match>;
