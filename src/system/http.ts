import { HarmoniError } from '../errors.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Silence that ends the request: until the headers come, and between two pieces of the body. */
  readonly timeoutMs?: number;
  /** The whole body must fit; default 16 MiB. */
  readonly maxBytes?: number;
  /** How many redirects are followed; default none. */
  readonly redirects?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; doubled headers are joined with ", ". */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface Http {
  /**
   * Any status is an answer. Throws HarmoniError network-unreachable (no connection, or torn off),
   * network-timeout (silence), response-not-understood (body larger than `maxBytes`), or the signal's reason.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

const defaultMaxBytes = 16 * 2 ** 20;

/** HTTP by undici, loaded at the first request because a start into the menu needs none. */
export function createHttp(options: { timeoutMs?: number; connectTimeoutMs?: number } = {}): Http {
  const timeoutMs = options.timeoutMs ?? 30_000;
  let started: Promise<typeof import('undici')> | undefined;
  let agent: import('undici').Agent | undefined;

  async function start(): Promise<typeof import('undici')> {
    const undici = await (started ??= import('undici'));
    agent ??= new undici.Agent({
      connect: { timeout: options.connectTimeoutMs ?? 10_000 },
      keepAliveTimeout: 10_000,
    });
    return undici;
  }

  async function once(request: HttpRequest, url: string): Promise<HttpResponse> {
    const undici = await start();
    request.signal?.throwIfAborted();
    const quiet = request.timeoutMs ?? timeoutMs;
    const response = await undici.request(url, {
      method: request.method ?? 'GET',
      headers: { ...request.headers },
      body: request.body ?? null,
      signal: request.signal ?? null,
      headersTimeout: quiet,
      bodyTimeout: quiet,
      ...(agent === undefined ? {} : { dispatcher: agent }),
    });
    const headers: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(response.headers)) {
      headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return { status: response.statusCode, headers, body: await readBody(response.body, request) };
  }

  return {
    async request(request) {
      let url = request.url;
      try {
        for (let left = request.redirects ?? 0; ; left -= 1) {
          const response = await once(request, url);
          const location = response.headers['location'];
          if (left <= 0 || response.status < 300 || response.status > 399 || location === undefined) {
            return response;
          }
          url = new URL(location, url).href;
        }
      } catch (error) {
        if (request.signal?.aborted === true) throw request.signal.reason;
        throw asNetworkError(error, new URL(url).host);
      }
    },
    async close() {
      await agent?.close();
    },
  };
}

async function readBody(body: AsyncIterable<unknown>, request: HttpRequest): Promise<Buffer> {
  const most = request.maxBytes ?? defaultMaxBytes;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > most) {
      throw new HarmoniError(
        'response-not-understood',
        `The answer of ${new URL(request.url).host} is too large.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const timeouts = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);

function asNetworkError(error: unknown, host: string): unknown {
  if (error instanceof HarmoniError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (timeouts.has(code)) {
    return new HarmoniError('network-timeout', `${host} did not answer in time.`, { cause: error });
  }
  const detail = code === '' && error instanceof Error ? error.message : code;
  return new HarmoniError('network-unreachable', `${host} cannot be reached (${detail}).`, { cause: error });
}
