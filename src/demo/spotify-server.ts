import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerAccounts, type Approval } from './spotify-accounts.ts';
import { answerApi } from './spotify-api.ts';
import type { DemoCatalogue } from './spotify-catalogue.ts';
import { coverPicture } from './spotify-cover.ts';
import { textAnswer, type DemoAnswer, type DemoRequest } from './spotify-exchange.ts';

/** A request that was read whole, and where its answer goes. */
export interface SpotifyExchange {
  readonly request: DemoRequest;
  readonly response: ServerResponse;
  /** Where the stand-in is: http://127.0.0.1:PORT */
  readonly baseUrl: string;
  /** What the demo answers. */
  readonly answer: () => DemoAnswer;
}

export interface DemoSpotifyOptions {
  readonly catalogue: DemoCatalogue;
  /** What the person does on the consent page; default they read it. */
  readonly approval?: Approval;
  /** The code that answers these parameters of an authorise request; default any. */
  readonly newCode?: (asked: URLSearchParams) => string;
  /** Sends the answer, or another one, or none; default: the demo's answer. */
  readonly handle?: (exchange: SpotifyExchange) => Promise<void>;
}

export interface DemoSpotify {
  /** http://127.0.0.1:PORT, for HARMONI_SPOTIFY_ACCOUNTS_URL. */
  readonly url: string;
  /** The same with /v1, for HARMONI_SPOTIFY_API_URL. */
  readonly apiUrl: string;
  setApproval(approval: Approval): void;
  close(): Promise<void>;
}

export const demoClientId = 'demo-client';

const mostBodyBytes = 64 * 1_024;

/** accounts.spotify.com and api.spotify.com on a free port of 127.0.0.1, as far as the demo needs them. */
export async function startDemoSpotify(options: DemoSpotifyOptions): Promise<DemoSpotify> {
  const { catalogue, newCode = () => randomUUID(), handle = sendDemoAnswer } = options;
  let approval: Approval = options.approval ?? 'ask';

  const server = createServer((request, response) => {
    void respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.');
  const baseUrl = `http://127.0.0.1:${address.port}`;

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    await handle({ request, response, baseUrl, answer: () => answerOf(request) });
  }

  function answerOf(request: DemoRequest): DemoAnswer {
    if (request.path.startsWith('/image/')) return coverPicture(request.path);
    if (request.path.startsWith('/v1/')) return answerApi({ catalogue, baseUrl }, request);
    return answerAccounts({ approval: () => approval, newCode }, request) ?? textAnswer(404, 'Not found');
  }

  return {
    url: baseUrl,
    apiUrl: `${baseUrl}/v1`,
    setApproval(next) {
      approval = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<DemoRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  // No encoding is set, so every chunk is a Buffer.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBodyBytes) throw new Error('too large');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'http://stand-in');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
  };
}

async function sendDemoAnswer({ response, answer }: SpotifyExchange): Promise<void> {
  const { status, headers, body } = answer();
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
