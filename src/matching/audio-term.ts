import type { Candidate } from './candidate.ts';
import { isOwnChannel } from './channel-term.ts';
import { nothing, type Term } from './terms.ts';
import type { Name } from './track-profile.ts';

/** Less than what YouTube has by the same name: nobody there says which recording it is. */
const audioPoints = -1;
/** What is for subscribers alone lasts so long for everybody else. */
const previewMs = { least: 29_500, most: 30_500 };

/**
 * What can be believed of a place where anybody uploads sound. Reposts, edits and re-recordings bear the name of the
 * song there as often as the song itself, so it is sure only on the account of one of the artists.
 */
export function audioTerm(artists: readonly Name[], candidate: Candidate): Term {
  if (candidate.kind !== 'audio') return nothing;
  const { durationMs } = candidate;
  const place = candidate.place === undefined ? 'an upload' : `on ${candidate.place}`;
  if (durationMs !== undefined && durationMs >= previewMs.least && durationMs <= previewMs.most) {
    return { points: audioPoints, reason: `${place}, probably a 30 s preview`, doubt: true };
  }
  if (artists.some((artist) => isOwnChannel(candidate, artist))) {
    return { points: audioPoints, reason: place };
  }
  return { points: audioPoints, reason: `${place}, and not on the artist's own account`, doubt: true };
}
