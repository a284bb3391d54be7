import type { Config } from '../config/schema.ts';
import type { Http } from '../system/http.ts';
import type { AlbumSong } from '../tracks/album-song.ts';
import type { Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';

/** What enrichers may need from outside. */
export interface EnricherParts {
  readonly http: Http;
  /** The addresses of the services that are set; see cover.ts. */
  readonly services?: readonly string[];
  /** Where songs are found; see provider.ts. */
  readonly providers?: readonly {
    readonly name: string;
    readonly readAlbum?: (albumId: string, signal: AbortSignal) => Promise<readonly AlbumSong[]>;
  }[];
}

/** A JPEG or PNG picture. */
export interface Cover {
  readonly mimeType: 'image/jpeg' | 'image/png';
  readonly data: Uint8Array;
}

/** Where a song stands in its album. */
export type AlbumPosition = Pick<Track, 'trackNumber' | 'trackTotal'>;

/** What is added to a file beside the tags of its track. */
export interface Additions {
  readonly cover?: Cover;
  readonly position?: AlbumPosition;
  /** By TagLib's names of properties; the track's own win over them. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
}

/** The song that is enriched. */
export interface Song {
  readonly track: Track;
  /** What it was downloaded from. */
  readonly media: Media;
  /** The album that its provider has it in, and what `readAlbum` knows that by. */
  readonly album: { readonly id: string; readonly title: string } | undefined;
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
