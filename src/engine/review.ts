import { standingOf } from '../downloads/presence.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { IndexedFile } from '../history/file-index.ts';
import type { Store } from '../history/store.ts';
import { trackOfFile } from '../library/read-track.ts';
import { spotifyUriOf } from '../matching/overrides-csv.ts';
import { failedLast, isWaiting, type ReviewCandidate } from '../matching/review-list.ts';
import { isBelow } from '../system/files.ts';
import {
  createTrackMap,
  dropDoubles,
  fileNameKeys,
  nameKey,
  sameTrack,
  trackKeys,
} from '../tracks/identity.ts';
import { songName } from '../tracks/song-name.ts';
import type { Media } from '../tracks/media.ts';
import type { FailedUpload } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import type { Match, MatchTrack } from '../matching/match.ts';
import type { Chosen } from './choice.ts';

const asItIs = { replace: false, reformat: false, format: 'best' } as const;

/** The songs that wait for a decision, oldest first; each once, whatever lists it is missing in. */
export function waitingTracks({
  failures,
  overrides,
  files,
}: Pick<Store, 'failures' | 'overrides' | 'files'>): readonly FailedTrack[] {
  const seen = createTrackMap<true>();
  return failures.all().filter((failed) => {
    const { track } = failed;
    const decided = overrides.find(track);
    if (seen.get(track) === true || !isWaiting(failed, decided)) return false;
    seen.set(track, true);
    // Another list has it since: what is left to do here is to put it into this one.
    return !files.find(track).some((file) => standingOf(file, decided, asItIs) === 'right');
  });
}

/** What a new try may help: what failed, without what waits for a decision; and how many songs that is. */
export function retriable(store: Parameters<typeof waitingTracks>[0]): {
  readonly failed: readonly FailedTrack[];
  readonly songs: number;
} {
  const waits = createTrackMap<true>();
  for (const { track } of waitingTracks(store)) waits.set(track, true);
  const failed = store.failures.all().filter(({ track }) => waits.get(track) !== true);
  return { failed, songs: dropDoubles(failed.map(({ track }) => track)).length };
}

/**
 * The candidates of a track, best first, from the searches that are remembered where they are; last those that could not
 * be had.
 * @throws HarmoniError as the search does
 */
export async function candidatesFor(
  matchTrack: MatchTrack,
  { track, uploads }: { readonly track: Track; readonly uploads: readonly FailedUpload[] },
  signal: AbortSignal,
): Promise<readonly ReviewCandidate[]> {
  return failedLast(candidatesOf(await matchTrack(withoutMedia(track), signal)), uploads);
}

/** What is searched for, whatever the source or the user said before. */
function withoutMedia(track: Track): Track {
  const { media, ...rest } = track;
  return media === undefined ? track : rest;
}

function candidatesOf({ pick, confidence, reasons, doubts, runnersUp }: Match): readonly ReviewCandidate[] {
  return pick === null ? runnersUp : [{ candidate: pick, confidence, reasons, doubts }, ...runnersUp];
}

/**
 * Remembers which video or upload a track is. Returns what takes it back: then all is as it was before.
 * @param media null: none of them, so that it waits no more
 */
export function decideTrack(
  store: Pick<Store, 'failures' | 'overrides' | 'together'>,
  track: Track,
  media: Media | null,
): () => void {
  const { failures, overrides } = store;
  const before = overrides.find(track);
  const waiting = media === null ? failures.of(track) : [];
  store.together(() => {
    overrides.set(track, media);
    if (media === null) failures.remove(track);
  });
  return () => {
    store.together(() => {
      overrides.remove(track);
      if (before !== undefined) overrides.set(before.track, before.media);
      for (const failed of waiting) failures.add(trackKeys(failed.track)[0] ?? '', failed);
    });
  };
}

/** A song that may be the wrong recording. */
export interface Redoable {
  readonly track: Track;
  /** What the library has now, where its file says so. */
  readonly media?: Media | undefined;
  /** Set where the song is not in the library and waits for a decision. */
  readonly waiting?: FailedTrack | undefined;
}

/** The song of the library that somebody names, else one that waits; undefined when there is none. */
export async function findRedoable(
  { files, failures, jobs }: Pick<Store, 'files' | 'failures' | 'jobs'>,
  outputDir: string,
  text: string,
): Promise<Redoable | undefined> {
  const keys = keysOfText(text);
  const file = files.findByKeys(keys).find(({ path }) => isBelow(path, outputDir));
  if (file !== undefined) return redoableFile(jobs, file);
  const waiting = failures.all().find(({ track }) => trackKeys(track).some((key) => keys.includes(key)));
  return waiting === undefined ? undefined : { track: waiting.track, waiting };
}

/** What the list knew of the track that a file is, and else what its tags say. */
export async function redoableFile(
  jobs: Pick<Store['jobs'], 'tracksTitled'>,
  { path, media }: Pick<IndexedFile, 'path' | 'media'>,
): Promise<Redoable> {
  const tagged = await trackOfFile(path);
  const track = jobs.tracksTitled(tagged.track).find((known) => sameTrack(known, tagged)) ?? tagged;
  return { track, media };
}

/** The keys of a track that somebody names: a Spotify link or URI, or "artist - title". Pure. */
export function keysOfText(text: string): readonly string[] {
  const uri = spotifyUriOf(text);
  return uri === undefined ? [...fileNameKeys(text), nameKey('', text)] : [`uri:${uri}`];
}

/** Songs of the library that are fetched anew, each into the place of what is there. Pure. */
export function chooseRedone(tracks: readonly Track[]): Chosen {
  const [first, ...others] = tracks;
  const name =
    first === undefined || others.length > 0 ? 'Other matches' : songName(first.artist, first.track);
  return { list: { name, tracks, skipped: [], folder: 'library' }, chosen: tracks.map(() => true) };
}
