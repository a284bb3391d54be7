import type { Config } from '../config/schema.ts';
import type { ErrorCode, HarmoniError } from '../errors.ts';
import type { IndexedFile } from '../history/file-index.ts';
import type { Job, JobTrack } from '../history/jobs.ts';
import type { Store } from '../history/store.ts';
import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
import type { Log } from '../system/log.ts';
import type { Failure, Stage, TrackOutcome } from '../tracks/outcome.ts';
import { trackKeys } from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';
import type { Candidate, Match, MatchTrack } from '../youtube/finder.ts';
import type { YtDlpSettings } from '../youtube/ytdlp-args.ts';
import type { Covers } from './covers.ts';
import type { JobEvent } from './job-events.ts';
import type { ListPlace } from './list-places.ts';
import type { JobSettings } from './settings.ts';
import type { Tagger } from './tag.ts';

/** What a job needs from outside. */
export interface DownloadDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly http: Http;
  /** The addresses of the services that are set; see covers.ts. */
  readonly services?: readonly string[];
  readonly log: Log;
  readonly matchTrack: MatchTrack;
  readonly ytDlp: () => Promise<{ path: string; settings: YtDlpSettings }>;
  /** @throws HarmoniError ffmpeg-missing */
  readonly ffmpegPath: () => Promise<string>;
  readonly ffmpegExtraArgs: readonly string[];
  readonly config: Pick<
    Config,
    | 'max_concurrent_downloads'
    | 'downloads_per_hour'
    | 'download_speed_limit_mbps'
    | 'retry_attempts'
    | 'retry_delay'
    | 'sleep_between'
  >;
  /** Where files go that give way to others; absolute. */
  readonly trashDir: string;
  /** A child that prints nothing for so long is ended. */
  readonly silenceMs: number;
  /** Conversions at the same time; the machine's cores. */
  readonly cores: number;
}

/** A track on its way. */
export interface Work {
  readonly position: number;
  readonly list: number;
  readonly track: Track;
  /** All its keys; the weakest last. */
  readonly keys: readonly string[];
  /** The pick, then other uploads that will do. */
  candidates: readonly { readonly candidate: Candidate; readonly confidence: number }[];
  /** Who named the video, where nobody had to search. */
  givenBy: Match['givenBy'];
  /** Files of the library that give way to this one: broken, of another video than the user chose, of another format. */
  replaces: readonly IndexedFile[];
  /** Which candidate is being tried. */
  candidate: number;
  /** Tries of this candidate that failed for a passing reason. */
  attempts: number;
  /** The failure of the best candidate, which is the one to tell when all have failed. */
  firstFailure: Failure | undefined;
}

/** What the stages of one running job share. */
export interface Session {
  readonly job: Job;
  readonly settings: JobSettings;
  readonly deps: DownloadDeps;
  readonly tagger: Tagger;
  readonly covers: Covers;
  /** Below the library, on its disk; of this process alone. */
  readonly workFolder: string;
  /** The place of each list. */
  readonly places: readonly ListPlace[];
  /** Aborted when the user cancels, or when `stop` was called. */
  readonly signal: AbortSignal;
  emit(event: JobEvent): void;
  stage(work: Work, stage: Stage): void;
  waits(work: Work): void;
  /** The track has its outcome: it is recorded, told, and given free. */
  settle(work: Work, outcome: Omit<TrackOutcome, 'artist' | 'track'>): void;
  /** Takes the outcome back, so that resume tries the track again. */
  reopen(work: Work): void;
  /** Says once that a file of the library is broken, and what becomes of it. */
  tellBroken(file: IndexedFile, standing: 'right' | 'gives way' | 'left alone'): void;
  /** Writes to the store. One that takes nothing any more ends the job, and what was done is told all the same. */
  commit(write: () => void): void;
  /** Nothing will go better from here on: the job ends and can be resumed. */
  stop(error: HarmoniError): void;
}

export function failureOf(stage: Stage, error: HarmoniError): Failure {
  return { stage, code: error.code, message: error.message, fix: error.fix };
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
    givenBy: undefined,
    replaces: [],
    candidate: 0,
    attempts: 0,
    firstFailure: undefined,
  };
}

/** Failures that the next track would have too. */
export const everybodys: ReadonlySet<ErrorCode> = new Set([
  'disk-full',
  'output-not-writable',
  'ytdlp-missing',
  'ytdlp-options',
  'ffmpeg-missing',
  'store-broken',
  'store-busy',
]);

/** The stage in which an error of this kind can only have come up. */
export function stageOf(error: HarmoniError): Stage {
  if (error.code === 'convert-failed' || error.code === 'convert-stalled') return 'convert';
  return error.code === 'tag-failed' || error.code === 'verify-failed' ? 'tag' : 'publish';
}
