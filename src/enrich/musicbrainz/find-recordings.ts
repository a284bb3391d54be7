import { joinedByGroup, type Album } from './albums.ts';
import type { Recording } from './answers.ts';
import type { MusicBrainz } from './client.ts';
import { pickRecording } from './pick-recording.ts';
import { textSearch } from './questions.ts';
import type { SoughtSong } from './song.ts';

/** The recording that a song is, and how that is known. */
export interface FoundRecording {
  readonly recording: Recording;
  readonly by: 'id' | 'isrc' | 'text';
}

export interface KnownRecordings {
  of(song: SoughtSong): FoundRecording | undefined;
  /** MusicBrainz' ids of before, and what they are today. */
  readonly merged: Map<string, string>;
  /** The albums with what is known now; see `joinedByGroup`. */
  albums(albums: readonly Album[]): readonly Album[];
}

/**
 * Finds each song: by the id in its tags, by its ISRCs, else by its names. @throws what `AskService` throws
 * @param onLooked told after each song
 */
export async function findRecordings(
  musicBrainz: MusicBrainz,
  songs: readonly SoughtSong[],
  signal: AbortSignal,
  onLooked: () => void,
): Promise<KnownRecordings> {
  const isrcs = songs.flatMap((song) => song.isrcs);
  const byIsrc = await musicBrainz.byIsrc(isrcs, signal);
  const merged = new Map<string, string>();
  const found = new Map<SoughtSong, FoundRecording>();
  for (const song of songs) {
    const hits = song.isrcs.flatMap((isrc) => byIsrc.get(isrc) ?? []);
    const one =
      (await findById(musicBrainz, song, hits, merged, signal)) ??
      foundBy(pickRecording(song, hits, 'isrc'), 'isrc') ??
      (await findByText(musicBrainz, song, signal));
    if (one !== undefined) found.set(song, one);
    onLooked();
  }
  const of = (song: SoughtSong): FoundRecording | undefined => found.get(song);
  return { of, merged, albums: (albums) => joinedByGroup(albums, (song) => of(song)?.recording) };
}

function foundBy(recording: Recording | undefined, by: FoundRecording['by']): FoundRecording | undefined {
  return recording === undefined ? undefined : { recording, by };
}

/** Whoever wrote the id has chosen the recording. */
async function findById(
  musicBrainz: MusicBrainz,
  { recordingId }: SoughtSong,
  hits: readonly Recording[],
  merged: Map<string, string>,
  signal: AbortSignal,
): Promise<FoundRecording | undefined> {
  if (recordingId === undefined) return undefined;
  const recording =
    hits.find(({ id }) => id === recordingId) ?? (await musicBrainz.recording(recordingId, signal));
  if (recording !== undefined && recording.id !== recordingId) merged.set(recordingId, recording.id);
  return foundBy(recording, 'id');
}

async function findByText(
  musicBrainz: MusicBrainz,
  song: SoughtSong,
  signal: AbortSignal,
): Promise<FoundRecording | undefined> {
  const path = textSearch(song);
  if (path === undefined) return undefined;
  return foundBy(pickRecording(song, await musicBrainz.search(path, signal), 'text'), 'text');
}
