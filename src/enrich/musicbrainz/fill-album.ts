import type { FactChange } from '../../tracks/fact-change.ts';
import type { Album } from './albums.ts';
import type { Release } from './answers.ts';
import { changesFor } from './changes.ts';
import { factsOfRecording, factsOfRelease, type Facts } from './facts-of.ts';
import type { FactsParts, SongFactsFound } from './facts.ts';
import type { KnownRecordings } from './find-recordings.ts';
import { pickRelease } from './pick-release.ts';
import { placeOf, placesOn, type Place } from './place-songs.ts';
import type { SoughtSong } from './song.ts';

/** A release with the place of every song of the album on it. */
interface AlbumRelease {
  readonly release: Release;
  readonly places: ReadonlyMap<SoughtSong, Place>;
}

/** What the songs of one album lack. One request for an album whose release is sure, else one for each song. */
export async function fillAlbum(
  parts: FactsParts,
  album: Album,
  known: KnownRecordings,
  signal: AbortSignal,
): Promise<readonly SongFactsFound[]> {
  const whole = await releaseOf(parts, album, known, signal);
  const filled: SongFactsFound[] = [];
  for (const song of album) {
    const place = whole?.places.get(song);
    const facts = await factsOf(parts, song, whole?.release, place, known, signal);
    if (facts === undefined) continue;
    const changes = changesFor(song.properties, facts.facts, known.merged);
    const { release } = whole ?? {};
    filled.push({
      key: song.key,
      recordingId: facts.recordingId,
      releaseId: release?.id,
      foundBy: known.of(song)?.by ?? 'album',
      properties: propertiesOf(changes),
      changes,
      cover:
        song.hasCover === false && release !== undefined
          ? await parts.covers?.front(
              { releaseId: release.id, groupId: release['release-group']?.id },
              signal,
            )
          : undefined,
    });
  }
  return filled;
}

function propertiesOf(changes: readonly FactChange[]): SongFactsFound['properties'] {
  return Object.fromEntries(changes.map(({ field, after }) => [field, after]));
}

/**
 * The release of the album: the one that its files name, else the best for the recordings. Only where every song is on
 * it: players would show the others as an album of their own.
 */
async function releaseOf(
  { musicBrainz }: FactsParts,
  album: Album,
  known: KnownRecordings,
  signal: AbortSignal,
): Promise<AlbumRelease | undefined> {
  const named = new Set(album.map(({ releaseId }) => releaseId).filter((id) => id !== undefined));
  if (named.size > 1) return undefined;
  const found = album.flatMap((song) => {
    const one = known.of(song);
    return one === undefined ? [] : [{ song, recording: one.recording }];
  });
  const [asked = pickRelease(found)?.id] = named;
  const release = asked === undefined ? undefined : await musicBrainz.release(asked, signal);
  if (asked === undefined || release === undefined) return undefined;
  if (release.id !== asked) known.merged.set(asked, release.id);
  const all = placesOn(release);
  const places = new Map<SoughtSong, Place>();
  for (const song of album) {
    const place = placeOf(song, known.of(song)?.recording.id, all);
    if (place === undefined) return undefined;
    places.set(song, place);
  }
  return { release, places };
}

async function factsOf(
  { musicBrainz }: FactsParts,
  song: SoughtSong,
  release: Release | undefined,
  place: Place | undefined,
  known: KnownRecordings,
  signal: AbortSignal,
): Promise<{ readonly facts: Facts; readonly recordingId: string } | undefined> {
  if (release !== undefined && place !== undefined) {
    const { recording } = place;
    const facts = new Map([...factsOfRelease(release, place), ...factsOfRecording(recording, release)]);
    return { facts, recordingId: recording.id };
  }
  const found = known.of(song)?.recording;
  if (found === undefined) return undefined;
  // What a search finds has no credits.
  const recording = (await musicBrainz.recording(found.id, signal)) ?? found;
  if (recording.id !== found.id) known.merged.set(found.id, recording.id);
  return { facts: factsOfRecording(recording), recordingId: recording.id };
}
