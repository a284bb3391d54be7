import type { TrackList } from '../tracks/track.ts';

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Told while a long list is read, in rows. `what` is in words: "the playlist". */
  readonly onProgress?: (progress: {
    readonly what: string;
    readonly done: number;
    readonly total: number;
  }) => void;
  /** Reads what a link in a file leads to. `readSource` adds it. @throws HarmoniError as `Source.read` */
  readonly readLink?: (link: string) => Promise<readonly TrackList[]>;
}

/**
 * One kind of input. To add a kind: write one file that makes a Source, and put it into the list in sources.ts;
 * the first that accepts an input reads it.
 */
export interface Source {
  /** What the input is, in words for people: "an Exportify CSV". */
  readonly kind: string;
  /** Set where it reads links, which files may hold, too. */
  readonly isLink?: boolean;
  /** Says quickly whether the input is of this kind, from its form or from what is on the disk. Never throws. */
  accepts(input: string): boolean | Promise<boolean>;
  /**
   * Reads the lists in the input's order; at least one has a track. Rows that cannot be used are in `skipped`;
   * row 0 stands for a whole file that could not be read beside others that could.
   * @throws HarmoniError source-not-found, source-not-understood, source-empty, source-too-large or source-broken,
   *   and what the service behind it throws
   */
  read(input: string, options: ReadOptions): Promise<readonly TrackList[]>;
}
