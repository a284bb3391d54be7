import { foldName } from '../../tracks/fold.ts';
import {
  albumTitleKey,
  artistsAgree,
  isLive,
  lengthsAgree,
  titlesAgree,
  versionsAgree,
} from './agreement.ts';
import { tracksOf, type Recording } from './answers.ts';
import { lengthToleranceMs } from './questions.ts';
import type { SoughtSong } from './song.ts';

/**
 * Which of the recordings that MusicBrainz found is the song. An ISRC may be wrong, and several recordings may have it;
 * and MusicBrainz' own score only says which one of the hits is the best, so it is not looked at. Pure.
 * @param by how they were found
 */
export function pickRecording(
  song: SoughtSong,
  recordings: readonly Recording[],
  by: 'isrc' | 'text',
): Recording | undefined {
  const isSong = by === 'isrc' ? isSongByIsrc : isSongByText;
  const ranked = recordings
    .filter((recording) => isSong(song, recording))
    .map((recording) => ({ recording, points: pointsOf(song, recording) }))
    .sort((a, b) => b.points - a.points || (a.recording.id < b.recording.id ? -1 : 1));
  return ranked[0]?.recording;
}

function isSongByIsrc(song: SoughtSong, recording: Recording): boolean {
  const title = titlesAgree(song.title, recording.title);
  const artist = artistsAgree(song.artists, recording['artist-credit']);
  const length = lengthsAgree(song.durationMs, recording.length);
  return length === undefined ? title && artist : length && (title || artist);
}

function isSongByText(song: SoughtSong, recording: Recording): boolean {
  if (recording.video === true) return false;
  if (!titlesAgree(song.title, recording.title)) return false;
  if (!artistsAgree(song.artists, recording['artist-credit'])) return false;
  if (!versionsAgree(song.title, titleWithVersion(recording))) return false;
  const length = lengthsAgree(song.durationMs, recording.length);
  const isOnAlbum = albumsOf(song, recording).length > 0;
  return isLive(song.title) ? isOnAlbum && length !== false : (length ?? isOnAlbum);
}

/** MusicBrainz has "live, 1999: Berlin" beside the title. */
function titleWithVersion({ title, disambiguation }: Recording): string {
  return disambiguation === '' ? title : `${title} (${disambiguation})`;
}

function albumsOf({ album }: SoughtSong, { releases }: Recording): Recording['releases'] {
  if (album === undefined) return [];
  const key = albumTitleKey(album);
  return releases.filter(({ title }) => albumTitleKey(title) === key);
}

/** Mixes that no download is. */
const oddMix =
  /\b(?:atmos|surround|5\.1|360|binaural|quadraphonic|commentary|karaoke|instrumental|a cappella)\b/iu;

function pointsOf(song: SoughtSong, recording: Recording): number {
  const albums = albumsOf(song, recording);
  const isThere = albums.some(({ media }) =>
    media.flatMap(tracksOf).some(({ number }) => number === String(song.trackNumber)),
  );
  const apartMs = Math.abs((recording.length ?? 0) - (song.durationMs ?? 0));
  const isOdd = oddMix.test(titleWithVersion(recording)) && !oddMix.test(song.title);
  return (
    (albums.length > 0 ? 5 : 0) +
    (isThere ? 2 : 0) +
    (versionsAgree(song.title, titleWithVersion(recording)) ? 3 : 0) +
    (foldName(song.title) === foldName(recording.title) ? 2 : 0) +
    (artistsAgree(song.artists.slice(0, 1), recording['artist-credit'].slice(0, 1)) ? 2 : 0) +
    Math.max(0, 2 - (2 * apartMs) / lengthToleranceMs) +
    (recording.releases.some(({ status }) => status === 'Official') ? 1 : 0) -
    (isOdd ? 6 : 0) -
    (recording.video === true ? 6 : 0)
  );
}
