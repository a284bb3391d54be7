import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { generate } from 'selfsigned';
import type { Catalogue } from './catalogue.ts';
import { createToneStore } from './tones.ts';
import { createFailurePlan, type FailurePlan, type FailureRule } from './youtube-failures.ts';
import { createRequestLog, type RequestLog } from './youtube-requests.ts';
import { createYouTubeAnswers } from './youtube-answers.ts';

export interface YouTubeStandInOptions {
  readonly catalogue: Catalogue;
  readonly ffmpegPath: string;
  /** Where the sounds are kept; several stand-ins may share it. */
  readonly cacheDir: string;
  /** Before each answer. */
  readonly latencyMs?: number;
  /** Of each connection to the media server; default as fast as it goes. */
  readonly bytesPerSecond?: number;
  readonly failures?: readonly FailureRule[];
}

export interface YouTubeStandIn {
  readonly catalogue: Catalogue;
  readonly httpsPort: number;
  /** http://127.0.0.1:PORT, for HARMONI_YOUTUBE_MUSIC_URL. */
  readonly musicUrl: string;
  /** The arguments that point the real yt-dlp at the stand-in; nothing of yt-dlp is faked. */
  ytdlpArgs(): string[];
  readonly requests: RequestLog;
  readonly failures: FailurePlan;
  /** Makes the sounds of all right recordings now, so that a benchmark does not measure ffmpeg. */
  prepareAudio(): Promise<void>;
  close(): Promise<void>;
}

/** A stand-in of YouTube and YouTube Music on free ports of 127.0.0.1. */
export async function startYouTubeStandIn(options: YouTubeStandInOptions): Promise<YouTubeStandIn> {
  const { catalogue } = options;
  const failures = createFailurePlan(options.failures);
  const requests = createRequestLog();
  const tones = createToneStore(options.ffmpegPath, options.cacheDir);

  // yt-dlp speaks only HTTPS to YouTube's host; a key of elliptic curves is made in 20 ms.
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response).catch(() => response.destroy());
  };
  const https = createHttpsServer({ key, cert }, serve);
  const http = createHttpServer(serve);
  const httpsPort = await listen(https);
  const musicUrl = `http://127.0.0.1:${await listen(http)}`;
  const answer = createYouTubeAnswers({ ...options, baseUrl: musicUrl, tones, failures, requests });

  return {
    catalogue,
    httpsPort,
    musicUrl,
    requests,
    failures,
    ytdlpArgs: () => [
      '--no-check-certificates',
      '--extractor-args',
      // web_embedded is the one client that all releases since 2023 know and take formats from without a token.
      `youtube:innertube_host=127.0.0.1:${httpsPort};player_client=web_embedded;player_skip=webpage,configs,js`,
      '--extractor-args',
      'youtubetab:skip=webpage',
    ],
    async prepareAudio() {
      for (const { right } of catalogue.shelves) {
        for (const codec of right?.codecs ?? []) {
          if (right) await tones({ toneHz: right.toneHz, durationMs: right.audioMs, codec });
        }
      }
    },
    async close() {
      const closed = [https, http].map((server) => new Promise((done) => server.close(done)));
      https.closeAllConnections();
      http.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a TCP port has an AddressInfo.
  return (server.address() as AddressInfo).port;
}
