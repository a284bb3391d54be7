import { isLabelsOwn } from '../ear/witnesses/label.ts';
import { HarmoniError } from '../errors.ts';
import { thresholds } from '../matching/decide.ts';
import type { Match, ScoredCandidate } from '../matching/match.ts';
import { lengthFault } from '../matching/real-length.ts';
import type { Candidate, UploadKind } from '../matching/candidate.ts';
import type { Heard } from '../tracks/heard.ts';
import { heardDetail } from '../tracks/heard-text.ts';
import { isSameMedia, mediaInJson, type Media } from '../tracks/media.ts';
import { failureOf, type FailedUpload } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import type { JobSettings } from './settings.ts';
import type { Ending } from './stage.ts';
import type { Chosen, Work } from './work.ts';

/** Visits that a song may cost: the pick, and two more. */
const mostVisits = 3;
/** Who isn't of a label may have uploaded anything. */
const byAnybody: ReadonlySet<UploadKind> = new Set(['user-video', 'video', 'audio']);
/** What a sure match may be off in its length before it is heard. */
const sureWithinMs = 2_000;

/**
 * Whether a song is compared with a reference: every one on trial, and of the sure ones all, or those with little to go by.
 * What somebody named isn't uncertain. Pure.
 * @param lengthMs of the file
 */
export function isToBeHeard(
  { trial, givenBy, track }: Pick<Work, 'trial' | 'givenBy' | 'track'>,
  { kind, album }: Pick<Candidate, 'kind' | 'album'>,
  { verifyByEar }: Pick<JobSettings, 'verifyByEar'>,
  lengthMs: number | undefined,
): boolean {
  if (verifyByEar === 'never') return false;
  if (trial !== undefined || verifyByEar === 'always') return true;
  if (givenBy !== undefined) return false;
  const isOff =
    lengthMs !== undefined &&
    track.durationMs !== undefined &&
    Math.abs(lengthMs - track.durationMs) > sureWithinMs;
  return byAnybody.has(kind) || album === undefined || track.album === undefined || isOff;
}

/**
 * Whether a song that was heard is not taken: on trial it has to be proven. A sure match is refused only where it's another
 * recording, and what somebody named never is. Pure.
 */
export function isRefused(
  { verdict }: Pick<Heard, 'verdict'>,
  { trial, givenBy }: Pick<Work, 'trial' | 'givenBy'>,
): boolean {
  if (trial !== undefined) return verdict !== 'proven';
  return verdict === 'different' && givenBy === undefined;
}

/** All that was found for a song, the pick first. Pure. */
export function allOf({ pick, confidence, isOtherVersion = false, runnersUp }: Match): readonly Found[] {
  return pick === null ? [] : [{ candidate: pick, confidence, isOtherVersion }, ...runnersUp];
}

type Found = Chosen & Pick<ScoredCandidate, 'isOtherVersion'>;

/** How many uploads of a song may be fetched to be heard. The label's own costs a visit where another is compared with it. */
function mostTrials(track: Track, found: readonly Candidate[]): number {
  return found.some((candidate) => isLabelsOwn(track, candidate)) ? mostVisits - 1 : mostVisits;
}

/**
 * The uploads that an uncertain song is tried with, the likeliest first: what listening could prove. Not one that says that
 * it's another version, nor one that's too long or too short. What was heard before in vain counts, and isn't heard again. Pure.
 */
export function trialsOf(
  found: readonly Found[],
  track: Track,
  heardBefore: readonly FailedUpload[],
): readonly Chosen[] {
  const all = found.map(({ candidate }) => candidate);
  return found
    .filter((one) => one.isOtherVersion !== true && one.confidence >= thresholds.unsure)
    .filter(({ candidate }) => {
      const { durationMs } = candidate;
      return durationMs === undefined || lengthFault(track, candidate, durationMs) === undefined;
    })
    .filter(({ candidate: { media } }) => !heardBefore.some((upload) => isSameMedia(upload.media, media)))
    .slice(0, Math.max(0, mostTrials(track, all) - heardBefore.length))
    .map(({ candidate, confidence }) => ({ candidate, confidence }));
}

/**
 * The candidates that are left to try when one was refused: two more at most where a sure one is another recording, and none
 * where the reference couldn't be had, because nothing would prove them either. Pure.
 */
export function leftAfter(
  { verdict }: Pick<Heard, 'verdict'>,
  {
    trial,
    candidates,
    candidate,
    track,
    others,
  }: Pick<Work, 'trial' | 'candidates' | 'candidate' | 'track' | 'others'>,
): readonly Chosen[] {
  if (verdict === 'unchecked') return candidates.slice(0, candidate + 1);
  return trial === undefined ? candidates.slice(0, candidate + mostTrials(track, others)) : candidates;
}

/** How a sure match ends that was heard to be another recording, when no other upload is proven either. Pure. */
export function endOfDifferent({ candidate, confidence }: Chosen): Ending {
  return {
    status: 'unsure',
    ...mediaInJson(candidate.media),
    confidence,
    failure: failureOf('hear', new HarmoniError('not-proven', uncertain({ candidate, confidence }))),
  };
}

/** How an uncertain song ends that there was nothing to compare with. Pure. */
export function endUncompared(trial: Ending): Ending {
  const { failure } = trial;
  if (failure === undefined) return trial;
  const message = `${failure.message} There was nothing to compare it with.`;
  return { ...trial, heard: { verdict: 'unchecked' }, failure: { ...failure, stage: 'hear', message } };
}

/**
 * How a song ends of which no upload was proven: as it would have without listening, with what was heard of the best one that
 * could be had. Pure.
 */
export function endUnproven(
  trial: Ending,
  candidates: readonly Chosen[],
  uploads: readonly FailedUpload[],
): Ending {
  const [best] = uploads.flatMap(({ media, heard }) => (heard === undefined ? [] : [{ media, heard }]));
  if (best === undefined) return trial;
  const message = `${wordsOf(best.media, trial, candidates)} Not proven by ear: ${heardDetail(best.heard)}.`;
  const { confidence } =
    candidates.find(({ candidate }) => isSameMedia(candidate.media, best.media)) ?? trial;
  return {
    status: 'unsure',
    ...mediaInJson(best.media),
    ...(confidence === undefined ? {} : { confidence }),
    heard: best.heard,
    failure: failureOf('hear', new HarmoniError('not-proven', message)),
  };
}

/** What was uncertain of an upload before it was heard: the doubts are those of the pick. */
function wordsOf(media: Media, { media: pick, failure }: Ending, candidates: readonly Chosen[]): string {
  if (isSameMedia(media, pick) && failure !== undefined) return failure.message;
  const chosen = candidates.find(({ candidate }) => isSameMedia(candidate.media, media));
  return chosen === undefined ? (failure?.message ?? '') : uncertain(chosen);
}

function uncertain({ candidate, confidence }: Chosen): string {
  return `Uncertain match "${candidate.title}" (${Math.round(confidence * 100)} %).`;
}
