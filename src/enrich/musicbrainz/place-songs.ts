import { artistsAgree, lengthsAgree, titlesAgree, versionsAgree } from './agreement.ts';
import { parseRecording, tracksOf, type Recording, type Release } from './answers.ts';
import type { SoughtSong } from './song.ts';

/** Where a song stands on a release. */
export interface Place {
  /** The id of the track on this release. */
  readonly trackId: string;
  readonly recording: Recording;
  readonly position: number | undefined;
  readonly discNumber: number;
  readonly discTotal: number;
  readonly trackTotal: number;
  readonly format: string | undefined;
}

/** All tracks of a release, in order. */
export function placesOn(release: Release): readonly Place[] {
  return release.media.flatMap((medium, index) => {
    const tracks = tracksOf(medium);
    return tracks.flatMap((track): Place[] => {
      const recording = parseRecording(track.recording);
      if (recording === undefined) return [];
      return [
        {
          trackId: track.id,
          recording: { ...recording, length: recording.length ?? track.length },
          position: track.position,
          discNumber: medium.position ?? index + 1,
          discTotal: release.media.length,
          trackTotal: medium['track-count'] ?? tracks.length,
          format: medium.format,
        },
      ];
    });
  });
}

/**
 * Which track of a release a song is: by its recording, else by title and length, as the number or the artist confirms.
 * Pure.
 */
export function placeOf(
  song: SoughtSong,
  recordingId: string | undefined,
  places: readonly Place[],
): Place | undefined {
  const known = places.filter(({ recording }) => recording.id === recordingId);
  if (known.length > 0) return known.find((place) => hasNumber(song, place)) ?? known[0];
  const alike = places.filter(
    ({ recording }) =>
      titlesAgree(song.title, recording.title) && lengthsAgree(song.durationMs, recording.length) === true,
  );
  return (
    // The titles of a live album don't say so there: the number says more than the words.
    alike.find((place) => hasNumber(song, place)) ??
    alike.find(
      ({ recording }) =>
        versionsAgree(song.title, recording.title) && artistsAgree(song.artists, recording['artist-credit']),
    )
  );
}

function hasNumber({ trackNumber, discNumber = 1 }: SoughtSong, place: Place): boolean {
  return trackNumber !== undefined && trackNumber === place.position && discNumber === place.discNumber;
}
