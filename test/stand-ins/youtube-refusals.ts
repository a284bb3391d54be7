import { runs, simpleText } from '../../src/demo/innertube-json.ts';
import { videoDetails } from '../../src/demo/innertube-player.ts';
import type { Video } from '../../src/demo/video.ts';
import type { PlayerFailure } from './youtube-failures.ts';

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

const pictureFormat: unknown = {
  itag: 137,
  url: 'http://127.0.0.1:9/videoplayback',
  mimeType: 'video/mp4; codecs="avc1.640028"',
  bitrate: 1_000_000,
  width: 1920,
  height: 1080,
  quality: 'hd1080',
};
