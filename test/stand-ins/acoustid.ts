import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback } from '../helpers/loopback.ts';

/** A recording that a sound is linked to, as AcoustID has it from MusicBrainz. */
export interface AcoustIdRecording {
  readonly id: string;
  readonly title?: string;
  /** In seconds. */
  readonly duration?: number;
  readonly artists?: readonly { readonly id?: string; readonly name: string }[];
  readonly isrcs?: readonly string[];
  readonly sources?: number;
}

export interface AcoustIdResult {
  readonly id: string;
  /** 0 to 1. */
  readonly score: number;
  readonly recordings?: readonly AcoustIdRecording[];
}

export type AcoustIdFault =
  { readonly code: 3 | 5 | 13 | 14 } | { readonly slowMs: number } | 'hang' | 'reset' | 'html' | 'rubbish';

export interface AcoustIdStandIn {
  /** The setting acoustid_url. */
  readonly url: string;
  /** What it knows, by the fingerprint as chromaprint packs it. */
  readonly known: Map<string, readonly AcoustIdResult[]>;
  /** What was sent. */
  readonly requests: { readonly path: string; readonly form: URLSearchParams }[];
  readonly faults: AcoustIdFault[];
  close(): Promise<void>;
}

export const goodKey = 'cSpUJKpD-test';
/** acoustid-server, api/errors.py: the status of each. */
const errors = {
  2: [400, 'missing required parameter "client"'],
  3: [400, 'invalid fingerprint'],
  4: [400, 'invalid API key'],
  5: [500, 'internal error'],
  8: [400, 'parameter "duration" must be a positive integer'],
  13: [503, 'service currently unavailable'],
  14: [429, 'rate limit (3 requests per second) exceeded, try again later'],
} as const;
type ErrorCode = keyof typeof errors;

/** AcoustID's lookup on loopback (acoustid.org/webservice). */
export async function startAcoustId(): Promise<AcoustIdStandIn> {
  const server = await listenOnLoopback((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      standIn.requests.push({ path: `${request.method ?? ''} ${request.url ?? ''}`, form });
      const usual = (): void => answer(standIn, form, response);
      failOr(standIn.faults.shift(), request, response, usual);
    });
  });
  const standIn: AcoustIdStandIn = {
    url: `${server.url}/v2`,
    known: new Map(),
    requests: [],
    faults: [],
    close: () => server.close(),
  };
  return standIn;
}

function failOr(
  fault: AcoustIdFault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  usual: () => void,
): void {
  if (fault === undefined) usual();
  else if (typeof fault === 'object') {
    if ('slowMs' in fault) setTimeout(usual, fault.slowMs);
    else fail(response, fault.code);
  } else if (fault === 'reset') request.socket.destroy();
  else if (fault === 'html') response.writeHead(200).end('<!DOCTYPE html><title>AcoustID</title>');
  else if (fault === 'rubbish') json(response, 200, { status: 'ok', hello: 1 });
}

function answer(standIn: AcoustIdStandIn, form: URLSearchParams, response: ServerResponse): void {
  const fingerprint = form.get('fingerprint') ?? '';
  const client = form.get('client');
  const metas = new Set((form.get('meta') ?? '').split(' '));
  if (client === null) fail(response, 2);
  else if (client !== goodKey) fail(response, 4);
  else if (!/^[1-9]\d*$/.test(form.get('duration') ?? '')) fail(response, 8);
  // Its first byte is the algorithm.
  else if (Buffer.from(fingerprint, 'base64url')[0] !== 1) fail(response, 3);
  else {
    const results = (standIn.known.get(fingerprint) ?? []).map(({ recordings, ...result }) => ({
      ...result,
      ...(recordings !== undefined && metas.has('recordings')
        ? { recordings: recordings.map((one) => asked(one, metas)) }
        : {}),
    }));
    json(response, 200, { status: 'ok', results });
  }
}

function asked(
  { isrcs, sources, ...recording }: AcoustIdRecording,
  metas: ReadonlySet<string>,
): Partial<AcoustIdRecording> {
  return {
    ...recording,
    ...(isrcs !== undefined && metas.has('isrcs') ? { isrcs } : {}),
    ...(sources !== undefined && metas.has('sources') ? { sources } : {}),
  };
}

function fail(response: ServerResponse, code: ErrorCode): void {
  const [status, message] = errors[code];
  json(response, status, { status: 'error', error: { code, message } });
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
