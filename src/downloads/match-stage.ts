import { HarmoniError, toHarmoniError } from '../errors.ts';
import { withOverrides } from '../matching/overrides.ts';
import type { Match } from '../youtube/finder.ts';
import { videoUrl } from '../youtube/ytdlp-args.ts';
import { everybodys, failureOf, type Session, type Work } from './session.ts';

/** Uploads that are tried after the pick: as sure as what the user accepts, and not more than this. */
const mostAlternatives = 3;

/**
 * Decides which video a track is taken from. The track goes on to `next.ready`, or has its outcome when nothing is sure
 * enough. The user's own decision wins over every search.
 */
export async function matchOne(
  session: Session,
  work: Work,
  next: { ready: (work: Work) => void; failed: (error: HarmoniError) => void },
): Promise<void> {
  session.stage(work, 'match');
  const { matchTrack, store } = session.deps;
  try {
    const match = await withOverrides(matchTrack, store.overrides)(work.track, session.signal);
    const accepted =
      match.pick !== null && (match.decision === 'sure' || session.settings.accept === 'unsure');
    if (accepted) {
      work.candidates = candidatesOf(match);
      work.givenBy = match.givenBy;
      next.ready(work);
    } else session.settle(work, undecided(match));
  } catch (error) {
    if (session.signal.aborted) return;
    const failed = toHarmoniError(error);
    if (everybodys.has(failed.code)) {
      session.stop(failed);
      return;
    }
    session.settle(work, { status: 'failed', failure: failureOf('match', failed) });
    next.failed(failed);
  }
}

function candidatesOf(match: Match): Work['candidates'] {
  if (match.pick === null) return [];
  const alternatives = match.runnersUp
    .filter((runnerUp) => runnerUp.acceptable)
    .slice(0, mostAlternatives)
    .map(({ candidate, confidence }) => ({ candidate, confidence }));
  return [{ candidate: match.pick, confidence: match.confidence }, ...alternatives];
}

function undecided(match: Match): Parameters<Session['settle']>[1] {
  const because = match.reasons.slice(0, 3).join('; ');
  if (match.pick === null) {
    const message = messageOfNone(match, because);
    return { status: 'none', failure: failureOf('match', new HarmoniError('no-match', message)) };
  }
  const message = `Not sure about ${videoUrl(match.pick.videoId)}: ${because}.`;
  return {
    status: 'unsure',
    videoId: match.pick.videoId,
    confidence: match.confidence,
    failure: failureOf('match', new HarmoniError('match-unsure', message)),
  };
}

function messageOfNone({ givenBy }: Match, because: string): string {
  if (givenBy === 'you') return 'You said that none of the videos is the right one.';
  return because === '' ? 'No video was found.' : `No video fits: ${because}.`;
}
