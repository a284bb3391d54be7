import type { IncomingMessage } from 'node:http';
import type { SoundCloudKind } from './soundcloud-failures.ts';
import type { SoundCodec } from './soundcloud-sounds.ts';

/** What of a sound is asked for: the whole file · the list of its segments · what comes before the first · one of them. */
export type MediaPart =
  { readonly part: 'file' | 'playlist' | 'head' } | { readonly part: 'segment'; readonly index: number };

export type MediaWish = MediaPart & {
  readonly codec: SoundCodec;
  /** Only the first 30 s. */
  readonly isPreview: boolean;
};

/** A request to SoundCloud, understood. What a kind does not have is absent. */
export interface SoundCloudCall {
  readonly kind: SoundCloudKind;
  readonly trackId?: number | undefined;
  readonly setId?: number | undefined;
  /** The path of a link: "user/title", "user/sets/title". */
  readonly link?: string | undefined;
  readonly code?: string | undefined;
  readonly query?: string | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** The ids of a request for several tracks. */
  readonly ids?: readonly number[] | undefined;
  /** "hls", "progressive", "ctr-encrypted-hls" ... */
  readonly protocol?: string | undefined;
  readonly uuid?: string | undefined;
  readonly clientId?: string | undefined;
  readonly media?: MediaWish | undefined;
}

const hosts = {
  site: /^(?:www\.|m\.)?soundcloud\.com$/,
  short: /^on\.soundcloud\.com$/,
  api: /^api-v2\.soundcloud\.com$/,
  scripts: /^a-v2\.sndcdn\.com$/,
  pictures: /^i1\.sndcdn\.com$/,
  media:
    /^(?:cf-(?:hls-|hls-opus-|preview-)?media\.sndcdn\.com|playback\.media-streaming\.soundcloud\.cloud)$/,
  old: /^(?:api|api-auth|w|secure)\.soundcloud\.com$/,
};

/** Whether the stand-in answers for this host. */
export function isSoundCloudHost(host: string): boolean {
  return Object.values(hosts).some((pattern) => pattern.test(host));
}

/** Reads what is asked; a request that SoundCloud would not understand is of the kind `other`. */
export function readSoundCloudCall(request: IncomingMessage): SoundCloudCall {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const url = new URL(request.url ?? '/', `https://${host}`);
  if (hosts.api.test(host)) return readApiCall(url);
  if (hosts.media.test(host)) return readMediaCall(url);
  if (hosts.site.test(host)) return { kind: 'page' };
  if (hosts.scripts.test(host)) return { kind: 'script' };
  if (hosts.short.test(host)) return { kind: 'short-link', code: url.pathname.slice(1) };
  if (hosts.pictures.test(host)) return { kind: 'artwork' };
  return { kind: 'other' };
}

function readApiCall({ pathname, searchParams }: URL): SoundCloudCall {
  const text = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  const number = (name: string): number | undefined =>
    /^\d+$/.test(text(name) ?? '') ? Number(text(name)) : undefined;
  const clientId = text('client_id');
  const matched = (pattern: RegExp): string[] | undefined => pattern.exec(pathname)?.slice(1);

  if (pathname === '/search/tracks')
    return { kind: 'search', clientId, query: text('q'), limit: number('limit'), offset: number('offset') };
  if (pathname === '/resolve') return { kind: 'resolve', clientId, link: pathOfLink(text('url')) };
  if (pathname === '/tracks')
    return { kind: 'track', clientId, ids: (text('ids') ?? '').split(',').map(Number) };
  const track = matched(/^\/tracks\/(\d+)$/);
  if (track) return { kind: 'track', clientId, trackId: Number(track[0]) };
  const set = matched(/^\/playlists\/(\d+)$/);
  if (set) return { kind: 'set', clientId, setId: Number(set[0]) };
  const stream = matched(/^\/media\/soundcloud:tracks:(\d+)\/([\da-f-]+)\/(?:stream|preview)\/([\w-]+)$/);
  if (stream) {
    const [id, uuid, protocol] = stream;
    return { kind: 'stream', clientId, trackId: Number(id), uuid, protocol };
  }
  return { kind: 'other', clientId };
}

/** "https://soundcloud.com/user/title?si=1" -> "user/title" */
function pathOfLink(link: string | undefined): string | undefined {
  const url = link === undefined ? null : URL.parse(link);
  return url === null || !hosts.site.test(url.hostname) ? undefined : url.pathname.slice(1);
}

const mediaPaths: readonly (readonly [RegExp, SoundCodec, (index: number) => MediaPart])[] = [
  [/^\/(preview\/0\/30\/)?(\d+)\.128\.mp3$/, 'mp3', () => ({ part: 'file' })],
  [/^\/playlist\/(0\/30\/)?(\d+)\.128\.mp3\/playlist\.m3u8$/, 'mp3', () => ({ part: 'playlist' })],
  [/^\/playlist\/(0\/30\/)?(\d+)\.64\.opus\/playlist\.m3u8$/, 'opus', () => ({ part: 'playlist' })],
  [/^\/media\/(0\/30\/)?(\d+)\.128\.mp3\/(\d+)$/, 'mp3', (index) => ({ part: 'segment', index })],
  [/^\/media\/(0\/30\/)?(\d+)\.64\.opus\/(\d+)$/, 'opus', (index) => ({ part: 'segment', index })],
  [/^\/()(\d+)\/aac_160k\/[\w-]+\/playlist\.m3u8$/, 'aac', () => ({ part: 'playlist' })],
  [/^\/()(\d+)\/aac_160k\/[\w-]+\/init\.mp4$/, 'aac', () => ({ part: 'head' })],
  [/^\/()(\d+)\/aac_160k\/[\w-]+\/data(\d{6})\.m4s$/, 'aac', (index) => ({ part: 'segment', index })],
];

function readMediaCall({ pathname, searchParams }: URL): SoundCloudCall {
  // Every address of a sound is signed.
  if (!searchParams.has('Signature')) return { kind: 'media' };
  for (const [pattern, codec, partOf] of mediaPaths) {
    const found = pattern.exec(pathname);
    if (!found) continue;
    const [, preview, id, index] = found;
    const media: MediaWish = { ...partOf(Number(index)), codec, isPreview: Boolean(preview) };
    return { kind: media.part === 'playlist' ? 'm3u8' : 'media', trackId: Number(id), media };
  }
  return { kind: 'media' };
}
