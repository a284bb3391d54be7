import type { Media } from '../tracks/media.ts';

/**
 * What kind of upload a search result is, the first three as YouTube Music calls them:
 * song = the recording itself ("Art Track", ATV) · official-video = the label's video (OMV) ·
 * user-video = anybody's upload (UGC) · video = plain YouTube, kind not known · audio = anybody's sound, without pictures.
 */
export type UploadKind = 'song' | 'official-video' | 'user-video' | 'video' | 'audio';

/** One search result. What it is and its title are always known, everything else may be missing. */
export interface Candidate {
  readonly media: Media;
  /** Its page, which yt-dlp reads as well. */
  readonly url: string;
  readonly title: string;
  readonly kind: UploadKind;
  readonly artists: readonly string[];
  readonly channel?: string;
  readonly channelVerified?: boolean;
  readonly album?: string;
  /** What the provider's `readAlbum` knows the album by. */
  readonly albumId?: string;
  readonly durationMs?: number;
  readonly explicit?: boolean;
  readonly viewCount?: number;
  /** The provider's title, where people should be told: "SoundCloud". */
  readonly place?: string;
  /** Square cover art, where the service has it. */
  readonly coverUrl?: string;
}
