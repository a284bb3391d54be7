import { channelIdOf } from './innertube-json.ts';
import type { AudioCodec, Video } from './video.ts';

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

/** Of any video that YouTube knows, whether it can be played or not. */
export function videoDetails(video: Video): object {
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
