import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errnoOf, HarmoniError } from '../errors.ts';
import { readCallback, type AuthorizationResponse } from './authorization-response.ts';
import {
  failurePage,
  nothingHerePage,
  pageStyle,
  renderPage,
  usedPage,
  type CallbackPage,
} from './callback-page.ts';
import { withPort, type Loopback, type RedirectUri } from './redirect-uri.ts';
import type { Listening } from './sign-in-method.ts';

/** What Spotify said by way of the browser, which waits for a page until `reply` sends one. */
export interface CallbackArrival {
  readonly response: Exclude<AuthorizationResponse, { type: 'not-accepted' }>;
  readonly reply: (page: CallbackPage) => Promise<void>;
}

/** A server that waits for one answer of Spotify and survives everything else. */
export interface CallbackServer {
  /** The redirect URI with the port that is really open. */
  readonly redirectUri: string;
  readonly listening: Listening;
  /** The one answer with the right state. Never rejects. */
  readonly arrival: Promise<CallbackArrival>;
  /** Ends all connections, a browser that still waits with a page; the port is free when it resolves. */
  close(): Promise<void>;
}

export interface CallbackServerOptions {
  readonly redirect: RedirectUri & { readonly loopback: Loopback };
  /** The address to bind. */
  readonly address: string;
  readonly state: string;
  /** Told of each answer that is not accepted. */
  readonly onNotAccepted: (error: HarmoniError) => void;
  /** A request must be there by then; default 10 s. */
  readonly requestTimeoutMs?: number;
}

const mostRequestBytes = 8 * 2 ** 10;
const mostConnections = 64;

/** Starts to listen. Throws HarmoniError callback-port-busy or callback-not-possible. */
export async function startCallbackServer(options: CallbackServerOptions): Promise<CallbackServer> {
  const { redirect, state } = options;
  const timeoutMs = options.requestTimeoutMs ?? 10_000;
  const arrival = Promise.withResolvers<CallbackArrival>();
  let waiting: ServerResponse | undefined;

  const server = createServer(
    {
      maxHeaderSize: mostRequestBytes,
      headersTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      connectionsCheckingInterval: Math.min(1_000, timeoutMs),
      keepAlive: false,
    },
    (request, response) => {
      const query = queryOf(request, redirect.loopback.path, expectedHost);
      if (query === undefined) {
        void send(response, 404, nothingHerePage);
        return;
      }
      if (waiting !== undefined) {
        void send(response, 409, usedPage);
        return;
      }
      const answer = readCallback(query, state);
      if (answer.type === 'not-accepted') {
        options.onNotAccepted(answer.error);
        void send(response, 400, failurePage("This answer wasn't accepted", answer.error));
        return;
      }
      waiting = response;
      arrival.resolve({
        response: answer,
        reply: (page) => send(response, page.mood === 'good' ? 200 : 400, page),
      });
    },
  );
  server.maxConnections = mostConnections;
  const port = await listen(server, options.address, redirect.loopback.port);
  const redirectUri = withPort(redirect, port);
  const expectedHost = new URL(redirectUri).host;

  return {
    redirectUri,
    listening: { address: options.address, port },
    arrival: arrival.promise,
    async close() {
      // The browser was answered already, or its answer came second to a paste.
      if (waiting?.headersSent === false) await send(waiting, 409, usedPage);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(bindError(error, address, port)));
    server.listen({ host: address, port, exclusive: true }, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}

function bindError(error: Error, address: string, port: number): HarmoniError {
  const code = errnoOf(error) || error.message;
  if (code === 'EADDRINUSE') {
    return new HarmoniError('callback-port-busy', `Another program is already using port ${port}.`, {
      cause: error,
    });
  }
  return new HarmoniError(
    'callback-not-possible',
    `HARMONI can't listen on ${address}, port ${port} (${code}).`,
    {
      cause: error,
    },
  );
}

/**
 * The query of a request that may be Spotify's answer. The Host must be the redirect URI's own: a web page elsewhere
 * that points its name at this machine (DNS rebinding) gets nothing.
 */
function queryOf(request: IncomingMessage, path: string, expectedHost: string): URLSearchParams | undefined {
  if (request.method !== 'GET' || request.headers.host?.toLowerCase() !== expectedHost) return undefined;
  const target = request.url ?? '';
  const url = target.startsWith('/') ? URL.parse(`http://${expectedHost}${target}`) : null;
  return url?.pathname === path ? url.searchParams : undefined;
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  // The address holds the code.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

/** Resolves when the page is on its way, or the browser has gone. */
function send(response: ServerResponse, status: number, page: CallbackPage): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.writeHead(status, headers);
    response.end(renderPage(page), resolve);
  });
}
