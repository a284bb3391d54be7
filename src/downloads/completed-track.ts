import { isNamedByLink } from '../tracks/link-name.ts';
import type { Track } from '../tracks/track.ts';
import { albumOfUpload, isNamedByUpload, namesOfUpload, type Music } from '../tracks/upload.ts';
import { chosenOf, madeOf, type Work } from './work.ts';

/** The track with what the source did not know and the upload does. Pure. */
export function completedTrack(work: Work): Track {
  const track = trackOfUpload(work);
  const { candidate } = chosenOf(work);
  const artists = track.artists.length > 0 ? track.artists : artistsOfUpload(work);
  const album = track.album ?? (candidate.kind === 'song' ? candidate.album : undefined);
  const coverUrl = track.coverUrl ?? candidate.coverUrl;
  const known = {
    ...track,
    artists,
    artist: artists.join(', '),
    ...(album === undefined ? {} : { album }),
    ...(coverUrl === undefined ? {} : { coverUrl }),
    ...(track.trackNumber === undefined ? work.made.additions?.position : {}),
  };
  return { ...known, ...albumOfUpload(known, musicOf(work)) };
}

function artistsOfUpload(work: Work): readonly string[] {
  const { candidate } = chosenOf(work);
  if (candidate.artists.length > 0) return candidate.artists;
  const channel = madeOf(work, 'downloaded').channel ?? candidate.channel;
  return channel === undefined ? [] : [channel.replace(/ - Topic$/, '')];
}

/**
 * A link says no names, and a playlist of links only titles: where the service knows the song, it tells with the download.
 */
function trackOfUpload(work: Work): Track {
  const { track, made } = work;
  const { title = '', channel } = made.downloaded ?? {};
  const music = musicOf(work);
  if (title.trim() === '' || track.media === undefined || !isNamedByUpload(track)) return track;
  if (music === undefined && !isNamedByLink(track)) return track;
  const names = namesOfUpload(track.media.provider, { title, channel, music });
  return { ...track, ...names, extra: { ...track.extra, ...names.extra } };
}

/** What YouTube has from labels. On SoundCloud it's the uploader's title once more. */
function musicOf(work: Work): Music | undefined {
  const { provider } = chosenOf(work).candidate.media;
  return provider === 'youtube' ? work.made.downloaded?.music : undefined;
}

const mostPictures = 4;

/**
 * Where the cover is, the best first. A song that came as a link is the upload itself, so its picture will do; YouTube
 * names sizes that not every video has. Pure.
 */
export function coverUrlsOf({ track, made }: Work, { coverUrl }: Pick<Track, 'coverUrl'>): readonly string[] {
  if (coverUrl !== undefined) return [coverUrl];
  if (!isNamedByUpload(track)) return [];
  const pictures = made.downloaded?.pictures ?? [];
  // What players show, and every format holds: no WebP.
  return pictures
    .filter((url) => /\.(?:jpe?g|png)(?:\?|$)/i.test(url))
    .toReversed()
    .slice(0, mostPictures);
}
