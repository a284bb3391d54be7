import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { generate } from 'selfsigned';
import type { Catalogue } from './catalogue.ts';
import type { ToneStore } from './tones.ts';
import { createYouTubeAnswers, sendAnswer, type YouTubeAnswer } from './youtube-answers.ts';
import { readCall, type YouTubeCall } from './youtube-calls.ts';

/** A request that was understood, and where its answer goes. */
export interface YouTubeExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly call: YouTubeCall;
  /** What the demo answers. */
  readonly answer: () => Promise<YouTubeAnswer>;
}

export interface DemoYouTubeOptions {
  readonly catalogue: Catalogue;
  readonly tones: ToneStore;
  /** Sends the answer, or another one, or none; default: the demo's answer. */
  readonly handle?: (exchange: YouTubeExchange) => Promise<void>;
}

export interface DemoYouTube {
  /** http://127.0.0.1:PORT, for HARMONI_YOUTUBE_MUSIC_URL. */
  readonly musicUrl: string;
  /** The arguments that point the real yt-dlp at the stand-in; nothing of yt-dlp is faked. */
  ytdlpArgs(): string[];
  close(): Promise<void>;
}

/** YouTube and YouTube Music on free ports of 127.0.0.1, as far as the demo needs them. */
export async function startDemoYouTube(options: DemoYouTubeOptions): Promise<DemoYouTube> {
  // yt-dlp speaks only HTTPS to YouTube's host; a key of elliptic curves is made in 20 ms.
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    void respond(request, response).catch(() => response.destroy());
  };
  const https = createHttpsServer({ key, cert }, serve);
  const http = createHttpServer(serve);
  const httpsPort = await listen(https);
  const musicUrl = `http://127.0.0.1:${await listen(http)}`;
  const answer = createYouTubeAnswers({ ...options, baseUrl: musicUrl });
  const { handle = sendDemoAnswer } = options;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    await handle({ request, response, call, answer: () => answer(call) });
  }

  return {
    musicUrl,
    ytdlpArgs: () => [
      '--no-check-certificates',
      '--extractor-args',
      // web_embedded is the one client that all releases since 2023 know and take formats from without a token.
      `youtube:innertube_host=127.0.0.1:${httpsPort};player_client=web_embedded;player_skip=webpage,configs,js`,
      '--extractor-args',
      'youtubetab:skip=webpage',
    ],
    async close() {
      const closed = [https, http].map((server) => new Promise((done) => server.close(done)));
      https.closeAllConnections();
      http.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

async function sendDemoAnswer({ response, answer }: YouTubeExchange): Promise<void> {
  await sendAnswer(response, await answer());
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a TCP port has an AddressInfo.
  return (server.address() as AddressInfo).port;
}
