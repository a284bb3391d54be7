import type { Candidate, UploadKind } from './candidate.ts';
import { verdictWords } from '../tracks/heard-text.ts';
import { mediaInJson } from '../tracks/media.ts';
import { lengthInWords } from './length-term.ts';
import type { ReviewCandidate } from './review-list.ts';

const kindWords: Readonly<Record<UploadKind, string>> = {
  song: 'song',
  'official-video': 'official video',
  'user-video': "a user's upload",
  video: 'video',
  audio: 'an upload',
};

/** Who put it there. Songs have artists where videos have a channel. */
export function uploaderOf({ channel, artists }: Candidate): string {
  return channel ?? artists.join(', ');
}

/**
 * One line that tells candidates apart, what is short first, as terminals cut the end: "87 % · 3 s longer · song · Title ·
 * Channel". Pure.
 */
export function candidateLine(
  trackMs: number | undefined,
  candidate: Candidate,
  confidence: number | undefined,
  { failed, heard }: Pick<ReviewCandidate, 'failed' | 'heard'> = {},
): string {
  const { title, kind, durationMs } = candidate;
  const length =
    durationMs === undefined
      ? 'unknown length'
      : trackMs === undefined
        ? `${Math.round(durationMs / 1000)} s`
        : lengthInWords((durationMs - trackMs) / 1000);
  const percent =
    failed !== undefined
      ? 'failed last time'
      : confidence === undefined
        ? ''
        : `${Math.round(confidence * 100)} %`;
  const what = candidate.place === undefined ? kindWords[kind] : `on ${candidate.place}`;
  const verdict = heard === undefined ? '' : verdictWords[heard.verdict];
  return [percent, verdict, length, what, title, uploaderOf(candidate)]
    .filter((part) => part !== '')
    .join(' · ');
}

/** A length that may differ speaks for nothing, and stands in the candidate's own line. */
const differs = / s (?:longer|shorter)$/;

/** What speaks for a candidate and why to look twice, in a line each. Pure. */
export function judgementLines({
  reasons,
  doubts,
}: Readonly<Record<'reasons' | 'doubts', readonly string[]>>): readonly string[] {
  const fits = reasons.filter((reason) => !doubts.includes(reason) && !differs.test(reason));
  return [
    ...(fits.length === 0 ? [] : [`Fits: ${fits.join(', ')}`]),
    ...(doubts.length === 0 ? [] : [`Doubts: ${doubts.join(', ')}`]),
  ];
}

/** A candidate in the JSON documents. */
export function candidateSummary(trackMs: number | undefined, candidate: Candidate) {
  const { media, title, kind, durationMs, url } = candidate;
  const difference = durationMs === undefined || trackMs === undefined ? null : durationMs - trackMs;
  return {
    ...mediaInJson(media),
    title,
    channel: uploaderOf(candidate),
    kind,
    durationMs: durationMs ?? null,
    lengthDifferenceMs: difference,
    url,
  };
}
