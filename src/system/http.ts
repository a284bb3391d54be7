import { errnoOf, HarmoniError } from '../errors.ts';
import type { AgentOptions } from './agent-options.ts';
import { createAgents, type Agents } from './http-agents.ts';
import { isPublicAddress, literalAddress } from './public-address.ts';

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
  /** Which redirects are followed; default any. One that is not followed is the answer. */
  readonly mayRedirect?: (from: URL, to: URL) => boolean;
  /**
   * For addresses that strangers name: only hosts of the internet are asked, at every redirect again, but for these
   * origins; and from https none leads back to http.
   */
  readonly publicOnly?: { readonly except: readonly string[] };
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; doubled headers are joined with ", ". */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** An answer whose body is still on its way. */
export interface HttpStream {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  /** Throws as `request` does. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Must be called in the end: closes the connection where the body was not read whole. */
  drop(): void;
}

export interface StreamingHttp extends Http {
  /** As `request`, for a body too large to keep in memory. */
  open(request: HttpRequest): Promise<HttpStream>;
}

export interface Http {
  /**
   * Any status is an answer. Throws HarmoniError network-unreachable (no connection, or torn off),
   * network-timeout (silence), response-not-understood (body larger than `maxBytes`), or the signal's reason.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

export interface HttpOptions extends AgentOptions {
  /** Silence that ends a request; default 30 s. */
  readonly timeoutMs?: number;
}

const defaultMaxBytes = 16 * 2 ** 20;

/** HTTP by undici. */
export function createHttp(options: HttpOptions = {}): StreamingHttp {
  const agents = createAgents(options);
  const ask: AskOnce = (request, url) => askOnce(agents, request, url, options.timeoutMs ?? 30_000);
  return {
    async request(request) {
      const { status, headers, body, url } = await followed(ask, request);
      const chunks: Buffer[] = [];
      for await (const chunk of piecesOf(body, request, url)) chunks.push(chunk);
      return { status, headers, body: Buffer.concat(chunks) };
    },
    async open(request) {
      const { status, headers, body, url } = await followed(ask, request);
      // What comes of a body that nobody reads any more is no failure.
      const drop = (): void => void body.on('error', () => undefined).destroy();
      return { status, headers, chunks: piecesOf(body, request, url), drop };
    },
    close: () => agents.close(),
  };
}

interface OpenAnswer {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  readonly body: import('undici').Dispatcher.ResponseData['body'];
}

type AskOnce = (request: HttpRequest, url: string) => Promise<OpenAnswer>;

/** The answer of one address, whatever it is. @param timeoutMs of silence, where the request names none */
async function askOnce(
  agents: Agents,
  request: HttpRequest,
  url: string,
  timeoutMs: number,
): Promise<OpenAnswer> {
  const sameHost = new URL(url).host === new URL(request.url).host;
  const { undici, anywhere, publicOnly } = await agents.start();
  request.signal?.throwIfAborted();
  const quiet = request.timeoutMs ?? timeoutMs;
  const response = await undici.request(url, {
    method: request.method ?? 'GET',
    headers: sameHost ? { ...request.headers } : withoutLogin(request.headers),
    body: request.body ?? null,
    signal: request.signal ?? null,
    headersTimeout: quiet,
    bodyTimeout: quiet,
    dispatcher: mustBePublic(request, url) ? publicOnly : anywhere,
  });
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: response.statusCode, headers, body: response.body };
}

/** The answer at the end of the redirects that the request allows. Throws as `request` does. */
async function followed(ask: AskOnce, request: HttpRequest): Promise<OpenAnswer & { url: string }> {
  let url = request.url;
  try {
    for (let left = request.redirects ?? 0; ; left -= 1) {
      const answer = await ask(request, url);
      const location = answer.headers['location'];
      const moved = answer.status >= 300 && answer.status < 400 && location !== undefined;
      const next = moved && left > 0 ? new URL(location, url) : undefined;
      if (next === undefined || request.mayRedirect?.(new URL(url), next) === false) {
        return { ...answer, url };
      }
      await answer.body.dump();
      if (request.publicOnly !== undefined) refuseDowngrade(url, next);
      url = next.href;
    }
  } catch (error) {
    throw asReason(error, request, url);
  }
}

/** A user and password are for the host that was asked, and not for the one that it redirects to. */
function withoutLogin(headers: HttpRequest['headers'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)),
  );
}

/** Whether this address has to be one of the internet. @throws HarmoniError network-unreachable when it is none */
function mustBePublic(request: HttpRequest, url: string): boolean {
  const target = new URL(url);
  if (request.publicOnly === undefined || request.publicOnly.except.includes(target.origin)) return false;
  const literal = literalAddress(target);
  if (literal !== undefined && !isPublicAddress(literal)) {
    throw new HarmoniError('network-unreachable', `${target.host} isn't a public internet address.`);
  }
  return true;
}

/** @throws HarmoniError network-unreachable */
function refuseDowngrade(from: string, next: URL): void {
  if (!from.startsWith('https:') || next.protocol === 'https:') return;
  throw new HarmoniError('network-unreachable', `${next.host} can only be reached without encryption.`);
}

async function* piecesOf(
  body: AsyncIterable<unknown>,
  request: HttpRequest,
  url: string,
): AsyncGenerator<Buffer> {
  const most = request.maxBytes ?? defaultMaxBytes;
  let size = 0;
  try {
    for await (const chunk of body) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > most) {
        throw new HarmoniError(
          'response-not-understood',
          `The answer from ${new URL(url).host} is too large.`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    throw asReason(error, request, url);
  }
}

function asReason(error: unknown, request: HttpRequest, url: string): unknown {
  if (request.signal?.aborted === true) return request.signal.reason;
  return asNetworkError(error, new URL(url).host);
}

const timeouts = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);

function asNetworkError(error: unknown, host: string): unknown {
  if (error instanceof HarmoniError) return error;
  const code = errnoOf(error);
  if (timeouts.has(code)) {
    return new HarmoniError('network-timeout', `${host} didn't answer in time.`, { cause: error });
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    const fix = "Set NODE_EXTRA_CA_CERTS to your company's certificate file.";
    return new HarmoniError('network-unreachable', `The certificate of ${host} isn't trusted (${code}).`, {
      fix,
      cause: error,
    });
  }
  const detail = code === '' && error instanceof Error ? error.message : code;
  return new HarmoniError('network-unreachable', `${host} can't be reached (${detail}).`, { cause: error });
}
