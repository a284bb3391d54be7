import { errorInJson, type ErrorCode, type HarmoniError } from '../errors.ts';
import type { Heard, Verdict } from './heard.ts';
import type { Media } from './media.ts';
import type { SkippedRow } from './track.ts';

/** Where a track is, or where it failed: the stages of a download, in their order. */
export type StageName =
  'present' | 'match' | 'download' | 'convert' | 'check' | 'hear' | 'enrich' | 'tag' | 'publish';

export type OutcomeStatus = 'done' | 'present' | 'unsure' | 'none' | 'failed' | 'cancelled';

export interface Failure {
  readonly stage: StageName;
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix: string;
}

export function failureOf(stage: StageName, error: HarmoniError): Failure {
  return { stage, ...errorInJson(error) };
}

/** An upload that could not be had and will not be the next time, and why, in a sentence. */
export interface FailedUpload {
  readonly media: Media;
  readonly message: string;
  /** Set where it could be had, and listening to it proved nothing. */
  readonly heard?: Heard;
}

/** How one track ended. */
export interface TrackOutcome {
  readonly artist: string;
  readonly track: string;
  readonly status: OutcomeStatus;
  /** Absolute path of the file in the library. */
  readonly path?: string;
  /** What it was taken from, or would be. */
  readonly media?: Media;
  /** The same where it is of YouTube, as programs have always read it. */
  readonly videoId?: string;
  /** The provider's title, where people should be told: "SoundCloud". */
  readonly place?: string;
  /** 0..1 */
  readonly confidence?: number;
  readonly format?: string;
  readonly bitrateKbps?: number;
  /** What listening to it came to; missing where nobody listened. */
  readonly heard?: Heard;
  readonly failure?: Failure;
}

/** The end of a job; with `summary` it is the JSON document of `download --json`. */
export interface JobReport {
  readonly lists: readonly {
    readonly name: string;
    readonly tracks: readonly TrackOutcome[];
    readonly skipped: readonly SkippedRow[];
    /** Absolute path of the m3u8. */
    readonly playlistFile?: string;
  }[];
  readonly summary: Readonly<Record<OutcomeStatus | 'skipped' | 'seconds', number>> & {
    /** What listening to the downloaded songs came to; missing where nobody listened. */
    readonly heard?: Readonly<Record<Verdict, number>>;
  };
  /** What looking the new songs up afterwards came to. */
  readonly musicBrainz?: {
    /** Songs with new tags. */
    readonly tagged: number;
    /** Undoes it; without, nothing was written. */
    readonly run?: number;
    /** Why not all songs were looked up, as a sentence. */
    readonly stopped?: string;
  };
}
