import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { foldWords } from '../../src/tracks/fold.ts';
import { listenOnLoopback } from '../helpers/loopback.ts';

/** A copy of a recording as Deezer has it. */
export interface DeezerTrack {
  readonly id: number;
  readonly isrc: string;
  readonly title: string;
  readonly artist: string;
  /** In seconds. */
  readonly duration: number;
  /** The MP3 of its preview; undefined where it has none. */
  readonly preview?: Uint8Array | undefined;
  /** Whether it may be heard from here; one that may not names another copy, which is `alternative`. */
  readonly readable?: boolean;
  readonly alternative?: number;
  /** Left out of what a search finds. */
  readonly isHidden?: boolean;
}

/** What happens to a request: Deezer says most of it with 200. */
export type DeezerFault =
  | { readonly code: 4 | 100 | 700 | 800 }
  | { readonly slowMs: number }
  | 'hang'
  | 'reset'
  | 'html'
  | 'rubbish'
  | 'half'
  | '429'
  | '503';

/** What happens to a preview: it has another address by now, leads elsewhere, is no sound, is too large, or never comes. */
export type PreviewFault = 'expired' | 'redirect' | 'html' | 'large' | 'hang' | 'reset';

export interface DeezerStandIn {
  /** The setting deezer_url. */
  readonly url: string;
  readonly tracks: DeezerTrack[];
  /** Of the API: "/track/isrc:..." in the order in which they came. */
  readonly requests: { readonly what: string; readonly atMs: number; readonly userAgent: string }[];
  /** Paths of previews that were fetched. */
  readonly fetched: string[];
  readonly mostAtOnce: () => number;
  /** For the next requests of the API, one each. */
  readonly faults: DeezerFault[];
  /** For every one from now on. */
  always: DeezerFault | undefined;
  readonly previewFaults: PreviewFault[];
  close(): Promise<void>;
}

const errors = {
  4: ['Exception', 'Quota limit exceeded'],
  100: ['Exception', 'Items limit exceeded'],
  700: ['Exception', 'Service busy'],
  800: ['DataException', 'no data'],
} as const;
const previewPath = '/api/1/1/';

/** Deezer's public API on loopback, with its previews: signed addresses, which may run out. */
export async function startDeezer(tracks: readonly DeezerTrack[] = []): Promise<DeezerStandIn> {
  let [open, most, signatures] = [0, 0, 0];
  const valid = new Set<string>();
  const server = await listenOnLoopback((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith(previewPath)) {
      standIn.fetched.push(path);
      sendPreview(standIn, valid.has(path), request, response);
      return;
    }
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => (open -= 1));
    const userAgent = request.headers['user-agent'] ?? '';
    standIn.requests.push({ what: path, atMs: performance.now(), userAgent });
    const usual = (): void => json(response, answer(standIn.tracks, path, sign));
    failOr(standIn.faults.shift() ?? standIn.always, request, response, usual);
  });
  /** Another address for each answer, of one place. */
  const sign = (track: DeezerTrack): string => {
    if (track.preview === undefined) return '';
    const hash = createHash('sha256').update(String(track.id)).digest('hex').slice(0, 32);
    const path = `${previewPath}${hash}-${String(track.id)}.mp3`;
    const mac = (signatures += 1).toString(16).padStart(16, '0');
    const signed = `${path}?hdnea=exp=1764500000~acl=${path}*~data=user_id=0,application_id=42~hmac=${mac}`;
    valid.add(signed);
    return `${standIn.url}${signed}`;
  };
  const standIn: DeezerStandIn = {
    url: server.url,
    tracks: [...tracks],
    requests: [],
    fetched: [],
    mostAtOnce: () => most,
    faults: [],
    always: undefined,
    previewFaults: [],
    close: () => server.close(),
  };
  return standIn;
}

function failOr(
  fault: DeezerFault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  usual: () => void,
): void {
  if (fault === undefined) usual();
  else if (typeof fault === 'object') {
    if ('slowMs' in fault) setTimeout(usual, fault.slowMs);
    else json(response, errorOf(fault.code));
  } else if (fault === 'reset') request.socket.destroy();
  else if (fault === 'html') response.writeHead(200).end('<!DOCTYPE html><title>Deezer</title>');
  else if (fault === 'rubbish') json(response, { hello: [1, 2] });
  else if (fault === 'half') response.writeHead(200).end('{"id":3135556,"title":"Har');
  else if (fault !== 'hang') response.writeHead(Number(fault)).end();
}

function errorOf(code: keyof typeof errors): object {
  const [type, message] = errors[code];
  return { error: { type, message, code } };
}

function answer(tracks: readonly DeezerTrack[], path: string, sign: (track: DeezerTrack) => string): object {
  const url = new URL(path, 'http://127.0.0.1');
  const [, isrc] = /^\/(?:2\.0\/)?track\/isrc:(.+)$/.exec(url.pathname) ?? [];
  const [, id] = /^\/track\/(\d+)$/.exec(url.pathname) ?? [];
  if (url.pathname === '/search') return search(tracks, url.searchParams, sign);
  // With dashes it isn't found.
  const found = tracks.find((track) =>
    isrc === undefined ? String(track.id) === id : track.isrc === isrc.toUpperCase(),
  );
  if (found === undefined) return errorOf(800);
  const other = tracks.find((track) => track.id === found.alternative);
  return {
    ...whole(found, sign),
    ...(found.readable === false && other !== undefined ? { alternative: whole(other, sign) } : {}),
  };
}

function search(
  tracks: readonly DeezerTrack[],
  query: URLSearchParams,
  sign: (track: DeezerTrack) => string,
): object {
  const text = query.get('q') ?? '';
  // Free text is thrown away where a field is named, and that finds less.
  const words = /\b(?:artist|track|album):"/.test(text) ? [''] : foldWords(text);
  const found = tracks.filter((track) => {
    const all = foldWords(`${track.artist} ${track.title}`);
    return track.isHidden !== true && words.every((word) => all.includes(word));
  });
  const data = found.slice(0, Number(query.get('limit') ?? 25)).map((track) => row(track, sign));
  return { data, total: found.length };
}

/** What a search says of a track. */
function row(track: DeezerTrack, sign: (track: DeezerTrack) => string): object {
  const { id, isrc, title, artist, duration, readable = true } = track;
  return {
    ...{ id, readable, title, title_short: title, title_version: '', isrc, duration, rank: 500_000 },
    ...{ link: `https://www.deezer.com/track/${String(id)}`, explicit_lyrics: false, preview: sign(track) },
    ...{ artist: { id: id + 1, name: artist, type: 'artist' }, album: { id: id + 2, title: 'Album' } },
    type: 'track',
  };
}

/** The rest of it, which only the track's own page has. */
function whole(track: DeezerTrack, sign: (track: DeezerTrack) => string): object {
  const { id, artist } = track;
  return {
    ...row(track, sign),
    ...{ bpm: 0, gain: -8.2, available_countries: ['DE', 'FR'], track_token: 'AAAAAWA', disk_number: 1 },
    ...{ release_date: '2020-01-01', track_position: 1 },
    contributors: [{ id: id + 1, name: artist, role: 'Main' }],
  };
}

function sendPreview(
  standIn: DeezerStandIn,
  isValid: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const id = /-(\d+)\.mp3/.exec(request.url ?? '')?.[1];
  const bytes = standIn.tracks.find((track) => String(track.id) === id)?.preview;
  const fault = standIn.previewFaults.shift();
  if (fault === 'reset') request.socket.destroy();
  else if (fault === 'redirect') response.writeHead(302, { location: `${standIn.url}/elsewhere` }).end();
  else if (fault === 'html') response.writeHead(200).end('<!DOCTYPE html><title>Deezer</title>');
  else if (fault === 'large') response.writeHead(200).end(Buffer.alloc(6 * 2 ** 20));
  else if (fault === 'expired' || !isValid || bytes === undefined) response.writeHead(403).end();
  else if (fault !== 'hang') response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(bytes);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
