import { HarmoniError } from '../errors.ts';
import type { Match } from '../matching/match.ts';
import { withOverrides } from '../matching/overrides.ts';
import { abortable } from '../system/abort.ts';
import { isSameMedia, mediaInJson } from '../tracks/media.ts';
import { failureOf, type FailedUpload } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import { allOf, endUncompared, endUnproven, trialsOf } from './ear-rules.ts';
import type { JobEar } from './job-ear.ts';
import type { JobParts } from './job-parts.ts';
import type { Ending, StageResult } from './stage.ts';
import type { Work } from './work.ts';

/** Uploads that are tried after the pick: as sure as what the user accepts, and not more than this. */
const mostAlternatives = 3;

type MatchParts = Pick<JobParts, 'matchTrack' | 'store' | 'settings' | 'signal'> & { readonly ear: JobEar };

/**
 * Decides which video a track is taken from, or that nothing is sure enough. What isn't sure goes on as a trial where its
 * sound can be compared. The user's own decision wins over every search. @throws HarmoniError as the search does
 */
export async function match(work: Work, parts: MatchParts): Promise<StageResult> {
  const { matchTrack, store, settings, signal } = parts;
  const found = await withOverrides(matchTrack, store.overrides)(work.track, signal);
  work.givenBy = found.givenBy;
  if (settings.verifyByEar !== 'never' && found.pick !== null) {
    const result = await tryByEar(work, found, parts);
    if (result !== undefined) return result;
  }
  const isAccepted = found.pick !== null && (found.decision === 'sure' || settings.accept === 'unsure');
  if (!isAccepted) return { outcome: undecided(found) };
  work.candidates = candidatesOf(found);
  return 'next';
}

/** Makes a song a trial whose match isn't sure, or was heard before to be another recording. Undefined for all others. */
async function tryByEar(work: Work, found: Match, parts: MatchParts): Promise<StageResult | undefined> {
  const { store, settings } = parts;
  const { track } = work;
  const all = allOf(found);
  work.others = all.map(({ candidate }) => candidate);
  if (found.givenBy !== undefined) return undefined;
  const uploads = store.failures.of(track).flatMap((failed) => failed.uploads);
  const before = heardBefore(uploads, settings);
  const isKnownOther = before.some(
    ({ media, heard }) => heard?.verdict === 'different' && isSameMedia(media, found.pick?.media),
  );
  if (found.decision === 'sure' && !isKnownOther) return undefined;
  const trial = undecided(found);
  const trials = trialsOf(all, track, before);
  const isComparable = trials.length === 0 ? undefined : await askEar(track, parts);
  if (isComparable !== true) {
    if (settings.accept === 'unsure') return undefined;
    const isNew = isComparable === false && before.length === 0;
    return { outcome: isNew ? endUncompared(trial) : endUnproven(trial, all, before) };
  }
  work.trial = trial;
  work.candidates = settings.accept === 'unsure' ? withPick(trials, all) : trials;
  work.failedUploads = before;
  return 'next';
}

/** Whether there's something to compare a track with; undefined where nobody can listen. @throws the signal's reason */
async function askEar(track: Track, { ear, signal }: MatchParts): Promise<boolean | undefined> {
  const ready = await ear.ready();
  return ready && abortable(ready.knows(track, signal), signal);
}

/**
 * What nothing was proven by the last time isn't fetched again with every download and sync; a retry, and whoever accepts it,
 * wants it anew.
 */
function heardBefore(
  uploads: readonly FailedUpload[],
  { accept, kind }: Pick<JobParts['settings'], 'accept' | 'kind'>,
): readonly FailedUpload[] {
  if (accept === 'unsure' || kind === 'retry') return [];
  return uploads.filter(({ heard }) => heard !== undefined);
}

/** The pick may be one that can't be proven, and is taken where the others aren't either. */
function withPick(trials: Work['candidates'], [pick]: Work['candidates']): Work['candidates'] {
  if (pick === undefined) return trials;
  const isThere = trials.some(({ candidate }) => isSameMedia(candidate.media, pick.candidate.media));
  return isThere ? trials : [...trials, pick];
}

function candidatesOf(match: Match): Work['candidates'] {
  if (match.pick === null) return [];
  const alternatives = match.runnersUp
    .filter((runnerUp) => runnerUp.acceptable)
    .slice(0, mostAlternatives)
    .map(({ candidate, confidence }) => ({ candidate, confidence }));
  return [{ candidate: match.pick, confidence: match.confidence }, ...alternatives];
}

function undecided(match: Match): Ending {
  const because = match.reasons.slice(0, 3).join(', ');
  const doubts = match.doubts.slice(0, 3).join(', ');
  if (match.pick === null) {
    const message = messageOfNone(match, because);
    return { status: 'none', failure: failureOf('match', new HarmoniError('no-match', message)) };
  }
  const percent = Math.round(match.confidence * 100);
  const message = `Uncertain match "${match.pick.title}" (${percent} %)${doubts === '' ? '' : `: ${doubts}`}.`;
  return {
    status: 'unsure',
    ...mediaInJson(match.pick.media),
    confidence: match.confidence,
    failure: failureOf('match', new HarmoniError('match-unsure', message)),
  };
}

function messageOfNone({ givenBy }: Match, because: string): string {
  if (givenBy === 'you') return 'You chose "None of these" for this song.';
  return because === '' ? 'The search found nothing.' : `No video fits: ${because}.`;
}
