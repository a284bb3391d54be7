import type { Candidate } from './candidate.ts';
import { topicArtist } from './channel-term.ts';
import type { Reading } from './reading.ts';
import { onLine, type Term } from './terms.ts';
import type { TrackProfile } from './track-profile.ts';
import { scriptsDiffer } from './words.ts';

/** Points by how much of the track's title the upload's title has. */
const foundPoints = [
  [0.2, -7],
  [0.5, -4],
  [0.65, -2],
  [0.8, 0.5],
  [0.9, 2],
  [1, 3],
] as const;

/** What a further word beside the title costs: a little for uploads, much for songs, whose titles are exact. */
const besideCost = { song: 2, upload: 1 };
const besideMost = { song: 6, upload: 4 };
/** In another script the title says nothing: the artist, the length and the album must. */
const otherScriptPoints = -1;
/** A title of many words is hit by chance less often than one of one word. */
const bonusOfLongTitle = 0.8;

/** Whether the upload bears the track's title. */
export function titleTerm(profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  const found = onLine(foundPoints, reading.titleFound);
  if (found < otherScriptPoints && scriptsDiffer(profile.track.track, candidate.title)) {
    return { points: otherScriptPoints, reason: 'title in another script' };
  }
  const kind = candidate.kind === 'song' || topicArtist(candidate) !== undefined ? 'song' : 'upload';
  const length = Math.max(1, profile.title.weight);
  const beside = Math.min(besideMost[kind], (besideCost[kind] * reading.besideTitle * 2) / (1 + length));
  const long = reading.titleFound === 1 ? bonusOfLongTitle * Math.min(1, (length - 1) / 3) : 0;
  const points = found - beside + long;
  if (reading.titleFound < 0.5) return { points, reason: 'different title' };
  if (reading.titleFound < 1) return { points, reason: 'title partly matches' };
  return { points, reason: beside > 0.8 ? 'title has extra words' : 'title matches' };
}
