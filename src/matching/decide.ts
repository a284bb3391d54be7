import type { VersionKind } from '../tracks/version-table.ts';
import type { Track } from '../tracks/track.ts';
import type { Match, ScoredCandidate } from './match.ts';
import { uploaderOf } from './candidate-text.ts';
import { lengthFault } from './real-length.ts';
import type { Scored } from './scored.ts';

/**
 * Where sure, unsure and none part. Chosen from labelled cases with test/bench/match-thresholds.ts, which prints what
 * other values would cost: higher ones leave more tracks open, lower ones take more wrong songs.
 */
export const thresholds = {
  /** Confidence from which a pick may be sure. */
  sure: 0.9,
  /** Confidence from which a sure pick needn't be looked at twice. */
  certain: 0.95,
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
    return { ...nobody, reasons: ['the search found nothing'], doubts: [], runnersUp: [], requests };
  }
  const rival = rest.find((other) => !isSameRecording(track, best, other));
  const kept = rest.slice(0, runnersUpKept);
  if (best.confidence < thresholds.unsure) {
    // What speaks against it first: that is what "none" has to explain.
    const doubts = unique([`the closest is "${best.candidate.title}"`, ...best.objections, ...best.doubts]);
    return {
      ...nobody,
      reasons: unique([...doubts, ...best.reasons]),
      doubts,
      runnersUp: [best, ...kept].slice(0, runnersUpKept).map(notAcceptable),
      requests,
    };
  }
  const close = rival !== undefined && isClose(best, rival);
  const { durationMs } = best.candidate;
  const misfit = durationMs === undefined ? undefined : lengthFault(track, best.candidate, durationMs);
  const isLikely = best.confidence >= thresholds.sure;
  // What keeps it from being sure stands first: it is what the user has to judge.
  const faults = [
    ...best.objections,
    ...(misfit === undefined ? [] : [misfit]),
    ...(close ? [`${nameOfUpload(rival)} fits almost as well`] : []),
  ];
  const isSure = isLikely && faults.length === 0;
  const isCertain = isSure && isAtLeast(best.confidence, thresholds.certain);
  const doubts = isCertain ? [] : unique([...faults, ...best.doubts]);
  if (!isSure && doubts.length === 0) doubts.push(`only ${Math.round(best.confidence * 100)} % likely`);
  return {
    decision: isSure ? 'sure' : 'unsure',
    confidence: best.confidence,
    pick: best.candidate,
    isOtherVersion: best.isOtherVersion,
    reasons: unique([...(isSure ? [] : doubts), ...best.reasons]),
    doubts,
    runnersUp: kept.map((other) => ({
      candidate: other.candidate,
      confidence: other.confidence,
      reasons: other.reasons,
      doubts:
        other === rival && close
          ? unique([`${nameOfUpload(best)} fits slightly better`, ...other.doubts])
          : other.doubts,
      isOtherVersion: other.isOtherVersion,
      acceptable:
        other.confidence >= Math.min(thresholds.sure, best.confidence) && isSameRecording(track, best, other),
    })),
    requests,
  };
}

const nobody = { decision: 'none', confidence: 0, pick: null } as const;

function notAcceptable({ candidate, confidence, reasons, doubts }: Scored): ScoredCandidate {
  return { candidate, confidence, reasons, doubts, acceptable: false };
}

/** As people see it, in whole percent: what reads 95 % is not less than 95 %. Pure. */
export function isAtLeast(confidence: number, least: number): boolean {
  return Math.round(confidence * 100) >= Math.round(least * 100);
}

function isClose(best: Scored, other: Scored): boolean {
  return best.points - other.points < thresholds.aheadOfRival;
}

/** Two uploads often have one title. */
function nameOfUpload({ candidate }: Scored): string {
  const uploader = uploaderOf(candidate);
  return uploader === '' ? `"${candidate.title}"` : `"${candidate.title}" by ${uploader}`;
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

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
