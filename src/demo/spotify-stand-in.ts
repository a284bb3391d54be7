import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createAccounts, type AccountsOptions, type Approval } from './spotify-accounts.ts';
import { answerApi } from './spotify-api.ts';
import type { DemoCatalogue } from './spotify-catalogue.ts';
import type { DemoClient } from './spotify-clients.ts';
import { coverPicture } from './spotify-cover.ts';
import { textAnswer, type DemoAnswer, type DemoRequest } from './spotify-exchange.ts';
import { createFaultPlan, type DemoFault, type FaultPlan, type FaultRule } from './spotify-faults.ts';
import { createDemoTokens, type DemoTokens, type RefreshRule, type TokenAnswer } from './spotify-tokens.ts';

export interface StandInOptions {
  readonly catalogue: DemoCatalogue;
  /** Default: one new app `demo-client`, any port of http://127.0.0.1/callback, with the device grant. */
  readonly clients?: readonly DemoClient[];
  /** What the person does on the consent page; default they read it. */
  readonly approval?: Approval;
  readonly refreshRule?: RefreshRule;
  /** Life of an access token; default 3600. */
  readonly accessSeconds?: number;
  /** Life of a sign-in; default six months. */
  readonly refreshLifeMs?: number;
  readonly grantScopes?: AccountsOptions['grantScopes'];
  /** Seconds between two polls of the device grant; default 5. */
  readonly deviceIntervalSeconds?: number;
  /** Before each answer. */
  readonly latencyMs?: number;
  readonly now?: () => number;
}

interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** 0 when the connection was torn. */
  status: number;
}

export interface SpotifyStandIn {
  /** http://127.0.0.1:PORT, for HARMONI_SPOTIFY_ACCOUNTS_URL. */
  readonly url: string;
  /** The same with /v1, for HARMONI_SPOTIFY_API_URL. */
  readonly apiUrl: string;
  readonly catalogue: DemoCatalogue;
  readonly tokens: DemoTokens;
  /** All tokens, codes, verifiers and client secrets so far: none may be in a log or an output. */
  readonly secrets: ReadonlySet<string>;
  readonly requests: readonly LoggedRequest[];
  /** Requests whose path matches. */
  count(path: RegExp): number;
  /** The most requests that were in flight at once. */
  readonly peak: () => number;
  readonly faults: Pick<FaultPlan, 'clear'>;
  play(fault: DemoFault, rule?: Omit<FaultRule, 'fault'>): void;
  setApproval(approval: Approval): void;
  decideDevice(userCode: string, decision: 'agree' | 'cancel'): boolean;
  /** Tokens without a sign-in. */
  signIn(options?: { clientId?: string; scopes?: readonly string[] }): TokenAnswer;
  close(): Promise<void>;
}

export const demoClient: DemoClient = {
  id: 'demo-client',
  name: 'HARMONI demo',
  redirectUris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
  deviceGrant: true,
};

const sixMonthsMs = 183 * 24 * 3_600_000;
const mostBodyBytes = 64 * 1_024;
const allScopes = ['playlist-read-private', 'playlist-read-collaborative', 'user-library-read'];

/** A stand-in of accounts.spotify.com and api.spotify.com on a free port of 127.0.0.1. */
export async function startSpotifyStandIn(options: StandInOptions): Promise<SpotifyStandIn> {
  const { catalogue } = options;
  const clients = options.clients ?? [demoClient];
  const now = options.now ?? Date.now;
  const faults = createFaultPlan();
  const requests: LoggedRequest[] = [];
  let approval: Approval = options.approval ?? 'ask';
  let inFlight = 0;
  let peak = 0;

  const tokens = createDemoTokens({
    now,
    accessSeconds: options.accessSeconds ?? 3_600,
    refreshRule: options.refreshRule ?? 'as-spotify',
    refreshLifeMs: options.refreshLifeMs ?? sixMonthsMs,
  });
  const server = createServer((request, response) => {
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    response.once('close', () => (inFlight -= 1));
    void serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.');
  const url = `http://127.0.0.1:${address.port}`;
  const accounts = createAccounts({
    baseUrl: url,
    clients,
    tokens,
    now,
    approval: () => approval,
    grantScopes: options.grantScopes ?? ((asked) => asked),
    deviceIntervalSeconds: options.deviceIntervalSeconds ?? 5,
  });

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const logged: LoggedRequest = {
      method: request.method,
      path: request.path,
      query: request.query.toString(),
      status: 0,
    };
    requests.push(logged);
    if (options.latencyMs !== undefined) await new Promise((done) => setTimeout(done, options.latencyMs));
    const fault = faults.next(request);
    if (fault?.kind === 'reset') {
      incoming.socket.destroy();
      return;
    }
    const answer = fault?.kind === 'answer' ? fault.answer : answerOf(request);
    logged.status = fault?.kind === 'torn-body' ? 0 : answer.status;
    await write(response, answer, fault);
  }

  function answerOf(request: DemoRequest): DemoAnswer {
    if (request.path.startsWith('/image/')) return coverPicture(request.path);
    if (request.path.startsWith('/v1/')) {
      const cohortOf = (id: string) => clients.find((client) => client.id === id)?.cohort ?? 'new';
      return answerApi(
        { catalogue, baseUrl: url, cohortOf },
        request,
        tokens.check(request.headers['authorization']),
      );
    }
    return accounts.answer(request) ?? textAnswer(404, 'Not found');
  }

  return {
    url,
    apiUrl: `${url}/v1`,
    catalogue,
    tokens,
    secrets: tokens.secrets,
    requests,
    count: (path) => requests.filter((request) => path.test(request.path)).length,
    peak: () => peak,
    faults,
    play: (fault, rule = {}) => faults.play({ ...rule, fault }),
    setApproval(next) {
      approval = next;
    },
    decideDevice: (userCode, decision) => accounts.devices.decide(userCode, decision),
    signIn: ({ clientId, scopes = allScopes } = {}) =>
      tokens.issue({ clientId: clientId ?? clients[0]?.id ?? demoClient.id, scopes, isPublic: true }),
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

async function write(
  response: ServerResponse,
  answer: DemoAnswer,
  fault: DemoFault | undefined,
): Promise<void> {
  const whole = Buffer.from(answer.body);
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const body = fault?.kind === 'torn-json' ? half : whole;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  if (fault?.kind !== 'torn-body') {
    response.end(body);
    return;
  }
  await new Promise<void>((sent) => response.write(half, () => sent()));
  response.destroy();
}
