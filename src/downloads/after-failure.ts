import { scopeOf, type ErrorCode } from '../errors.ts';
import { backoffMs } from '../system/retry-delay.ts';
import type { StageName } from '../tracks/outcome.ts';
import { sessionPauseMs } from './pacing.ts';

/** Songs in a row that failed for one of `blocking`: the others would fail alike. */
const mostBlocked = 5;
/** Downloads in a row that could not be made into files: it isn't the uploads' fault. */
const mostSpoilt = 3;
/** Pauses without one success. */
const mostPauses = 6;
const longestRetryMs = 10 * 60_000;

/** What one song cannot get round, and the next one could hardly. */
const blocking: ReadonlySet<ErrorCode> = new Set([
  'bot-check',
  'network-unreachable',
  'network-timeout',
  'http-too-many-requests',
  'download-stalled',
]);
const spoiling: ReadonlySet<StageName> = new Set(['convert', 'tag']);

/** What came before a failure. */
export interface FailureStory {
  readonly code: ErrorCode;
  readonly stage: StageName;
  /** Tries of this candidate that failed for a passing reason. */
  readonly attempts: number;
  /** Other uploads that may be tried. */
  readonly candidatesLeft: number;
  /** Whether one is there that wasn't proven, and may be taken all the same. */
  readonly hasSpare: boolean;
  readonly sinceSuccess: SinceSuccess;
}

/** Counted over all songs of the job since something last went well. */
export interface SinceSuccess {
  /** Songs that failed for a reason that is not theirs. */
  readonly blocked: number;
  /** Downloads that could not be converted or tagged. */
  readonly spoilt: number;
  readonly pauses: number;
}

export interface RetryLimits {
  readonly attempts: number;
  /** Before the first retry; doubled for each further one. */
  readonly delayMs: number;
}

export type NextStep =
  /** The same upload, a little later. */
  | { readonly then: 'retry'; readonly inMs: number }
  | { readonly then: 'next candidate' }
  /** The upload that wasn't proven, because nothing better could be had. */
  | { readonly then: 'take spare' }
  /** This song has failed. */
  | { readonly then: 'fail' }
  /** Everybody waits, then the song comes again. */
  | { readonly then: 'pause'; readonly forMs: number }
  /** The job ends and can be resumed; songs that failed for `blocking` go with it. */
  | { readonly then: 'stop' };

/** Whether a failure says more of the connection than of the song. Pure. */
export const isBlocking = (code: ErrorCode): boolean => blocking.has(code);

/** Whether a download came to nothing at the machine's side. Pure. */
export const isSpoiling = (stage: StageName): boolean => spoiling.has(stage);

/** What follows a failure: the only place that decides it. `random` is 0..1. Pure. */
export function afterFailure(story: FailureStory, limits: RetryLimits, random: number): NextStep {
  const { code, stage, attempts, candidatesLeft, hasSpare, sinceSuccess } = story;
  const scope = scopeOf(code);
  if (scope === 'job') return { then: 'stop' };
  if (scope === 'pause') {
    return sinceSuccess.pauses < mostPauses
      ? { then: 'pause', forMs: sessionPauseMs(sinceSuccess.pauses + 1) }
      : { then: 'stop' };
  }
  // A search has its own retries, and what is filed or not is not the upload's fault.
  const isOfUpload = stage !== 'match' && stage !== 'present' && stage !== 'publish';
  if (isOfUpload && scope === 'moment' && attempts < limits.attempts) {
    const delay = { baseMs: limits.delayMs, mostMs: longestRetryMs, jitter: 0.2 };
    return { then: 'retry', inMs: backoffMs(attempts + 1, delay, random) };
  }
  const mayBeUpload = isOfUpload && (scope === 'upload' || scope === 'moment');
  const isMachine = isSpoiling(stage) && sinceSuccess.spoilt >= mostSpoilt;
  if (mayBeUpload && candidatesLeft > 0 && !isMachine) return { then: 'next candidate' };
  if (blocking.has(code) && sinceSuccess.blocked + 1 >= mostBlocked) return { then: 'stop' };
  return { then: hasSpare ? 'take spare' : 'fail' };
}
