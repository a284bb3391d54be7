import type { Media } from './media.ts';

/** One song as the source knew it. No source drops a field that it read: what has no name here goes to `extra`. */
export interface Track {
  /** In the source's order. Empty only where nobody knows it (a bare title); the match then fills it in. */
  readonly artists: readonly string[];
  /** `artists` joined with ", ". */
  readonly artist: string;
  /** The title. */
  readonly track: string;
  readonly album?: string;
  readonly albumArtists?: readonly string[];
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly releaseDate?: string;
  readonly durationMs?: number;
  readonly trackNumber?: number;
  readonly trackTotal?: number;
  readonly discNumber?: number;
  readonly discTotal?: number;
  /** Upper case, without hyphens. */
  readonly isrc?: string;
  readonly explicit?: boolean;
  readonly genres?: readonly string[];
  readonly label?: string;
  readonly copyright?: string;
  /** Beats a minute. */
  readonly tempo?: number;
  /** Pitch class 0-11 as Spotify counts it (0 = C), -1 when not detected. */
  readonly key?: number;
  /** 1 major, 0 minor. */
  readonly mode?: number;
  /** 0..1 */
  readonly energy?: number;
  /** "spotify:track:ID" */
  readonly spotifyUri?: string;
  readonly coverUrl?: string;
  /** ISO 8601, when it was added to the playlist. */
  readonly addedAt?: string;
  /** Set where the source already names the video or upload: it is then downloaded without a search. */
  readonly media?: Media;
  /** Everything else the source had, by an upper-case tag name (DANCEABILITY, POPULARITY ...). */
  readonly extra?: Readonly<Record<string, string>>;
}

/** A row that could not become a Track, kept with the reason. `row` counts from 1, the header not included. */
export interface SkippedRow {
  readonly row: number;
  readonly reason: string;
  /** What the row seems to have been, for the report: "Artist - Title", a file name ... */
  readonly text?: string;
  /** Row 0 only: the exit code of what kept a whole input from being read, if it isn't 1. */
  readonly exitCode?: number;
}

/** A named, ordered list of tracks: a playlist, the liked songs, a file. */
export interface TrackList {
  readonly name: string;
  /**
   * What list this is for ever, whatever it is called: "spotify:playlist:ID", "spotify:album:ID", "spotify:liked",
   * "youtube:playlist:ID", "file:HASH". Absent for songs that were named one by one.
   */
  readonly origin?: string;
  /** The file that the list was read from, absolute. */
  readonly sourceFile?: string;
  /** What its source calls this state of it: Spotify's snapshot id. Absent where it has no such name. */
  readonly snapshot?: string;
  /** Set where some of its rows may be missing: it changed while it was being read, or its file is cut off. */
  readonly isPartial?: boolean;
  readonly tracks: readonly Track[];
  readonly skipped: readonly SkippedRow[];
  /**
   * Where its files go below the library folder: a folder of the list's name, or straight into the library
   * (single songs and links to one video).
   */
  readonly folder: 'own' | 'library';
}
