import type { Candidate } from './candidate.ts';
import type { Reading } from './reading.ts';
import { nothing, type Term } from './terms.ts';
import { albumName, type TrackProfile } from './track-profile.ts';

const sameAlbumPoints = 1.5;
const namedInTitlePoints = 0.6;
/** Songs come out on several albums, so another one says little. */
const otherAlbumPoints = -0.4;

/** Whether the upload is from the track's album. Editions of one album are the same. */
export function albumTerm(profile: TrackProfile, candidate: Candidate, reading: Reading): Term {
  if (profile.album === undefined) return nothing;
  if (candidate.album === undefined || candidate.album === '') {
    return reading.albumNamed ? { points: namedInTitlePoints, reason: 'names the album' } : nothing;
  }
  const album = albumName(candidate.album);
  return album.joined === profile.album.joined
    ? { points: sameAlbumPoints, reason: 'same album' }
    : { points: otherAlbumPoints, reason: `from another album, "${candidate.album}"` };
}
