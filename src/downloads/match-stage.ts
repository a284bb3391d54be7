import { HarmoniError } from '../errors.ts';
import { withOverrides } from '../matching/overrides.ts';
import { mediaInJson } from '../tracks/media.ts';
import { failureOf } from '../tracks/outcome.ts';
import type { Match } from '../matching/match.ts';
import type { JobParts } from './job-parts.ts';
import type { Ending, StageResult } from './stage.ts';
import type { Work } from './work.ts';

/** Uploads that are tried after the pick: as sure as what the user accepts, and not more than this. */
const mostAlternatives = 3;

/**
 * Decides which video a track is taken from, or that nothing is sure enough. The user's own decision wins over every
 * search. @throws HarmoniError as the search does
 */
export async function match(
  work: Work,
  { matchTrack, store, settings, signal }: Pick<JobParts, 'matchTrack' | 'store' | 'settings' | 'signal'>,
): Promise<StageResult> {
  const found = await withOverrides(matchTrack, store.overrides)(work.track, signal);
  const isAccepted = found.pick !== null && (found.decision === 'sure' || settings.accept === 'unsure');
  if (!isAccepted) return { outcome: undecided(found) };
  work.candidates = candidatesOf(found);
  work.givenBy = found.givenBy;
  return 'next';
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
  const message = `Uncertain match "${match.pick.title}" (${percent} %): ${doubts}.`;
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
