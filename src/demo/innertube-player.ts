import type { AudioCodec, Video } from './catalogue.ts';
import { channelIdOf, runs, simpleText } from './innertube-json.ts';
import type { PlayerFailure } from './youtube-failures.ts';

/** A sound file that the media server has. */
export interface MediaFile {
  readonly codec: AudioCodec;
  readonly url: string;
  readonly sizeBytes: number;
}

/** YouTube's format numbers of the two. */
export const itags: Readonly<Record<AudioCodec, number>> = { opus: 251, aac: 140 };
const mimeTypes: Readonly<Record<AudioCodec, string>> = {
  opus: 'audio/webm; codecs="opus"',
  aac: 'audio/mp4; codecs="mp4a.40.2"',
};

/** The answer to POST /youtubei/v1/player for a video that can be played. */
export function playerAnswer(video: Video, files: readonly MediaFile[]): unknown {
  return {
    playabilityStatus: { status: 'OK', playableInEmbed: true },
    videoDetails: videoDetails(video),
    streamingData: { expiresInSeconds: '21540', adaptiveFormats: files.map((file) => format(video, file)) },
  };
}

/** The answer for an id that YouTube does not have. */
export const unknownVideoAnswer: unknown = {
  playabilityStatus: { status: 'ERROR', reason: 'Video unavailable' },
};

/** The answer for a video that cannot be played; yt-dlp prints the reason and, after a full stop, the subreason. */
export function refusalAnswer(video: Video, failure: PlayerFailure): unknown {
  const details = videoDetails(video);
  const refusal = (status: string, reason: string, subreason?: string): unknown => ({
    playabilityStatus: {
      status,
      reason,
      ...(subreason === undefined
        ? {}
        : {
            errorScreen: {
              playerErrorMessageRenderer: { reason: simpleText(reason), subreason: runs(subreason) },
            },
          }),
    },
    videoDetails: failure === 'premiere' ? { ...details, isUpcoming: true } : details,
  });
  switch (failure) {
    case 'bot-check':
      return refusal(
        'LOGIN_REQUIRED',
        'Sign in to confirm you’re not a bot',
        'This helps protect our community. Learn more',
      );
    case 'age':
      return refusal(
        'LOGIN_REQUIRED',
        'Sign in to confirm your age',
        'This video may be inappropriate for some users.',
      );
    case 'session-limit':
      return refusal('UNPLAYABLE', "This content isn't available, try again later.");
    case 'private':
      return refusal(
        'LOGIN_REQUIRED',
        'Private video',
        "Sign in if you've been granted access to this video",
      );
    case 'removed':
      return refusal('ERROR', 'Video unavailable', 'This video has been removed by the uploader');
    case 'not-in-country':
      return refusal(
        'UNPLAYABLE',
        'Video unavailable',
        'The uploader has not made this video available in your country.',
      );
    case 'premiere':
      return refusal('LIVE_STREAM_OFFLINE', 'Premieres in 3 days');
    case 'no-formats':
      return { playabilityStatus: { status: 'OK' }, videoDetails: details, streamingData: {} };
    case 'no-audio':
      return {
        playabilityStatus: { status: 'OK' },
        videoDetails: details,
        streamingData: { adaptiveFormats: [pictureFormat] },
      };
  }
}

function videoDetails(video: Video): object {
  return {
    videoId: video.videoId,
    title: video.title,
    lengthSeconds: String(Math.round(video.durationMs / 1000)),
    channelId: channelIdOf(video.channel),
    author: video.channel,
    shortDescription: '',
    viewCount: String(video.viewCount),
    isLiveContent: false,
  };
}

function format(video: Video, { codec, url, sizeBytes }: MediaFile): unknown {
  const bitrate = Math.round((sizeBytes * 8000) / video.audioMs);
  return {
    itag: itags[codec],
    url,
    mimeType: mimeTypes[codec],
    bitrate,
    averageBitrate: bitrate,
    contentLength: String(sizeBytes),
    approxDurationMs: String(video.durationMs),
    quality: 'tiny',
    audioQuality: 'AUDIO_QUALITY_MEDIUM',
    audioSampleRate: '48000',
    audioChannels: 1,
    lastModified: '1760000000000000',
  };
}

const pictureFormat: unknown = {
  itag: 137,
  url: 'http://127.0.0.1:9/videoplayback',
  mimeType: 'video/mp4; codecs="avc1.640028"',
  bitrate: 1_000_000,
  width: 1920,
  height: 1080,
  quality: 'hd1080',
};
