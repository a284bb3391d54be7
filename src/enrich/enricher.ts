import type { Config } from '../config/schema.ts';
import type { Http } from '../system/http.ts';
import type { Track } from '../tracks/track.ts';

/** What enrichers may need from outside. */
export interface EnricherParts {
  readonly http: Http;
  /** The addresses of the services that are set; see cover.ts. */
  readonly services?: readonly string[];
}

/** A JPEG or PNG picture. */
export interface Cover {
  readonly mimeType: 'image/jpeg' | 'image/png';
  readonly data: Uint8Array;
}

/** What is added to a file beside the tags of its track. */
export interface Additions {
  readonly cover?: Cover;
  /** By TagLib's names of properties; the track's own win over them. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
}

/** The song that is enriched. */
export interface Song {
  readonly track: Track;
  /** Addresses of its front cover, the best first. */
  readonly coverUrls: readonly string[];
  /** Its file, whole and without tags. Read only. */
  readonly path: string;
  readonly durationMs: number;
}

/** Finds something that belongs in the file of a song: the cover, the words ... */
export interface Enricher {
  readonly name: string;
  /** `template` is the setting metadata_template. */
  isWanted(template: Config['metadata_template']): boolean;
  /** What it found; {} where there is nothing. Whatever it throws but the signal's reason is no failure of the song. */
  find(song: Song, signal: AbortSignal): Promise<Additions>;
}
