import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';

export interface ProxyOptions {
  /** Whether connections to this host are handed over. */
  readonly isOurs: (host: string) => boolean;
  /** Gets these connections, just opened. */
  readonly handOver: (socket: Duplex) => void;
  /** Told of what was refused: "example.com:443". */
  readonly onRefused: (target: string) => void;
}

/**
 * A proxy for yt-dlp, which knows no other way to lead all of SoundCloud's addresses elsewhere: what goes to SoundCloud is
 * handed over, what goes to this machine passes through as it is (so that a stand-in of YouTube works beside it), and
 * everything else is refused, so that nothing of a test reaches the internet.
 */
export function createStandInProxy(options: ProxyOptions): Server {
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? '');
    if (url?.protocol === 'http:' && isLoopback(url.hostname)) passOn(url, request, response);
    else {
      options.onRefused(request.url ?? '');
      response.writeHead(403).end();
    }
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const target = request.url ?? '';
    const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(target) ?? [];
    socket.on('error', () => socket.destroy());
    if (options.isOurs(host)) {
      accept(socket, head);
      options.handOver(socket);
    } else if (isLoopback(host)) {
      const there = connect(Number(port), host, () => {
        accept(socket, head);
        pipeline(socket, there, socket, () => undefined);
      });
      there.on('error', () => socket.destroy());
    } else {
      options.onRefused(target);
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    }
  });
  return server;
}

function accept(socket: Duplex, head: Buffer): void {
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) socket.unshift(head);
}

function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d+){3}|localhost|\[?::1\]?)$/.test(host);
}

/** Passes a request on, and an answer back as it comes: one that breaks off breaks off here too. */
function passOn(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  const there = httpRequest(url, { ...(method === undefined ? {} : { method }), headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    pipeline(answer, response, () => undefined);
  });
  there.on('error', () => response.destroy());
  response.on('close', () => there.destroy());
  request.pipe(there);
}
