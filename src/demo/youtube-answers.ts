import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalogue, Video } from './catalogue.ts';
import { searchCatalogue } from './catalogue-search.ts';
import {
  itags,
  playerAnswer,
  refusalAnswer,
  unknownVideoAnswer,
  type MediaFile,
} from './innertube-player.ts';
import { playlistAnswer, resolveAnswer } from './innertube-playlist.ts';
import { searchAnswer } from './innertube-search.ts';
import { sendMedia } from './media-server.ts';
import { musicAnswer } from './music-search.ts';
import type { ToneStore } from './tones.ts';
import { readCall, type YouTubeCall } from './youtube-calls.ts';
import {
  isAnyFailure,
  isMediaFailure,
  isPlayerFailure,
  type AnyFailure,
  type FailurePlan,
  type FailureRule,
} from './youtube-failures.ts';
import type { RequestRecorder } from './youtube-requests.ts';

export interface YouTubeAnswersOptions {
  readonly catalogue: Catalogue;
  /** Where the media server is. */
  readonly baseUrl: string;
  readonly tones: ToneStore;
  readonly failures: FailurePlan;
  readonly requests: RequestRecorder;
  readonly latencyMs?: number;
  readonly bytesPerSecond?: number;
}

type Failure = FailureRule['failure'] | undefined;

/** Answers a request as YouTube does, or as it fails. */
export function createYouTubeAnswers(
  options: YouTubeAnswersOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { catalogue, tones } = options;

  return async (request, response) => {
    const call = await readCall(request);
    const end = options.requests.begin({
      kind: call.kind,
      path: request.url ?? '',
      ...(call.videoId === undefined ? {} : { videoId: call.videoId }),
      ...(call.query === undefined ? {} : { query: call.query }),
      ...(call.params === undefined ? {} : { filter: call.params }),
    });
    response.once('close', () => end(response.headersSent ? response.statusCode : 0));
    if (options.latencyMs !== undefined) await sleep(options.latencyMs);
    const failure = options.failures.next(call.kind, call.videoId);
    if (isAnyFailure(failure)) fail(response, failure);
    else if (call.kind === 'media') await answerMedia(request, response, call, failure);
    else sendJson(response, await answerOf(call, failure));
  };

  async function answerOf(call: YouTubeCall, failure: Failure): Promise<unknown> {
    switch (call.kind) {
      case 'search':
        return searchAnswer(find(call, failure).videos, failure === 'parts-missing');
      case 'music':
        return musicAnswer(find(call, failure), call.params, failure === 'parts-missing');
      case 'player':
        return player(call, failure);
      case 'next':
        return { contents: { twoColumnWatchNextResults: {} } };
      case 'resolve':
        return resolveAnswer(call.address ?? '');
      case 'browse':
        return playlistAnswer(catalogue.playlists.find((list) => `VL${list.playlistId}` === call.browseId));
      case 'media':
      case 'other':
        return undefined;
    }
  }

  function find(call: YouTubeCall, failure: Failure): ReturnType<typeof searchCatalogue> {
    return failure === 'no-results' ? { videos: [] } : searchCatalogue(catalogue, call.query ?? '');
  }

  async function player(call: YouTubeCall, failure: Failure): Promise<unknown> {
    const video = catalogue.find(call.videoId ?? '');
    if (!video) return unknownVideoAnswer;
    if (isPlayerFailure(failure)) return refusalAnswer(video, failure);
    return playerAnswer(video, await mediaFiles(video));
  }

  async function mediaFiles(video: Video): Promise<MediaFile[]> {
    return Promise.all(
      video.codecs.map(async (codec) => {
        const path = await tones({ toneHz: video.toneHz, durationMs: video.audioMs, codec });
        const url = `${options.baseUrl}/videoplayback?id=${video.videoId}&itag=${itags[codec]}`;
        return { codec, url, sizeBytes: (await stat(path)).size };
      }),
    );
  }

  async function answerMedia(
    request: IncomingMessage,
    response: ServerResponse,
    call: YouTubeCall,
    failure: Failure,
  ): Promise<void> {
    const video = catalogue.find(call.videoId ?? '');
    const codec = video?.codecs.find((each) => String(itags[each]) === call.itag);
    if (!video || !codec) {
      response.writeHead(404).end();
      return;
    }
    const path = await tones({ toneHz: video.toneHz, durationMs: video.audioMs, codec });
    await sendMedia(response, {
      path,
      sizeBytes: (await stat(path)).size,
      mimeType: codec === 'opus' ? 'audio/webm' : 'audio/mp4',
      rangeHeader: request.headers.range,
      rangeParameter: call.range,
      failure: isMediaFailure(failure) ? failure : undefined,
      bytesPerSecond: options.bytesPerSecond,
    });
  }
}

function fail(response: ServerResponse, failure: AnyFailure): void {
  const refuse = (code: number, message: string): void =>
    sendJson(response, { error: { code, message } }, code);
  switch (failure) {
    case 'forbidden': {
      refuse(403, 'The caller does not have permission');
      return;
    }
    case 'too-many-requests': {
      refuse(429, 'Resource has been exhausted (e.g. check quota).');
      return;
    }
    case 'server-error': {
      refuse(500, 'Internal error encountered.');
      return;
    }
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>Before you continue to YouTube</title>');
      return;
    case 'rubbish':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"contents": [');
      return;
    case 'reset':
      response.destroy();
      return;
    case 'silence':
      return;
  }
}

function sendJson(response: ServerResponse, answer: unknown, status = 200): void {
  if (answer === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(answer));
}
