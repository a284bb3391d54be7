import type { LyricsPlaces } from '../config/enrich-settings.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
import type { AlbumSong } from '../tracks/album-song.ts';
import type { Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';
import type { ServiceMemory } from './service.ts';

/** What enrichers may need from outside. */
export interface EnricherParts {
  readonly http: Http;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep' | 'now'>;
  readonly random: () => number;
  readonly config: Pick<Config, 'lyrics_url'>;
  readonly settings: EnrichSettings;
  readonly store: { readonly services: ServiceMemory };
  /** The addresses of the services that are set; see cover.ts. */
  readonly services?: readonly string[];
  /** Where songs are found; see provider.ts. */
  readonly providers?: readonly {
    readonly name: string;
    readonly readAlbum?: (albumId: string, signal: AbortSignal) => Promise<readonly AlbumSong[]>;
  }[];
}

/** The settings that say what is wanted. */
export interface EnrichSettings {
  readonly metadataTemplate: Config['metadata_template'];
  /** Whether files get tags at all. */
  readonly embedMetadata: boolean;
  readonly lyrics: LyricsPlaces;
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
  /** What the .lrc file beside it says. */
  readonly lrc?: string;
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
  isWanted(settings: EnrichSettings): boolean;
  /** The song is about to be downloaded: what takes long to find may be looked for now. */
  prepare?(song: { readonly track: Track; readonly durationMs: number | undefined }): void;
  /** What it found; {} where there is nothing. Whatever it throws but the signal's reason is no failure of the song. */
  find(song: Song, signal: AbortSignal): Promise<Additions>;
  /** No song comes anymore. */
  end?(): void;
}
