/** One page of a list as it was read; `entries` are JSON values, parsed again when they are used. */
export interface SavedPage {
  /** The position of its first row. */
  readonly offset: number;
  /** Where the next page begins. */
  readonly nextOffset: number;
  /** Rows of the whole list. */
  readonly total: number;
  readonly entries: readonly unknown[];
}

/**
 * Remembers the pages of lists, so that an unchanged playlist is not read again and an interrupted reading goes on.
 * Every page belongs to a `snapshotId`, Spotify's name for one state of a list.
 */
export interface PageCheckpoints {
  /** The saved page of that state which begins at `offset`. */
  load(key: string, snapshotId: string, offset: number): SavedPage | undefined;
  /** Pages of other states of the same list are forgotten. */
  save(key: string, snapshotId: string, page: SavedPage): void;
  drop(key: string): void;
}
