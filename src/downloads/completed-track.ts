import { isNamedByLink } from '../tracks/link-name.ts';
import type { Track } from '../tracks/track.ts';
import { songOfUpload } from '../tracks/upload-title.ts';
import { chosenOf, madeOf, type Work } from './work.ts';

/** The track with what the source did not know and the upload does. Pure. */
export function completedTrack(work: Work): Track {
  const track = isNamedByLink(work.track) ? trackOfUpload(work) : work.track;
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

/** A list of links knows no titles: the upload has one, with the same facts as where a link is read by itself. */
function trackOfUpload({ track, made }: Work): Track {
  const { title, channel } = made.downloaded ?? {};
  if (title === undefined || title.trim() === '' || track.media === undefined) return track;
  const song = songOfUpload(title, channel);
  const tag = track.media.provider.toUpperCase();
  return {
    ...track,
    artists: song.artists,
    track: song.track,
    extra: {
      ...track.extra,
      [`${tag}_TITLE`]: title,
      ...(channel === undefined ? {} : { [`${tag}_CHANNEL`]: channel }),
    },
  };
}
