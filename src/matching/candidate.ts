/**
 * What kind of upload a search result is, as YouTube Music calls it:
 * song = the recording itself ("Art Track", ATV) · official-video = the label's video (OMV) ·
 * user-video = anybody's upload (UGC) · video = plain YouTube, kind not known.
 */
export type UploadKind = 'song' | 'official-video' | 'user-video' | 'video';

/** One search result. Every field may be missing but the id and the title. */
export interface Candidate {
  readonly videoId: string;
  readonly title: string;
  readonly kind: UploadKind;
  readonly artists: readonly string[];
  readonly channel?: string;
  readonly channelVerified?: boolean;
  readonly album?: string;
  readonly durationMs?: number;
  readonly explicit?: boolean;
  readonly viewCount?: number;
  /** Square cover art, where the service has it. */
  readonly coverUrl?: string;
}
