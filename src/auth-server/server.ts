import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { AccountsDeps } from '../auth/sign-in-method.ts';
import { errnoOf, HarmoniError } from '../errors.ts';
import { createNetworkLimit } from './network-limit.ts';
import { networksOf } from './networks.ts';
import { addPairRoutes, sendPage } from './pair-routes.ts';
import { messagePage, notUnderstoodPage, nothingHere, styleHash, tooManyPage } from './pages.ts';
import { createPairings } from './pairings.ts';
import type { AuthServerSettings } from './settings.ts';
import { createSpotifyTokens } from './spotify-tokens.ts';
import { addTokenRoutes, refuse } from './token-routes.ts';

export interface AuthServer {
  /** Where people and boxes reach it. */
  readonly url: string;
  /** The port that is open. */
  readonly port: number;
  /** How many boxes wait. */
  readonly waiting: () => number;
  close(): Promise<void>;
}

const mostBodyBytes = 4 * 2 ** 10;
const mostHeaderBytes = 8 * 2 ** 10;
const sweepMs = 30_000;
/** A minute, of answered requests. */
const mostLogLines = 120;

/**
 * Starts the self-hosted helper: token swap and refresh, and pairing. Nothing is written to disk but the log.
 * Throws HarmoniError auth-server-port-busy, auth-server-invalid.
 */
export async function startAuthServer(
  settings: AuthServerSettings,
  deps: AccountsDeps,
  limits: { readonly requestTimeoutMs?: number } = {},
): Promise<AuthServer> {
  const timeoutMs = limits.requestTimeoutMs ?? 10_000;
  const closing = new AbortController();
  const pairings = createPairings({ now: () => deps.clock.monotonicMs(), randomBytes: deps.randomBytes });
  const tokens = createSpotifyTokens(settings, deps, closing.signal);
  let publicUrl = settings.publicUrl ?? '';

  const app = fastify({
    bodyLimit: mostBodyBytes,
    requestTimeout: timeoutMs,
    http: {
      maxHeaderSize: mostHeaderBytes,
      headersTimeout: timeoutMs,
      connectionsCheckingInterval: Math.min(1_000, timeoutMs),
    },
    // One proxy: the last address in X-Forwarded-For is the one that it saw; the others are hearsay.
    trustProxy: settings.publicUrl === undefined ? false : (_address: string, hop: number) => hop === 0,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false } },
  });
  await addGuards(app, settings, deps);
  app.get('/healthz', (_request, reply) => reply.send({ status: 'ok' }));
  addTokenRoutes(app, settings, tokens);
  addPairRoutes(app, { settings, publicUrl: () => publicUrl, pairings, tokens, deps });

  const port = await listen(app, settings);
  publicUrl ||= `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  const sweeping = setInterval(() => pairings.sweep(), sweepMs).unref();
  return {
    url: publicUrl,
    port,
    waiting: () => pairings.size,
    async close() {
      clearInterval(sweeping);
      closing.abort();
      await app.close();
    },
  };
}

/** What stands before every route: headers, rate limits, forms, and what is said when something is wrong. */
async function addGuards(
  app: FastifyInstance,
  settings: AuthServerSettings,
  deps: AccountsDeps,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: [styleHash],
        // The form leads on to Spotify, and browsers hold a redirect to this too.
        formAction: ["'self'", new URL(deps.config.spotify_accounts_url).origin],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: settings.publicUrl !== undefined,
    frameguard: { action: 'deny' },
    // Addresses hold codes. To ourselves they may be told, and so browsers name the origin of the form.
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(rateLimit, {
    global: false,
    cache: 10_000,
    keyGenerator: (request) => networksOf(request.ip)[0]?.key ?? '',
  });
  await app.register(formbody, { bodyLimit: mostBodyBytes });
  const lines = createNetworkLimit({
    most: { address: mostLogLines },
    windowMs: 60_000,
    now: () => deps.clock.monotonicMs(),
  });
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  app.addHook('onResponse', async (request, reply) => {
    const path = request.routeOptions.url ?? 'unknown';
    // Somebody who asks too often shall not fill the log too, and push out of it what else is in there.
    const level = reply.statusCode === 429 || !lines.admit('log') ? 'debug' : 'info';
    deps.log.write(level, 'auth-server', { method: request.method, path, status: reply.statusCode });
  });
  app.setNotFoundHandler((_request, reply) => sendPage(reply, 404, messagePage(nothingHere)));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) deps.log.write('error', 'auth-server', { error: error.message });
    const path = request.routeOptions.url ?? '';
    if (path === '/pair' || path === '/callback') {
      return sendPage(reply, status, messagePage(status === 429 ? tooManyPage : notUnderstoodPage));
    }
    return refuse(reply, status, errorNames[status] ?? (status < 500 ? 'invalid_request' : 'server_error'));
  });
}

const errorNames: Readonly<Record<number, string>> = { 429: 'too_many_requests', 413: 'request_too_large' };

async function listen(app: FastifyInstance, { host, port }: AuthServerSettings): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const code = errnoOf(cause) || 'unknown';
    await app.close();
    if (code === 'EADDRINUSE') {
      throw new HarmoniError('auth-server-port-busy', `Another program is already using port ${port}.`, {
        cause,
      });
    }
    throw new HarmoniError(
      'auth-server-invalid',
      `The server can't listen on ${host}, port ${port} (${code}).`,
      {
        cause,
      },
    );
  }
  const [address] = app.addresses();
  return typeof address === 'object' ? address.port : port;
}
