import type { Candidate } from '../matching/candidate.ts';
import type { AlbumSong } from '../tracks/album-song.ts';
import type { Music } from '../tracks/upload.ts';

/**
 * What a provider can be searched for, from the most to the least exact: an ISRC, "artist title" among songs, the same
 * among music videos, the same among everything it has.
 */
export type SearchKind = 'isrc' | 'songs' | 'videos' | 'plain';

/**
 * A place that sound comes from. All are downloaded by yt-dlp, which is given the `url`. To add one: write one file that
 * makes a Provider, and put it into the list in providers.ts.
 */
export interface Provider {
  /** Lower-case letters and digits, for ever: it stands in config.json, in the store and in tags. "youtube" */
  readonly name: string;
  /** For people: "YouTube", and what one piece of sound is called there: "video". */
  readonly title: string;
  readonly noun: string;
  /** The searches it has, in the order in which they are asked. */
  readonly searches: readonly SearchKind[];
  /** Set where the setting downloads_per_hour counts its downloads, because it turns busy addresses away. */
  readonly isPaced?: boolean;
  /**
   * One search, best first, as the service ranks them.
   * @throws HarmoniError in the words of this provider
   */
  readonly search: (kind: SearchKind, query: string, signal: AbortSignal) => Promise<readonly Candidate[]>;
  /**
   * The songs of an album that a candidate names with its `albumId`, in the album's order. Absent where there are none.
   * @throws HarmoniError in the words of this provider
   */
  readonly readAlbum?: (albumId: string, signal: AbortSignal) => Promise<readonly AlbumSong[]>;
  /** The page of one video or upload, which people open and yt-dlp downloads. Pure. */
  url(id: string): string;
  /** The id in a link to one video or upload; undefined for every other text. Pure. */
  idOf(link: string): string | undefined;
  /** Whether a text is a link of this provider's, also one that it cannot read. Pure. */
  knows(link: string): boolean;
  /**
   * What a link that it knows leads to: one video or upload, or the entries of a playlist in their order.
   * @throws HarmoniError source-not-understood for a link of another kind, and yt-dlp's failure in our words
   */
  readList(link: string, signal: AbortSignal): Promise<MediaList>;
}

/** What is behind a link. */
export interface MediaList {
  /** The playlist's name, or the title of the one video or upload. */
  readonly name: string;
  /** What playlist this is for ever, "youtube:playlist:ID"; absent for a single video or upload. */
  readonly origin?: string;
  readonly entries: readonly MediaEntry[];
}

export interface MediaEntry {
  readonly id: string;
  /** Empty where the provider says nothing about it: probably private or deleted. */
  readonly title: string;
  /** Who uploaded it. */
  readonly channel?: string;
  readonly durationMs?: number;
  readonly music?: Music;
}
