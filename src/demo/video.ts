/** The wrong videos that stand beside the right one in YouTube's results. */
export const decoyNames = [
  'music-video',
  'live',
  'album-mate',
  'cover',
  'karaoke',
  'sped-up',
  'remix',
  'acoustic',
  'instrumental',
  'ten-hours',
  'clean',
] as const;
export type DecoyName = (typeof decoyNames)[number];

/** One video of the stand-in. Who listens to it hears `toneHz`, so a test knows which one was downloaded. */
export interface Video {
  readonly videoId: string;
  /** right = the recording; double = the same recording uploaded again (it sounds the same). */
  readonly role: 'right' | 'double' | DecoyName;
  readonly title: string;
  readonly channel: string;
  /** A verified channel has a badge in plain YouTube's results. */
  readonly verified: boolean;
  readonly artists: readonly string[];
  readonly album?: string;
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly releaseDate?: string;
  /** What YouTube says the length is. */
  readonly durationMs: number;
  /** What is really played: the same, but for videos of more than a quarter of an hour. */
  readonly audioMs: number;
  readonly kind: 'song' | 'official-video' | 'user-video';
  readonly explicit: boolean;
  readonly viewCount: number;
  readonly isrc?: string;
  readonly toneHz: number;
  /** opus = itag 251 in WebM, aac = itag 140 in M4A. */
  readonly codecs: readonly AudioCodec[];
}

export type AudioCodec = 'opus' | 'aac';
