import type { Cover } from '../../enrich/enricher.ts';
import type { HarmoniError } from '../../errors.ts';
import type { EnrichKind } from '../../tracks/enrich-kind.ts';
import type { FactChange } from '../../tracks/fact-change.ts';
import type { LibrarySong } from '../songs.ts';
import type { Properties } from './merge-tags.ts';

/** A song whose file may get more tags. */
export interface SongWithTags {
  readonly song: LibrarySong;
  readonly present: Properties;
}

/** What was found for one. */
export interface FoundForSong {
  /** Of its file. */
  readonly path: string;
  readonly changes: readonly FactChange[];
  readonly cover?: { readonly source: string; readonly picture: Cover } | undefined;
  /** What an .lrc file beside it is to say. */
  readonly lrc?: string | undefined;
}

/** Finds what songs of the library lack. Writes nothing. */
export interface LibraryEnricher {
  readonly kind: EnrichKind;
  /** What it adds and where from, as the end of a sentence. */
  readonly adds: string;
  /** Whether a song may lack it, by what the index says. */
  mayLack(song: LibrarySong): boolean;
  /**
   * Looks for what songs lack, whole albums at a time. Returns why it had to end early; what it told is right all the same.
   * @throws the signal's reason
   */
  find(
    songs: readonly SongWithTags[],
    signal: AbortSignal,
    onFound: (found: FoundForSong) => void,
  ): Promise<HarmoniError | undefined>;
}
