import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readCallback } from '../auth/authorization-response.ts';
import { authorizeUrl } from '../auth/authorize-url.ts';
import { codeChallenge, createSecret } from '../auth/pkce.ts';
import type { AccountsDeps } from '../auth/sign-in-method.ts';
import {
  codePage,
  deniedPage,
  failedPage,
  messagePage,
  notUnderstoodPage,
  pairedPage,
  strangePage,
  tooManyPage,
} from './pages.ts';
import { createNetworkLimit } from './network-limit.ts';
import { readPairingCode } from './pairing-code.ts';
import { pairingLivesMs, type Pairings } from './pairings.ts';
import type { AuthServerSettings } from './settings.ts';
import type { SpotifyTokens } from './spotify-tokens.ts';
import { grantBody, refuse } from './token-routes.ts';
import type { Outcome, Visit } from './waiting-pairings.ts';

export interface PairParts {
  readonly settings: AuthServerSettings;
  /** Where people and boxes reach this server. */
  readonly publicUrl: () => string;
  readonly pairings: Pairings;
  readonly tokens: SpotifyTokens;
  readonly deps: AccountsDeps;
}

const pollSeconds = 3;
/** A minute, from one network; the limits of the routes count the single address. */
const mostStarts = { household: 10, site: 20 };
/** Of codes in ten minutes. */
const mostTries = { household: 20, site: 40 };
const oneMinute = { timeWindow: '1 minute' };

/** Pairing: the box by /pair/start and /pair/poll (RFC 8628 in shape), the phone by /pair and /callback. */
export function addPairRoutes(app: FastifyInstance, parts: PairParts): void {
  addBoxRoutes(app, parts);
  addCodePage(app, parts);
  addCallback(app, parts);
}

/** The box gets a code to show, and asks until its tokens are there. */
function addBoxRoutes(app: FastifyInstance, { pairings, publicUrl, deps: { clock } }: PairParts): void {
  const starts = createNetworkLimit({ most: mostStarts, windowMs: 60_000, now: () => clock.monotonicMs() });

  app.post('/pair/start', { config: { rateLimit: { max: 5, ...oneMinute } } }, (request, reply) => {
    if (!starts.admit(request.ip)) return refuse(reply, 429, 'too_many_requests');
    const started = pairings.start(request.ip);
    const page = `${publicUrl()}/pair`;
    return reply.send({
      device_code: started.deviceCode,
      user_code: started.userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?code=${started.userCode}`,
      expires_in: started.livesMs / 1000,
      interval: pollSeconds,
    });
  });

  app.post<{ Body: { device_code: string } }>(
    '/pair/poll',
    {
      config: { rateLimit: { max: 120, ...oneMinute } },
      schema: {
        body: {
          type: 'object',
          required: ['device_code'],
          properties: { device_code: { type: 'string', maxLength: 200 } },
        },
      },
    },
    ({ body }, reply) => {
      const answer = pairings.poll(body.device_code);
      return answer.type === 'tokens'
        ? reply.send(grantBody(answer.grant))
        : refuse(reply, 400, answer.error);
    },
  );
}

/** Where the code of the box is typed on the phone, which goes on to Spotify from there. */
function addCodePage(app: FastifyInstance, parts: PairParts): void {
  const now = (): number => parts.deps.clock.monotonicMs();
  const tries = createNetworkLimit({ most: mostTries, windowMs: 600_000, now });

  app.get('/pair', { config: { rateLimit: { max: 60, ...oneMinute } } }, (request, reply) => {
    const given = queryOf(request).get('code') ?? '';
    return sendPage(reply, 200, codePage(readPairingCode(given) ?? ''));
  });

  app.post<{ Body: { code: string } }>(
    '/pair',
    {
      // All tries count, so a guesser has ten in ten minutes.
      config: { rateLimit: { max: 10, timeWindow: '10 minutes' } },
      schema: {
        body: { type: 'object', required: ['code'], properties: { code: { type: 'string', maxLength: 64 } } },
      },
    },
    async (request, reply) => {
      if (isFromElsewhere(request, parts.publicUrl())) {
        return sendPage(reply, 403, messagePage(notUnderstoodPage));
      }
      if (!tries.admit(request.ip)) return sendPage(reply, 429, messagePage(tooManyPage));
      const browser = cookieOf(request, parts) ?? createSecret(parts.deps.randomBytes);
      const visit = parts.pairings.enter(request.body.code, browser);
      if (visit === undefined) {
        const problem = "That code doesn't match. Check the other screen, or get a new code there.";
        return sendPage(reply, 400, codePage(readPairingCode(request.body.code) ?? '', problem));
      }
      return reply
        .header('set-cookie', cookieFor(browser, parts))
        .redirect(await spotifyUrl(visit, parts), 303);
    },
  );
}

/** Where Spotify sends the phone back to. */
function addCallback(app: FastifyInstance, parts: PairParts): void {
  app.get('/callback', { config: { rateLimit: { max: 60, ...oneMinute } } }, async (request, reply) => {
    const query = queryOf(request);
    const states = query.getAll('state');
    const state = states.length === 1 ? (states[0] ?? '') : '';
    const visit = parts.pairings.arrive(state, cookieOf(request, parts) ?? '');
    if (visit === undefined) return sendPage(reply, 400, messagePage(strangePage));
    const outcome = await outcomeOf(query, visit, parts);
    visit.conclude(outcome);
    if (outcome.type === 'tokens') return sendPage(reply, 200, messagePage(pairedPage));
    return sendPage(reply, 400, messagePage(outcome.error === 'access_denied' ? deniedPage : failedPage));
  });
}

async function outcomeOf(query: URLSearchParams, visit: Visit, parts: PairParts): Promise<Outcome> {
  const response = readCallback(query, visit.state);
  if (response.type === 'denied' && response.error.code === 'sign-in-denied') {
    return { type: 'refused', error: 'access_denied' };
  }
  if (response.type !== 'code') return { type: 'refused', error: 'server_error' };
  const { code } = response;
  const redirectUri = `${parts.publicUrl()}/callback`;
  try {
    const answer = await parts.tokens.exchange({ code, redirectUri, verifier: visit.verifier });
    if (answer.type === 'granted') return { type: 'tokens', grant: answer.grant };
  } catch {
    // The log has it, from the request itself.
  }
  return { type: 'refused', error: 'server_error' };
}

async function spotifyUrl(visit: Visit, { settings, deps, publicUrl }: PairParts): Promise<string> {
  const pkce = { code_challenge_method: 'S256', code_challenge: await codeChallenge(visit.verifier) };
  return authorizeUrl({
    accountsUrl: deps.config.spotify_accounts_url,
    clientId: settings.clientId,
    redirectUri: `${publicUrl()}/callback`,
    scopes: deps.config.spotify_scopes,
    state: visit.state,
    ...(settings.clientSecret === '' ? { extra: pkce } : {}),
  });
}

/** A form on somebody else's page, which would send their code in the name of who looks at it. */
function isFromElsewhere({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && headers.origin !== new URL(publicUrl).origin;
}

/** As it came, so that a doubled parameter is seen. */
function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, 'http://server.invalid').searchParams;
}

/** Binds the callback to the browser that entered the code. `__Host-` keeps other hosts from setting it. */
function cookieName({ settings }: PairParts): string {
  return settings.publicUrl === undefined ? 'harmoni-pairing' : '__Host-harmoni-pairing';
}

function cookieFor(browser: string, parts: PairParts): string {
  const secure = parts.settings.publicUrl === undefined ? '' : '; Secure';
  const seconds = pairingLivesMs / 1000;
  return `${cookieName(parts)}=${browser}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function cookieOf({ headers }: FastifyRequest, parts: PairParts): string | undefined {
  const cookies = (headers.cookie ?? '').split(/;\s*/).map((cookie) => cookie.split('='));
  const value = cookies.find(([name]) => name === cookieName(parts))?.[1];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(html);
}
