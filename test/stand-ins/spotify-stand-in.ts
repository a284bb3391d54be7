import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { allScopes, type Approval, type TokenAnswer } from '../../src/demo/spotify-accounts.ts';
import type { DemoCatalogue } from '../../src/demo/spotify-catalogue.ts';
import type { DemoAnswer } from '../../src/demo/spotify-exchange.ts';
import { startDemoSpotify, type DemoSpotify, type SpotifyExchange } from '../../src/demo/spotify-server.ts';
import { createAccounts } from './spotify-accounts.ts';
import { answerApiStrictly } from './spotify-api.ts';
import { demoClient, type DemoClient } from './spotify-clients.ts';
import type { DevicesOptions } from './spotify-devices.ts';
import { createFaultPlan, type DemoFault, type FaultPlan, type FaultRule } from './spotify-faults.ts';
import { createTestTokens, type RefreshRule, type TestTokens } from './spotify-tokens.ts';

export interface StandInOptions {
  readonly catalogue: DemoCatalogue;
  /** Default: `demoClient`. */
  readonly clients?: readonly DemoClient[];
  /** What the person does on the consent page; default they read it. */
  readonly approval?: Approval;
  readonly refreshRule?: RefreshRule;
  /** Life of an access token; default 3600. */
  readonly accessSeconds?: number;
  /** Life of a sign-in; default six months. */
  readonly refreshLifeMs?: number;
  readonly grantScopes?: DevicesOptions['grantScopes'];
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

export interface SpotifyStandIn extends DemoSpotify {
  readonly catalogue: DemoCatalogue;
  readonly tokens: TestTokens;
  /** All tokens, codes, verifiers and client secrets so far: none may be in a log or an output. */
  readonly secrets: ReadonlySet<string>;
  readonly requests: readonly LoggedRequest[];
  /** Requests whose path matches. */
  count(path: RegExp): number;
  /** The most requests that were in flight at once. */
  readonly peak: () => number;
  readonly faults: Pick<FaultPlan, 'clear'>;
  play(fault: DemoFault, rule?: Omit<FaultRule, 'fault'>): void;
  decideDevice(userCode: string, decision: 'agree' | 'cancel'): boolean;
  /** Tokens without a sign-in. */
  signIn(options?: { clientId?: string; scopes?: readonly string[] }): TokenAnswer;
}

const sixMonthsMs = 183 * 24 * 3_600_000;

/** The demo's Spotify with everything that the real one refuses, the device grant, the old cohort, faults and a log. */
export async function startSpotifyStandIn(options: StandInOptions): Promise<SpotifyStandIn> {
  const { catalogue, clients = [demoClient], now = Date.now } = options;
  const faults = createFaultPlan();
  const requests: LoggedRequest[] = [];
  let approval: Approval = options.approval ?? 'ask';
  let inFlight = 0;
  let peak = 0;

  const tokens = createTestTokens({
    now,
    accessSeconds: options.accessSeconds ?? 3_600,
    refreshRule: options.refreshRule ?? 'as-spotify',
    refreshLifeMs: options.refreshLifeMs ?? sixMonthsMs,
  });
  const accounts = createAccounts({
    clients,
    tokens,
    now,
    approval: () => approval,
    grantScopes: options.grantScopes ?? ((asked) => asked),
    deviceIntervalSeconds: options.deviceIntervalSeconds ?? 5,
  });

  async function handle(exchange: SpotifyExchange): Promise<void> {
    const { request, response } = exchange;
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    response.once('close', () => (inFlight -= 1));
    const { method, path } = request;
    const logged: LoggedRequest = { method, path, query: request.query.toString(), status: 0 };
    requests.push(logged);
    if (options.latencyMs !== undefined) await sleep(options.latencyMs);
    const fault = faults.next(request);
    if (fault?.kind === 'reset') {
      response.destroy();
      return;
    }
    const answer = fault?.kind === 'answer' ? fault.answer : answerOf(exchange);
    logged.status = fault?.kind === 'torn-body' ? 0 : answer.status;
    await write(response, answer, fault);
  }

  function answerOf({ request, baseUrl, answer }: SpotifyExchange): DemoAnswer {
    if (!request.path.startsWith('/v1/')) return accounts.answer(request, baseUrl) ?? answer();
    const cohortOf = (id: string) => clients.find((client) => client.id === id)?.cohort ?? 'new';
    const bearer = tokens.check(request.headers['authorization']);
    return answerApiStrictly({ catalogue, baseUrl, cohortOf }, request, bearer);
  }

  const spotify = await startDemoSpotify({
    catalogue,
    approval,
    newCode: (asked) => accounts.newCode(asked),
    handle,
  });
  return {
    ...spotify,
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
      spotify.setApproval(next);
    },
    decideDevice: (userCode, decision) => accounts.devices.decide(userCode, decision),
    signIn: ({ clientId, scopes = allScopes } = {}) =>
      tokens.issue({ clientId: clientId ?? clients[0]?.id ?? demoClient.id, scopes, isPublic: true }),
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
