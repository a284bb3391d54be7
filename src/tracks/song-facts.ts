import type { Heard } from './heard.ts';

/** What the tags of a file say of its song. Where a file has no tags, only what is in its sound and its name. */
export interface SongFacts {
  readonly title?: string;
  /** As shown. */
  readonly artist?: string;
  /** Each of them; [] where there is none. */
  readonly artists: readonly string[];
  readonly albumArtist?: string;
  readonly album?: string;
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly date?: string;
  readonly originalDate?: string;
  readonly trackNumber?: number;
  readonly trackTotal?: number;
  readonly discNumber?: number;
  readonly discTotal?: number;
  readonly genres: readonly string[];
  readonly label?: string;
  readonly composers?: readonly string[];
  /** Upper case, without hyphens. */
  readonly isrcs: readonly string[];
  readonly spotifyUri?: string;
  /** MusicBrainz's ids of the recording and of the release. */
  readonly recordingId?: string;
  readonly releaseId?: string;
  readonly isExplicit?: boolean;
  readonly isCompilation?: boolean;
  readonly hasCover: boolean;
  /** What HARMONI heard when it compared the song with a reference. */
  readonly heard?: Heard;
  /** What of them is in the file. */
  readonly lyrics?: 'synced' | 'plain';
  readonly trackGainDb?: number;
  readonly albumGainDb?: number;
  /** As music-metadata calls it: "Opus", "MPEG 1 Layer 3", "MPEG-4/AAC" ... */
  readonly codec?: string;
  readonly isLossless?: boolean;
}

/** "1997", of the first release where it is known; undefined where the file says none. Pure. */
export function yearOf({ originalDate, date }: Pick<SongFacts, 'originalDate' | 'date'>): number | undefined {
  const year = /^\d{4}/.exec(originalDate ?? date ?? '')?.[0];
  return year === undefined ? undefined : Number(year);
}
