import type { VersionKind } from '../tracks/version-table.ts';
import type { Track } from '../tracks/track.ts';
import type { Match, ScoredCandidate } from './match.ts';
import { lengthFault } from './real-length.ts';
import type { Scored } from './score.ts';

/**
 * Where sure, unsure and none part. Chosen from labelled cases with test/bench/match-thresholds.ts, which prints what
 * other values would cost: higher ones leave more tracks open, lower ones take more wrong songs.
 */
export const thresholds = {
  /** Confidence from which a pick may be sure. */
  sure: 0.9,
  /** Confidence below which there is no pick at all. */
  unsure: 0.3,
  /** How many points a sure pick must be ahead of the best candidate that is another recording. */
  aheadOfRival: 0.6,
} as const;

/** Runners-up that are kept for people to choose from. */
const runnersUpKept = 10;

/**
 * The decision over scored candidates, best first. "None" is an honest answer: nothing found fits.
 * @param requests how many searches it took, for the record
 */
export function decide(track: Track, scored: readonly Scored[], requests: number): Match {
  const [best, ...rest] = scored;
  if (best === undefined) {
    return { ...nobody, reasons: ['the search found nothing'], runnersUp: [], requests };
  }
  const rival = rest.find((other) => !isSameRecording(track, best, other));
  const kept = rest.slice(0, runnersUpKept);
  if (best.confidence < thresholds.unsure) {
    // What speaks against it first: that is what "none" has to explain.
    const reasons = new Set([`the closest is "${best.candidate.title}"`, ...best.doubts, ...best.reasons]);
    return {
      ...nobody,
      reasons: [...reasons],
      runnersUp: [best, ...kept].slice(0, runnersUpKept).map(notAcceptable),
      requests,
    };
  }
  const close = rival !== undefined && best.points - rival.points < thresholds.aheadOfRival;
  const { durationMs } = best.candidate;
  const misfit = durationMs === undefined ? undefined : lengthFault(track, best.candidate, durationMs);
  // What keeps it from being sure stands first: it is what the user has to judge.
  const doubts = [
    ...best.doubts,
    ...(misfit === undefined ? [] : [misfit]),
    ...(close ? [`"${rival.candidate.title}" fits almost as well`] : []),
    ...(best.confidence < thresholds.sure ? [`only ${Math.round(best.confidence * 100)} % likely`] : []),
  ];
  return {
    decision: doubts.length === 0 ? 'sure' : 'unsure',
    confidence: best.confidence,
    pick: best.candidate,
    reasons: [...new Set([...doubts, ...best.reasons])],
    runnersUp: kept.map((other) => ({
      candidate: other.candidate,
      confidence: other.confidence,
      reasons: other.reasons,
      acceptable:
        other.confidence >= Math.min(thresholds.sure, best.confidence) && isSameRecording(track, best, other),
    })),
    requests,
  };
}

const nobody = { decision: 'none', confidence: 0, pick: null } as const;

function notAcceptable({ candidate, confidence, reasons }: Scored): ScoredCandidate {
  return { candidate, confidence, reasons, acceptable: false };
}

/** Words that leave the recording what it is when the length is the same. */
const sameSound: ReadonlySet<VersionKind> = new Set([
  'remaster',
  'stereo',
  'original',
  'single',
  'radio',
  'edit',
  'part',
]);
const sameLengthMs = 3000;
/** Where the track's length is not known, uploads within this share of each other pass for one. */
const likeLength = 1.3;

/** Whether two candidates hold the same recording, as far as title and length tell: then neither is the other's rival. */
export function isSameRecording(track: Track, a: Scored, b: Scored): boolean {
  const [lengthA, lengthB] = [a.candidate.durationMs, b.candidate.durationMs];
  if (lengthA !== undefined && lengthB !== undefined) {
    const apart = Math.abs(lengthA - lengthB);
    const known = track.durationMs !== undefined;
    if (known ? apart > sameLengthMs : Math.max(lengthA, lengthB) > likeLength * Math.min(lengthA, lengthB))
      return false;
  }
  const rated = track.explicit !== undefined && a.candidate.kind === 'song' && b.candidate.kind === 'song';
  if (rated && a.candidate.explicit !== b.candidate.explicit) return false;
  if (Math.min(a.reading.titleFound, b.reading.titleFound) < 0.8) return false;
  return kindsOf(a) === kindsOf(b);
}

function kindsOf({ reading }: Scored): string {
  const kinds = reading.versions.filter(({ kind }) => !sameSound.has(kind)).map(({ kind }) => kind);
  return [...new Set(kinds)].sort().join();
}
