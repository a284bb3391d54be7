import { HarmoniError } from '../errors.ts';
import type { Additions } from '../enrich/enricher.ts';
import type { IndexedFile } from '../history/file-index.ts';
import type { JobTrack } from '../history/jobs.ts';
import type { Heard } from '../tracks/heard.ts';
import type { FailedUpload, Failure } from '../tracks/outcome.ts';
import type { Music } from '../tracks/upload.ts';
import { trackKeys } from '../tracks/identity.ts';
import { removedMs, type Cut } from '../tracks/cut.ts';
import type { Track } from '../tracks/track.ts';
import type { Candidate } from '../matching/candidate.ts';
import type { Match } from '../matching/match.ts';
import type { Measurement } from '../sound/measurement.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import type { Inspected } from './inspect.ts';
import type { Ending } from './stage.ts';

/** A stream as yt-dlp left it in the work folder. */
export interface Downloaded {
  readonly path: string;
  readonly codec: string | undefined;
  /** As YouTube gives it. */
  readonly durationMs: number | undefined;
  readonly title: string | undefined;
  readonly channel: string | undefined;
  readonly music?: Music | undefined;
  /** Addresses of its pictures, the best last. */
  readonly pictures?: readonly string[] | undefined;
}

/** The file that becomes one of the library, in the work folder. */
export interface Converted {
  readonly path: string;
  readonly plan: ConversionPlan;
  /** Parts of the stream that were left out. */
  readonly cuts: readonly Cut[];
}

/** What the stages have made of a candidate so far. A failure takes it away. */
export interface Made {
  readonly downloaded?: Downloaded;
  readonly converted?: Converted;
  /** Its loudness and its fingerprint; of most files that weren't converted nothing. */
  readonly measured?: Measurement;
  /** What comparing it with a reference came to. */
  readonly heard?: Heard;
  /** How much sound is in it. */
  readonly lengthMs?: number;
  /** What an independent reader finds in it at the end. */
  readonly found?: Inspected;
  readonly additions?: Additions;
}

export interface Chosen {
  readonly candidate: Candidate;
  /** 0..1 */
  readonly confidence: number;
}

/** A candidate that was made up to where it was heard. */
interface Spare {
  readonly candidate: number;
  readonly made: Made;
}

/** A track on its way. */
export interface Work {
  readonly position: number;
  readonly list: number;
  readonly track: Track;
  /** All its keys; the weakest last. */
  readonly keys: readonly string[];
  /** The pick, then other uploads that will do. */
  candidates: readonly Chosen[];
  /** All that was found for it, of which the label's own may be heard beside it; nothing where nobody listens. */
  others: readonly Candidate[];
  /** How it ends unless an upload is proven by its sound: set where the match isn't sure. */
  trial: Ending | undefined;
  /** An upload that wasn't proven, and is taken all the same where none is: the user accepts it. */
  spare: Spare | undefined;
  /** Who named the video, where nobody had to search. */
  givenBy: Match['givenBy'];
  /** Files of the library that give way to this one: broken, of another video than the user chose, of another format. */
  replaces: readonly IndexedFile[];
  /** Which candidate is being tried. */
  candidate: number;
  /** Tries of this candidate that failed for a passing reason. */
  attempts: number;
  /** Candidates that cannot be had, or weren't proven. */
  failedUploads: readonly FailedUpload[];
  /** The failure of the best candidate, which is the one to tell when all have failed. */
  firstFailure: Failure | undefined;
  made: Made;
}

/** A chosen row at the beginning of its way. */
export function workOf(row: JobTrack): Work {
  const { position, list, track } = row;
  return {
    position,
    list,
    track,
    keys: trackKeys(track),
    candidates: [],
    others: [],
    trial: undefined,
    spare: undefined,
    givenBy: undefined,
    replaces: [],
    candidate: 0,
    attempts: 0,
    failedUploads: [],
    firstFailure: undefined,
    made: {},
  };
}

/** The candidate that is being tried. */
export function chosenOf({ candidates, candidate }: Work): Chosen {
  return there(candidates[candidate], 'candidate');
}

/** What an earlier stage has made. */
export function madeOf<K extends keyof Made>({ made }: Work, what: K): NonNullable<Made[K]> {
  return there(made[what], what);
}

/** How long the file has to be: as YouTube gives the stream, without what was left out; undefined when it does not. */
export function expectedMs({ made }: Work): number | undefined {
  const { durationMs } = made.downloaded ?? {};
  return durationMs === undefined ? undefined : durationMs - removedMs(made.converted?.cuts ?? []);
}

function there<T>(value: T, what: string): NonNullable<T> {
  if (value === undefined || value === null) throw new HarmoniError('internal', `A song has no ${what}.`);
  return value;
}
