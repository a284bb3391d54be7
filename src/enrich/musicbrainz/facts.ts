import type { HarmoniError } from '../../errors.ts';
import type { FactChange } from '../../tracks/fact-change.ts';
import type { CoverArtArchive } from '../cover-art-archive.ts';
import type { Cover } from '../enricher.ts';
import type { MusicBrainz } from './client.ts';
import type { SongWithTags } from './song.ts';

/** What belongs in the file of a song. */
export interface SongFactsFound {
  readonly key: string;
  readonly recordingId: string;
  /** Of the album that all songs of it share. */
  readonly releaseId: string | undefined;
  /** How the recording was found: by an id in the tags, its ISRC, its names, or its place on the album. */
  readonly foundBy: 'id' | 'isrc' | 'text' | 'album';
  /** The tags to write, and only those: by TagLib's names of properties. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
  /** The same, with what was there and where each comes from. Empty where the file has everything. */
  readonly changes: readonly FactChange[];
  /** For a file without a picture. */
  readonly cover: Cover | undefined;
}

export interface FactsProgress {
  readonly done: number;
  readonly total: number;
  /** Songs of which something is known now. */
  readonly found: number;
}

export interface FactsOptions {
  readonly onProgress?: (progress: FactsProgress) => void;
  /** Told as soon as a song's facts are final: an album at a time. */
  readonly onFound?: (found: SongFactsFound) => void;
}

export interface FactsResult {
  /** By key. A song that MusicBrainz doesn't know for sure isn't there. */
  readonly found: ReadonlyMap<string, SongFactsFound>;
  /** Why it ended before all songs were looked up; what's found is right all the same. */
  readonly stopped: HarmoniError | undefined;
}

export interface FactsParts {
  readonly musicBrainz: MusicBrainz;
  /** Without it, no covers are looked for. */
  readonly covers?: CoverArtArchive | undefined;
}

/** Finds songs at MusicBrainz, and what their tags lack. Writes nothing. */
export interface FactFinder {
  /**
   * All songs of an album that the library has should come together, also those that have their facts: an album is one
   * for players only if its songs name the same release. Takes about a second for 20 songs, and one for each album; what
   * was asked before costs nothing. @throws the signal's reason
   */
  factsFor(songs: readonly SongWithTags[], signal: AbortSignal, options?: FactsOptions): Promise<FactsResult>;
}
