import type { Ear } from '../ear/ear.ts';
import { createProofs } from '../library/enrich/from-ear.ts';
import { measureSongs } from '../library/measure-songs.ts';
import type { LibrarySong } from '../library/songs.ts';
import type { Store } from '../history/store.ts';
import type { Heard } from '../tracks/heard.ts';
import type { Track } from '../tracks/track.ts';
import { enrichLibrary, type EnrichEnd, type EnrichParts } from './enrich-library.ts';
import { redoableFile } from './review.ts';

export interface HearLibraryParts extends Omit<EnrichParts, 'coverTemplate'> {
  readonly ear: Ear;
  /** One that makes fingerprints. */
  readonly ffmpegPath: string;
  readonly cores: number;
}

export interface HearOptions {
  /** What people know the run by. */
  readonly title: string;
  readonly signal: AbortSignal;
  readonly isMeant: (song: LibrarySong) => boolean;
  /** Told of each song. */
  readonly onHeard: (song: LibrarySong, heard: Heard) => void;
}

/** An interrupt costs what was heard and isn't written yet. */
const songsAtOnce = 8;

/**
 * Compares songs with references, and writes what that came to into their files, as a run that can be undone. Each few songs
 * are written before the next are heard, and what was heard once isn't heard again, so an interrupted run goes on where it
 * stopped.
 * @param all every song of the library
 * @throws HarmoniError library-busy; output-not-writable, disk-full
 */
export async function hearLibrary(
  parts: HearLibraryParts,
  all: readonly LibrarySong[],
  { title, signal, isMeant, onHeard }: HearOptions,
): Promise<EnrichEnd> {
  const { store, ear, cores, ffmpegPath } = parts;
  const proofs = createProofs({
    ...{ store, ear, cores, isMeant, onHeard },
    trackOf: (song) => trackToHear(store.jobs, song),
    async measure(songs, measuring) {
      const files = songs.map(({ file }) => file);
      await measureSongs(files, { store, ffmpegPath, hasFingerprint: true, cores: 1, signal: measuring });
      measuring.throwIfAborted();
    },
  });
  return enrichLibrary(parts, all, isMeant, {
    ...{ title, signal, songsAtOnce, kind: 'hear' },
    enrichers: [proofs],
    isByAlbum: false,
    onProgress: () => undefined,
    // Who asks for it wants it.
    mayWrite: () => Promise.resolve(true),
  });
}

/** What a file is meant to be: the track of its list, and else what its tags say. */
async function trackToHear(
  jobs: Pick<Store['jobs'], 'tracksTitled'>,
  { file, facts }: LibrarySong,
): Promise<Track> {
  const { track } = await redoableFile(jobs, file);
  const durationMs = track.durationMs ?? file.trackMs;
  const isrc = track.isrc ?? facts.isrcs[0];
  return {
    ...track,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(isrc === undefined ? {} : { isrc }),
  };
}
