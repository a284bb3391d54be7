import type { Track } from '../tracks/track.ts';
import { chosenOf, madeOf, type Work } from './work.ts';

/** The track with what the source did not know and the upload does. Pure. */
export function completedTrack(work: Work): Track {
  const { track } = work;
  const { candidate } = chosenOf(work);
  const artists = track.artists.length > 0 ? track.artists : artistsOfUpload(work);
  const album = track.album ?? (candidate.kind === 'song' ? candidate.album : undefined);
  const coverUrl = track.coverUrl ?? candidate.coverUrl;
  return {
    ...track,
    artists,
    artist: artists.join(', '),
    ...(album === undefined ? {} : { album }),
    ...(coverUrl === undefined ? {} : { coverUrl }),
  };
}

function artistsOfUpload(work: Work): readonly string[] {
  const { candidate } = chosenOf(work);
  if (candidate.artists.length > 0) return candidate.artists;
  const channel = madeOf(work, 'downloaded').channel ?? candidate.channel;
  return channel === undefined ? [] : [channel.replace(/ - Topic$/, '')];
}
