import type { ServerResponse } from 'node:http';
import { answerOf } from './musicbrainz-answers.ts';
import type { MbCatalogue } from './musicbrainz-catalogue.ts';
import { listenOnLoopback } from '../helpers/loopback.ts';

/** An answer in place of the right one. */
export interface MbFault {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface MusicBrainzOptions {
  readonly catalogue: MbCatalogue;
  /** Milliseconds, by which the rate is measured; default the machine's. */
  readonly now?: () => number;
  /** Changes an answer before it is sent. */
  readonly spoil?: (path: string, json: unknown) => unknown;
}

export interface MusicBrainzStandIn {
  /** http://127.0.0.1:PORT/ws/2 */
  readonly url: string;
  /** Path and query of each request, in order. */
  readonly requests: string[];
  /** How many came too early. */
  readonly tooEarly: () => number;
  readonly userAgents: ReadonlySet<string>;
  /** What the next requests get, one each. */
  readonly faults: MbFault[];
  close(): Promise<void>;
}

/** As its front proxy says it. */
export const busyPage =
  '<html><head><title>MusicBrainz</title></head><body><p>The MusicBrainz web server is currently busy. Please try again later.</p></body></html>';

/** One request a second on average: a third one in two seconds is refused. */
const windowMs = 2_000;
const mostInWindow = 2;

/** musicbrainz.org on a free port of 127.0.0.1, with its rate limit and its ways of refusing. */
export async function startMusicBrainz(options: MusicBrainzOptions): Promise<MusicBrainzStandIn> {
  const { catalogue, now = () => performance.now(), spoil = (_, json): unknown => json } = options;
  const requests: string[] = [];
  const faults: MbFault[] = [];
  const userAgents = new Set<string>();
  let recent: number[] = [];
  let early = 0;

  function respond(response: ServerResponse, address: string, agent: string): void {
    const url = new URL(address, 'http://stand-in');
    requests.push(`${url.pathname}${decodeURIComponent(url.search)}`);
    userAgents.add(agent);
    recent = [...recent.filter((ms) => ms > now() - windowMs), now()];
    const fault = faults.shift();
    if (fault !== undefined) {
      response
        .writeHead(fault.status, { 'content-type': 'text/html', ...fault.headers })
        .end(fault.body ?? busyPage);
    } else if (!/^[\w.-]+\/[\w.-]+ \( \S+ \)$/.test(agent)) {
      response.writeHead(403).end();
    } else if (recent.length > mostInWindow) {
      early += 1;
      const headers = { 'retry-after': '1', 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' };
      response
        .writeHead(503, headers)
        .end(JSON.stringify({ error: 'Your requests are exceeding the allowable rate limit.' }));
    } else {
      const { status, json } = answerOf(catalogue, url.pathname, url.searchParams);
      const body = JSON.stringify(status === 200 ? spoil(url.pathname, json) : json);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }
  }

  const server = await listenOnLoopback((request, response) =>
    respond(response, request.url ?? '/', request.headers['user-agent'] ?? ''),
  );
  return {
    url: `${server.url}/ws/2`,
    requests,
    tooEarly: () => early,
    userAgents,
    faults,
    close: () => server.close(),
  };
}
