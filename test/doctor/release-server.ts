import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A stand-in for the pages of yt-dlp's newest release, on loopback. */
export interface ReleaseServer extends AsyncDisposable {
  readonly url: string;
  /** The paths that were asked for. */
  readonly requests: string[];
}

export async function startReleaseServer(
  answer: (path: string, response: ServerResponse, request: IncomingMessage) => void,
): Promise<ReleaseServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    answer(path, response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
