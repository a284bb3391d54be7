import type { IncomingMessage, ServerResponse } from 'node:http';
import { foldWords } from '../../src/tracks/fold.ts';
import { listenOnLoopback } from '../helpers/loopback.ts';

/** A record as LRCLIB has it. */
export interface LrclibRecord {
  readonly id: number;
  readonly trackName: string;
  readonly artistName: string;
  readonly albumName: string;
  /** In seconds. */
  readonly duration: number;
  readonly instrumental: boolean;
  readonly plainLyrics: string | null;
  readonly syncedLyrics: string | null;
}

/**
 * What happens to the next request: nginx refuses it (with Retry-After, or without), the CDN answers for a server that is
 * away, with nothing at all, with a page, with half of an answer, or only after a while.
 */
export type LrclibFault =
  | '429'
  | { readonly retryAfterSeconds: number }
  | '520'
  | '500'
  | 'empty'
  | 'html'
  | 'half'
  | 'reset'
  | { readonly slowMs: number };

export interface LrclibStandIn {
  /** The setting lyrics_url. */
  readonly url: string;
  readonly records: LrclibRecord[];
  /** "get?track_name=..." in the order in which they came. */
  readonly requests: { readonly what: string; readonly atMs: number; readonly userAgent: string }[];
  /** Requests that were open at the same time, at most. */
  readonly mostAtOnce: () => number;
  /** For the next requests, one each. */
  readonly faults: LrclibFault[];
  /** For every request from now on. */
  always: LrclibFault | undefined;
  close(): Promise<void>;
}

const mostFound = 20;

/** LRCLIB on loopback (lrclib.net/docs; its server's routes and errors). */
export async function startLrclib(records: readonly LrclibRecord[] = []): Promise<LrclibStandIn> {
  let open = 0;
  let most = 0;
  const server = await listenOnLoopback((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => (open -= 1));
    const what = (request.url ?? '').replace(/^\/api\//, '');
    const userAgent = request.headers['user-agent'] ?? '';
    standIn.requests.push({ what, atMs: performance.now(), userAgent });
    const fault = standIn.faults.shift() ?? standIn.always;
    // The CDN lets some programs in, and not others.
    if (userAgent === '' || userAgent.includes('Jellyfin-Server')) response.writeHead(520).end();
    else if (fault === undefined) answer(standIn.records, request, response);
    else answerWith(fault, request, response, () => answer(standIn.records, request, response));
  });
  const standIn: LrclibStandIn = {
    url: `${server.url}/api`,
    records: [...records],
    requests: [],
    mostAtOnce: () => most,
    faults: [],
    always: undefined,
    close: () => server.close(),
  };
  return standIn;
}

function answerWith(
  fault: LrclibFault,
  request: IncomingMessage,
  response: ServerResponse,
  usual: () => void,
): void {
  if (typeof fault === 'object') {
    if ('slowMs' in fault) setTimeout(usual, fault.slowMs);
    else
      response
        .writeHead(429, { 'retry-after': String(fault.retryAfterSeconds) })
        .end(page('429 Too Many Requests'));
    return;
  }
  if (fault === '429') response.writeHead(429).end(page('429 Too Many Requests'));
  else if (fault === '520') response.writeHead(520).end();
  else if (fault === '500') send(response, 500, 'UnknownError', 'An unknown error occurred');
  else if (fault === 'empty') response.writeHead(200).end();
  else if (fault === 'html')
    response.writeHead(200, { 'content-type': 'text/html' }).end(page('Just a moment...'));
  else if (fault === 'half') response.writeHead(200).end('{"id":1,"trackName":"Ha');
  else request.socket.destroy();
}

const page = (title: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center></body>\n</html>\n`;

function send(response: ServerResponse, statusCode: number, name: string, message: string): void {
  response
    .writeHead(statusCode, { 'content-type': 'application/json' })
    .end(JSON.stringify({ message, name, statusCode }));
}

/** Both sides are folded. */
const same = (a: string, b: string): boolean => foldWords(a).join(' ') === foldWords(b).join(' ');

function answer(records: readonly LrclibRecord[], request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const field = (name: string): string => url.searchParams.get(name) ?? '';
  if (url.pathname === '/api/get') answerGet(records, field, response);
  else if (url.pathname === '/api/search') {
    const words = foldWords(`${field('q')} ${field('track_name')} ${field('artist_name')}`);
    const found = records.filter((record) => {
      const all = foldWords(`${record.trackName} ${record.artistName} ${record.albumName}`);
      return words.every((word) => all.includes(word));
    });
    json(
      response,
      found.slice(0, mostFound).map((record) => ({ ...record, name: record.trackName })),
    );
  } else response.writeHead(404).end(page('404 Not Found'));
}

function answerGet(
  records: readonly LrclibRecord[],
  field: (name: string) => string,
  response: ServerResponse,
): void {
  const [track, artist] = [field('track_name'), field('artist_name')];
  const [album, duration] = [field('album_name'), field('duration')];
  const seconds = Number(duration);
  const found = records.find(
    (record) =>
      same(record.trackName, track) &&
      same(record.artistName, artist) &&
      (album === '' || same(record.albumName, album)) &&
      (duration === '' || Math.abs(record.duration - seconds) <= 2),
  );
  if (track === '' || artist === '') send(response, 400, 'ValidationError', 'Missing field');
  else if (duration !== '' && !(seconds >= 1 && seconds <= 3600)) {
    send(response, 400, 'ValidationError', 'duration: must be from 1 to 3600');
  } else if (found === undefined) {
    send(response, 404, 'TrackNotFound', 'Failed to find specified track');
  } else json(response, { ...found, name: found.trackName });
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

let lastId = 3_000_000;

/** A record with a line of text for every two seconds, synced and plain. */
export function lrclibRecord(
  record: Partial<LrclibRecord> & Pick<LrclibRecord, 'trackName' | 'artistName' | 'duration'>,
): LrclibRecord {
  const lines = Array.from(
    { length: Math.max(2, Math.floor(record.duration / 2)) },
    (_, index) => `Line ${index + 1} of ${record.trackName}`,
  );
  const stamp = (index: number): string => {
    const seconds = (index * record.duration) / (lines.length + 1);
    return `[${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(2).padStart(5, '0')}]`;
  };
  return {
    id: (lastId += 1),
    albumName: '',
    instrumental: false,
    plainLyrics: lines.join('\n'),
    syncedLyrics: lines.map((line, index) => `${stamp(index)} ${line}`).join('\n'),
    ...record,
  };
}
