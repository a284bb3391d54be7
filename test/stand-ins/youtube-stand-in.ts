import { setTimeout as sleep } from 'node:timers/promises';
import { createToneStore, type ToneStore } from '../../src/demo/tones.ts';
import { jsonAnswer, sendAnswer, type YouTubeAnswer } from '../../src/demo/youtube-answers.ts';
import { startDemoYouTube, type DemoYouTube, type YouTubeExchange } from '../../src/demo/youtube-server.ts';
import type { TestCatalogue } from './catalogue.ts';
import { sendFailingMedia } from './failing-media.ts';
import { createFailureAnswers, failAnyhow } from './youtube-failure-answers.ts';
import {
  createFailurePlan,
  isAnyFailure,
  isMediaFailure,
  type FailurePlan,
  type FailureRule,
} from './youtube-failures.ts';
import { answerMore } from './youtube-more.ts';
import { createRequestLog, type RequestLog } from './youtube-requests.ts';

export interface YouTubeStandInOptions {
  readonly catalogue: TestCatalogue;
  readonly ffmpegPath: string;
  /** Where the sounds are kept; several stand-ins may share it. */
  readonly cacheDir: string;
  /** What is played in place of tones. */
  readonly tones?: ToneStore;
  /** Before each answer. */
  readonly latencyMs?: number;
  /** Of each connection to the media server; default as fast as it goes. */
  readonly bytesPerSecond?: number;
  readonly failures?: readonly FailureRule[];
}

export interface YouTubeStandIn extends DemoYouTube {
  readonly catalogue: TestCatalogue;
  readonly requests: RequestLog;
  readonly failures: FailurePlan;
  /** Makes the sounds of all right recordings now, so that a benchmark does not measure ffmpeg. */
  prepareAudio(): Promise<void>;
}

/** The demo's YouTube with a log, failures, plain YouTube's search and playlists. */
export async function startYouTubeStandIn(options: YouTubeStandInOptions): Promise<YouTubeStandIn> {
  const { catalogue } = options;
  const failures = createFailurePlan(options.failures);
  const requests = createRequestLog();
  const tones = options.tones ?? createToneStore(options.ffmpegPath, options.cacheDir);
  const answerFailure = createFailureAnswers(catalogue);

  async function handle(exchange: YouTubeExchange): Promise<void> {
    const { request, response, call } = exchange;
    const end = requests.begin({
      kind: call.kind,
      path: request.url ?? '',
      ...(call.videoId === undefined ? {} : { videoId: call.videoId }),
      ...(call.query === undefined ? {} : { query: call.query }),
      ...(call.params === undefined ? {} : { filter: call.params }),
    });
    response.once('close', () => end(response.headersSent ? response.statusCode : 0));
    if (options.latencyMs !== undefined) await sleep(options.latencyMs);
    const failure = failures.next(call.kind, call.videoId);
    if (isAnyFailure(failure)) {
      failAnyhow(response, failure);
      return;
    }
    const answer = await answerOf(exchange, failure);
    if (answer.kind === 'media') {
      const kind = isMediaFailure(failure) ? failure : undefined;
      await sendFailingMedia(response, answer.media, kind, options.bytesPerSecond);
    } else await sendAnswer(response, answer);
  }

  async function answerOf(
    { call, answer }: YouTubeExchange,
    failure: FailureRule['failure'] | undefined,
  ): Promise<YouTubeAnswer> {
    const usual = async (): Promise<YouTubeAnswer> => {
      const json = answerMore(catalogue, call);
      return json === undefined ? answer() : jsonAnswer(json);
    };
    return failure === undefined ? usual() : answerFailure(call, failure, usual);
  }

  const youTube = await startDemoYouTube({ catalogue, tones, handle });
  return {
    ...youTube,
    catalogue,
    requests,
    failures,
    async prepareAudio() {
      for (const { right } of catalogue.shelves) {
        for (const codec of right?.codecs ?? []) {
          if (right) await tones({ toneHz: right.toneHz, durationMs: right.audioMs, codec });
        }
      }
    },
  };
}
