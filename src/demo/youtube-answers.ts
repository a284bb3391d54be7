import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { Catalogue } from './catalogue.ts';
import { searchCatalogue } from './catalogue-search.ts';
import { picturePng } from './picture.ts';
import { itags, playerAnswer, unknownVideoAnswer } from './innertube-player.ts';
import { sendMedia, type Media } from './media-server.ts';
import { albumAnswer } from './music-album.ts';
import { musicAnswer } from './music-search.ts';
import type { ToneStore } from './tones.ts';
import type { AudioCodec, Video } from './video.ts';
import type { YouTubeCall } from './youtube-calls.ts';

interface YouTubeAnswersOptions {
  readonly catalogue: Catalogue;
  /** Where the media server is. */
  readonly baseUrl: string;
  readonly tones: ToneStore;
}

/** `nothing` = 404: what YouTube would not understand, and what the demo never asks. */
export type YouTubeAnswer =
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'media'; readonly media: Media }
  | { readonly kind: 'picture'; readonly picture: Buffer }
  | { readonly kind: 'nothing' };

export const jsonAnswer = (json: unknown): YouTubeAnswer => ({ kind: 'json', json });

/** Answers what HARMONI asks YouTube Music, and yt-dlp YouTube to download a video. */
export function createYouTubeAnswers(
  options: YouTubeAnswersOptions,
): (call: YouTubeCall) => Promise<YouTubeAnswer> {
  const { catalogue, tones } = options;

  return async (call) => {
    switch (call.kind) {
      case 'music':
        return jsonAnswer(musicAnswer(searchCatalogue(catalogue, call.query ?? ''), call.params));
      case 'browse': {
        const page = albumAnswer(catalogue, call.browseId);
        return page === undefined ? { kind: 'nothing' } : jsonAnswer(page);
      }
      case 'player':
        return jsonAnswer(await player(call));
      case 'next':
        return jsonAnswer({ contents: { twoColumnWatchNextResults: {} } });
      case 'media':
        return media(call);
      case 'picture':
        return picture(call);
      default:
        return { kind: 'nothing' };
    }
  };

  async function player({ videoId = '' }: YouTubeCall): Promise<unknown> {
    const video = catalogue.find(videoId);
    if (!video) return unknownVideoAnswer;
    const files = video.codecs.map(async (codec) => {
      const url = `${options.baseUrl}/videoplayback?id=${videoId}&itag=${itags[codec]}`;
      return { codec, url, sizeBytes: (await soundOf(video, codec)).sizeBytes };
    });
    const pictureUrl = `${options.baseUrl}/vi/${videoId}/maxresdefault.jpg`;
    return playerAnswer(video, await Promise.all(files), pictureUrl);
  }

  async function media({ videoId = '', itag, range, rangeHeader }: YouTubeCall): Promise<YouTubeAnswer> {
    const video = catalogue.find(videoId);
    const codec = video?.codecs.find((each) => String(itags[each]) === itag);
    if (!video || !codec) return { kind: 'nothing' };
    const mimeType = codec === 'opus' ? 'audio/webm' : 'audio/mp4';
    const sound = await soundOf(video, codec);
    return { kind: 'media', media: { ...sound, mimeType, rangeHeader, rangeParameter: range } };
  }

  function picture({ videoId = '' }: YouTubeCall): YouTubeAnswer {
    if (!catalogue.find(videoId)) return { kind: 'nothing' };
    return { kind: 'picture', picture: picturePng(videoId, { width: 128, height: 72 }) };
  }

  async function soundOf(video: Video, codec: AudioCodec): Promise<Pick<Media, 'path' | 'sizeBytes'>> {
    const path = await tones({ toneHz: video.toneHz, durationMs: video.audioMs, codec });
    return { path, sizeBytes: (await stat(path)).size };
  }
}

export async function sendAnswer(response: ServerResponse, answer: YouTubeAnswer): Promise<void> {
  switch (answer.kind) {
    case 'json':
      sendJson(response, 200, answer.json);
      return;
    case 'media':
      await sendMedia(response, answer.media);
      return;
    case 'picture':
      response.writeHead(200, { 'content-type': 'image/png' }).end(answer.picture);
      return;
    case 'nothing':
      response.writeHead(404).end();
  }
}

export function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(json));
}
