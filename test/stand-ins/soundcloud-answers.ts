import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSoundCloudCall, type SoundCloudCall } from './soundcloud-calls.ts';
import type { SoundCloudCatalogue, SoundCloudTrack, TrackState } from './soundcloud-catalogue.ts';
import {
  isSoundCloudAnyFailure,
  isSoundCloudMediaFailure,
  type SoundCloudFailurePlan,
  type SoundCloudFailureRule,
} from './soundcloud-failures.ts';
import { searchJson, setJson, setUrl, trackJson, trackUrl } from './soundcloud-json.ts';
import { sendSound } from './soundcloud-media.ts';
import { pageHtml, scriptText } from './soundcloud-page.ts';
import { failAny, json, send } from './soundcloud-replies.ts';
import type { SoundCloudRequestRecorder } from './soundcloud-requests.ts';
import { searchSoundCloud } from './soundcloud-search.ts';
import type { SoundStore } from './soundcloud-sounds.ts';
import { heardMs, playlistText, streamUrl } from './soundcloud-streams.ts';

export interface SoundCloudAnswersOptions {
  readonly catalogue: SoundCloudCatalogue;
  readonly stateOf: (track: SoundCloudTrack) => TrackState;
  /** The id that the page gives out and the API takes. */
  readonly clientId: { current(): string; renew(): void };
  readonly sounds: SoundStore;
  /** Makes a JPEG. */
  readonly picture: () => Promise<Buffer>;
  readonly failures: SoundCloudFailurePlan;
  readonly requests: SoundCloudRequestRecorder;
  /** Before each answer. */
  readonly latencyMs?: number;
  /** Of each connection that sends sound. */
  readonly bytesPerSecond?: number;
  /** Rows on a page of search results, however many were asked for. */
  readonly mostPerPage?: number;
}

type Failure = SoundCloudFailureRule['failure'] | undefined;

/** Answers a request as SoundCloud does, or as it fails. */
export function createSoundCloudAnswers(
  options: SoundCloudAnswersOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { catalogue, stateOf, clientId } = options;
  const tracks = catalogue.shelves.flatMap(({ results }) => results);
  const trackById = new Map(tracks.map((track) => [track.id, track]));
  const available = (track: SoundCloudTrack | undefined): SoundCloudTrack | undefined =>
    track === undefined || stateOf(track) === 'gone' ? undefined : track;
  const describe = (track: SoundCloudTrack | undefined): object | undefined =>
    track === undefined ? undefined : trackJson(track, stateOf(track));

  return async (request, response) => {
    const call = readSoundCloudCall(request);
    const end = options.requests.begin({
      kind: call.kind,
      method: request.method ?? '',
      url: `https://${request.headers.host ?? ''}${request.url ?? ''}`,
      ...(call.trackId === undefined ? {} : { trackId: call.trackId }),
      ...(call.query === undefined ? {} : { query: call.query }),
    });
    response.once('close', () => end(response.headersSent ? response.statusCode : 0));
    if (options.latencyMs !== undefined) await sleep(options.latencyMs);
    const failure = options.failures.next({
      kind: call.kind,
      trackId: call.trackId ?? behind(call.link)?.id,
      segment: call.media?.part === 'segment' ? call.media.index : undefined,
    });
    if (isSoundCloudAnyFailure(failure)) failAny(response, failure);
    else await answer(request, response, call, failure);
  };

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    call: SoundCloudCall,
    failure: Failure,
  ): Promise<void> {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    switch (call.kind) {
      case 'page':
        send(response, 'text/html; charset=utf-8', pageAt(path));
        return;
      case 'script':
        send(
          response,
          'application/javascript',
          scriptText(path, failure === 'no-client-id' ? undefined : clientId.current()),
        );
        return;
      case 'short-link':
        redirect(response, call.code ?? '');
        return;
      case 'artwork':
        send(response, 'image/jpeg', request.method === 'HEAD' ? '' : await options.picture());
        return;
      case 'm3u8':
      case 'media':
        await answerMedia(request, response, call, failure);
        return;
      case 'search':
      case 'resolve':
      case 'track':
      case 'set':
      case 'stream':
      case 'other': {
        if (failure === 'client-id-expired') clientId.renew();
        const isKnown = call.clientId === clientId.current();
        send(response, json, isKnown ? apiAnswer(call, failure) : {}, isKnown ? 200 : 401);
      }
    }
  }

  function apiAnswer(call: SoundCloudCall, failure: Failure): object | undefined {
    switch (call.kind) {
      case 'search':
        return search(call, failure === 'no-results');
      case 'resolve': {
        const set = catalogue.sets.find((each) => pathOf(setUrl(each)) === `/${call.link ?? ''}`);
        return set === undefined ? describe(available(behind(call.link))) : setJson(set, stateOf);
      }
      case 'track':
        return call.ids === undefined
          ? describe(available(trackById.get(call.trackId ?? 0)))
          : call.ids.flatMap((id) => describe(available(trackById.get(id))) ?? []);
      case 'set': {
        const set = catalogue.sets.find(({ id }) => id === call.setId);
        return set === undefined ? undefined : setJson(set, stateOf);
      }
      case 'stream': {
        const track = available(trackById.get(call.trackId ?? 0));
        const url = track && streamUrl(track, stateOf(track), call.uuid ?? '', call.protocol ?? '');
        return url === undefined ? undefined : { url };
      }
      default:
        return undefined;
    }
  }

  function search({ query = '', limit = 10, offset = 0 }: SoundCloudCall, findsNothing: boolean): object {
    const found = findsNothing ? [] : searchSoundCloud(catalogue, query).filter((track) => available(track));
    const rows = Math.min(limit, options.mostPerPage ?? 200, 200);
    const next = new URLSearchParams({ limit: `${limit}`, offset: `${offset + rows}`, q: query });
    return searchJson(
      found.slice(offset, offset + rows).flatMap((track) => describe(track) ?? []),
      found.length,
      offset + rows < found.length
        ? `https://api-v2.soundcloud.com/search/tracks?${next.toString()}`
        : undefined,
    );
  }

  /** The track of a link. */
  function behind(link: string | undefined): SoundCloudTrack | undefined {
    return link === undefined ? undefined : tracks.find((track) => pathOf(trackUrl(track)) === `/${link}`);
  }

  function pageAt(path: string): string | undefined {
    if (path === '/') return pageHtml('SoundCloud');
    const track = available(behind(path.slice(1)));
    const set = catalogue.sets.find((each) => pathOf(setUrl(each)) === path);
    const title = track?.title ?? set?.title;
    return title === undefined ? undefined : pageHtml(title);
  }

  /** The code of a short link is a track's id, in letters. */
  function redirect(response: ServerResponse, code: string): void {
    const track = trackById.get(Number.parseInt(code, 36));
    if (track === undefined) response.writeHead(404).end();
    else {
      const location = `${trackUrl(track)}?utm_source=clipboard&utm_medium=text&utm_campaign=social_sharing`;
      response.writeHead(302, { location }).end();
    }
  }

  async function answerMedia(
    request: IncomingMessage,
    response: ServerResponse,
    { media, trackId = 0 }: SoundCloudCall,
    failure: Failure,
  ): Promise<void> {
    const track = trackById.get(trackId);
    if (!media || !track) {
      response.writeHead(403).end();
      return;
    }
    const { codec } = media;
    const durationMs = heardMs(track, media.isPreview ? 'preview' : 'whole');
    const sound = await options.sounds({ toneHz: track.toneHz, durationMs, codec });
    if (media.part === 'playlist') {
      const path = (request.url ?? '').replace(/\?.*$/, '');
      send(response, 'application/vnd.apple.mpegurl', playlistText(path, sound, codec));
      return;
    }
    await sendSound(response, {
      sound,
      wish: media,
      rangeHeader: request.headers.range,
      failure: isSoundCloudMediaFailure(failure) ? failure : undefined,
      bytesPerSecond: options.bytesPerSecond,
    });
  }
}

const pathOf = (url: string): string => new URL(url).pathname;
