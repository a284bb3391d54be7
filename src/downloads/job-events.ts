import type { JobReport, StageName, TrackOutcome } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';

/** What a running job tells. `index` counts the job's tracks from 0 over all lists. */
export type JobEvent =
  | { readonly type: 'job-started'; readonly jobId: number; readonly total: number }
  | { readonly type: 'track-stage'; readonly index: number; readonly track: Track; readonly stage: StageName }
  /** It waits for a stage: others come first, or it's tried again later. */
  | { readonly type: 'track-waits'; readonly index: number; readonly track: Track; readonly stage: StageName }
  | {
      readonly type: 'track-progress';
      readonly index: number;
      readonly fraction: number;
      readonly bytesPerSecond?: number;
    }
  | { readonly type: 'track-finished'; readonly index: number; readonly outcome: TrackOutcome }
  /** A file of the library is broken; HARMONI's own is replaced, the user's own left where it is. */
  | {
      readonly type: 'file-broken';
      readonly path: string;
      readonly fault: string;
      readonly isReplaced: boolean;
    }
  | { readonly type: 'paused'; readonly untilMs: number; readonly reason: string }
  | { readonly type: 'resumed' }
  /** All songs are there, and HARMONI measures how loud those are that it didn't convert, or looks songs up. */
  | {
      readonly type: 'afterwards';
      readonly step: 'loudness' | 'musicbrainz';
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'job-finished'; readonly report: JobReport };
