import { once } from 'node:events';
import { createServer } from 'node:http';

export interface TokenCall {
  readonly form: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface TokenReply {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Announces more than it sends, then tears the connection off. */
  readonly torn?: boolean;
}

/** The smallest token endpoint: it answers what the test says and keeps what it was asked. */
export async function startTokenService(
  answer: (call: TokenCall, count: number) => TokenReply | Promise<TokenReply>,
) {
  const calls: TokenCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = { form: new URLSearchParams(Buffer.concat(chunks).toString()), headers: request.headers };
      calls.push(call);
      void Promise.resolve(answer(call, calls.length)).then((reply) => {
        const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
        const length = Buffer.byteLength(text) + (reply.torn === true ? 50 : 0);
        response.writeHead(reply.status ?? 200, { 'content-length': String(length), ...reply.headers });
        if (reply.torn === true) response.write(text, () => response.destroy());
        else response.end(text);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export type TokenService = Awaited<ReturnType<typeof startTokenService>>;

/** A grant as Spotify sends it, with tokens that can be told apart. */
export function grant(count: number, change: Readonly<Record<string, unknown>> = {}) {
  return {
    access_token: `ACCESS-${count}-SECRET`,
    token_type: 'Bearer',
    expires_in: 3600,
    refresh_token: `REFRESH-${count}-SECRET`,
    scope: 'playlist-read-private playlist-read-collaborative user-library-read',
    ...change,
  };
}
