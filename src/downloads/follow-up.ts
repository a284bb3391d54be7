import { scopeOf, type HarmoniError } from '../errors.ts';
import { isSameMedia, mediaInJson } from '../tracks/media.ts';
import { failureOf, type Failure, type StageName } from '../tracks/outcome.ts';
import { afterFailure, isBlocking, isSpoiling, type FailureStory } from './after-failure.ts';
import { endUnproven } from './ear-rules.ts';
import type { Gate } from './gate.ts';
import type { JobParts } from './job-parts.ts';
import type { Move } from './runner.ts';
import type { Ending } from './stage.ts';
import type { Work } from './work.ts';

export type FollowUpParts = Pick<JobParts, 'config' | 'random' | 'stop' | 'settings'> & {
  readonly gate: Gate;
  readonly settle: (work: Work, ending: Ending) => void;
  /** Stores what was heard of an upload that isn't taken: whoever stops the job now doesn't have it fetched again. */
  readonly refused: (work: Work, ending: Ending) => void;
  /** Takes the outcome back, so that resume tries the track again. */
  readonly reopen: (work: Work) => void;
};

/** Carries out what afterFailure decides, and counts what it has to know. */
export interface FollowUp {
  failed(work: Work, stage: StageName, error: HarmoniError): Move;
  /** A stream has come. */
  readonly downloaded: () => void;
  /** A song has been filed. */
  readonly filed: () => void;
}

export function createFollowUp(parts: FollowUpParts): FollowUp {
  const { config, gate, settle } = parts;
  const limits = { attempts: config.retry_attempts, delayMs: config.retry_delay * 1000 };
  let blocked: Work[] = [];
  let spoilt = 0;
  let pauses = 0;

  function stop(error: HarmoniError): void {
    // It was not their fault: they go with the rest when the job is resumed.
    if (isBlocking(error.code)) blocked.forEach((one) => parts.reopen(one));
    parts.stop(error);
  }

  return {
    failed(work, stage, error) {
      const first = note(work, stage, error, parts.settings);
      if (error.code === 'not-proven' && work.trial !== undefined) parts.refused(work, endOf(work, first));
      const sinceSuccess = {
        blocked: blocked.length,
        spoilt,
        // Several meet the limit at the same time.
        pauses: gate.isPaused() ? pauses - 1 : pauses,
      };
      if (isSpoiling(stage)) spoilt += 1;
      const story = { ...storyOf(work), code: error.code, stage, sinceSuccess };
      const next = afterFailure(story, limits, parts.random());
      switch (next.then) {
        case 'stop':
          stop(error);
          return undefined;
        case 'pause':
          if (!gate.isPaused()) pauses += 1;
          if (!gate.isPaused()) gate.pause(next.forMs);
          return { to: 'download', inMs: 0 };
        case 'retry':
          work.attempts += 1;
          return { to: 'download', inMs: next.inMs };
        case 'next candidate':
          work.candidate += untriedAfter(work).findIndex((isUntried) => isUntried) + 1;
          work.attempts = 0;
          return { to: 'download', inMs: 0 };
        case 'take spare':
          takeSpare(work);
          return { to: 'enrich', inMs: 0 };
        case 'fail':
          settle(work, endOf(work, first));
          if (isBlocking(error.code)) blocked.push(work);
          return undefined;
      }
    },
    downloaded() {
      pauses = 0;
      blocked = [];
    },
    filed() {
      spoilt = 0;
    },
  };
}

/**
 * Remembers a failure, and an upload that another try would not get either, or that wasn't proven. Returns the song's first
 * failure.
 */
function note(
  work: Work,
  stage: StageName,
  error: HarmoniError,
  { accept }: Pick<JobParts['settings'], 'accept'>,
): Failure {
  const { code, message } = error;
  const { made, trial, spare } = work;
  work.made = {};
  work.firstFailure ??= failureOf(stage, error);
  const media = work.candidates[work.candidate]?.candidate.media;
  if (media === undefined || scopeOf(code) !== 'upload') return work.firstFailure;
  const others = work.failedUploads.filter((upload) => !isSameMedia(upload.media, media));
  const heard = code === 'not-proven' && made.heard !== undefined ? { heard: made.heard } : {};
  work.failedUploads = [...others, { media, message, ...heard }];
  const isBest = spare === undefined || isSameMedia(media, trial?.media);
  if (code === 'not-proven' && accept === 'unsure' && isBest)
    work.spare = { candidate: work.candidate, made };
  return work.firstFailure;
}

function storyOf(work: Work): Pick<FailureStory, 'attempts' | 'candidatesLeft' | 'hasSpare'> {
  const { attempts, spare } = work;
  return {
    attempts,
    candidatesLeft: untriedAfter(work).filter((isUntried) => isUntried).length,
    hasSpare: spare !== undefined,
  };
}

/** Of each candidate after this one, whether it's still to be tried: a resumed song may have tried it before it was stopped. */
function untriedAfter({ candidates, candidate, failedUploads }: Work): readonly boolean[] {
  return candidates
    .slice(candidate + 1)
    .map(({ candidate: { media } }) => !failedUploads.some((upload) => isSameMedia(upload.media, media)));
}

/** It goes on as if it had been the only one, and nobody listens again. */
function takeSpare(work: Work): void {
  const { spare, candidates } = work;
  if (spare === undefined) return;
  work.candidates = candidates.slice(0, spare.candidate + 1);
  work.candidate = spare.candidate;
  work.made = spare.made;
  work.spare = undefined;
  work.trial = undefined;
  work.firstFailure = undefined;
  work.attempts = 0;
}

/** A track all of whose candidates failed: what was wrong with the best one. */
function endOf(work: Work, failure: Failure): Ending {
  if (work.trial !== undefined) return endUnproven(work.trial, work.candidates, work.failedUploads);
  const best = work.candidates[0];
  const about = best === undefined ? {} : mediaInJson(best.candidate.media);
  if (failure.code === 'wrong-length') {
    return { status: 'unsure', ...about, confidence: best?.confidence ?? 0, failure };
  }
  if (work.givenBy === undefined || best === undefined) return { status: 'failed', failure };
  // Nobody looks for another video then, so it has to be said which one it was.
  const who = work.givenBy === 'you' ? 'you chose' : 'your list names';
  const what = best.candidate.media.provider === 'youtube' ? 'video' : 'upload';
  const message = `The ${what} that ${who} (${best.candidate.url}) can't be downloaded. ${failure.message}`;
  return { status: 'failed', ...about, failure: { ...failure, message } };
}
