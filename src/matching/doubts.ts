import type { Candidate } from './candidate.ts';
import { isOwnChannel } from './channel-term.ts';
import type { Term } from './terms.ts';
import type { TrackProfile } from './track-profile.ts';

/**
 * Why a person should look twice at a candidate, the weightiest first: what speaks against it, then what nobody knows.
 * A part of these words are reasons too, the other part costs no points but leaves room for another song. Pure.
 */
export function doubtsOf(
  profile: TrackProfile,
  candidate: Candidate,
  terms: readonly Term[],
): readonly string[] {
  const against = terms
    .filter(({ points, reason, doubt }) => reason !== '' && (points < 0 || doubt === true))
    .toSorted((a, b) => a.points - b.points);
  return [...against.map(({ reason }) => reason), ...unknownsOf(profile, candidate)];
}

function unknownsOf({ track, title, artists }: TrackProfile, candidate: Candidate): readonly string[] {
  const [artist] = artists;
  const { channel, kind, durationMs } = candidate;
  const isStrange =
    artist !== undefined &&
    kind !== 'song' &&
    channel !== undefined &&
    !artists.some((one) => isOwnChannel(candidate, one));
  return [
    ...(artist === undefined ? ["the song's artist isn't known"] : []),
    ...(title.words.length === 1 ? ['the title is a single word'] : []),
    ...(track.durationMs === undefined ? ["the song's length isn't known"] : []),
    ...(durationMs === undefined ? ["the upload's length isn't known"] : []),
    ...(isStrange ? [`the channel isn't ${artist.text}'s`] : []),
  ];
}
