import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
import { lostConnection, readAnswer, type Asked, type Failure } from './api-error.ts';
import { defaultPace, type Pace } from './pacing.ts';
import { nextStep, type Past, type RetrySettings } from './retry.ts';
import { createTraffic } from './traffic.ts';

export interface SpotifySettings extends RetrySettings {
  readonly pace?: Pace;
  /** Requests in flight; default 3. */
  readonly atOnce?: number;
}

export interface ApiParts {
  readonly http: Http;
  /** A valid access token; with `forceRefresh` a new one, because Spotify refused the one before. */
  readonly getAccessToken: (options?: { forceRefresh?: boolean }) => Promise<string>;
  /** https://api.spotify.com/v1; "/v1" is added where it is missing. */
  readonly apiUrl: string;
  readonly clock: Clock;
  /** 0..1 */
  readonly random: () => number;
  readonly settings: SpotifySettings;
  /** Told before everything waits because Spotify asks for it; until when on the clock of the wall. */
  readonly onPause?: (untilMs: number) => void;
}

interface AskOptions extends Asked {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly signal?: AbortSignal | undefined;
}

/** GET, as JSON. Throws HarmoniError with the explanation once nothing more can be tried. */
export type Ask = (options: AskOptions) => Promise<unknown>;

/** Requests to the Web API: paced, few at once, tried again where that helps, with one token renewal per request. */
export function createAsk(parts: ApiParts): Ask {
  const { clock, settings } = parts;
  const base = parts.apiUrl.replace(/\/+$/, '').replace(/(\/v1)?$/, '/v1');
  const enter = createGate(settings.atOnce ?? 3);
  const traffic = createTraffic(clock, settings.pace ?? defaultPace, parts.onPause);
  const renew = createRenewal(parts.getAccessToken);

  async function ask(options: AskOptions): Promise<unknown> {
    const group = groupOf(options.path);
    let past: Past = { retries: 0, renewedToken: false };
    let token = await parts.getAccessToken();
    for (;;) {
      await traffic.turn(group, options.signal);
      const answer = await send(options, token, base, parts);
      if (answer.kind === 'json') {
        traffic.answered();
        return answer.value;
      }
      const step = nextStep(answer, past, settings, parts.random());
      switch (step.do) {
        case 'renew-token':
          token = await renew(token);
          past = { ...past, renewedToken: true };
          break;
        case 'wait':
          await clock.sleep(step.ms, options.signal);
          past = { ...past, retries: past.retries + 1 };
          break;
        case 'pause':
          traffic.pause(group, step.ms, step.error);
          if (step.counted) past = { ...past, retries: past.retries + 1 };
          break;
        case 'close':
          traffic.close(group, step.ms, step.error);
          throw step.error;
        case 'stop':
          throw step.error;
      }
    }
  }

  return async (options) => {
    const leave = await enter();
    try {
      return await ask(options);
    } finally {
      leave();
    }
  };
}

/** One request, and what came of it. Throws nothing but the signal's reason. */
async function send(
  options: AskOptions,
  token: string,
  base: string,
  { http, clock }: Pick<ApiParts, 'http' | 'clock'>,
): Promise<{ kind: 'json'; value: unknown } | Failure> {
  const query = Object.entries(options.query ?? {}).map(([key, value]): [string, string] => [
    key,
    `${value}`,
  ]);
  const search = query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;
  try {
    const { status, headers, body } = await http.request({
      url: `${base}${options.path}${search}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return readAnswer({ status, headers, body: body.toString('utf8') }, options, clock.now());
  } catch (error) {
    options.signal?.throwIfAborted();
    return lostConnection(error);
  }
}

/** Several requests find out at once that the token is refused: it is renewed for all of them once. */
function createRenewal(getAccessToken: ApiParts['getAccessToken']): (refused: string) => Promise<string> {
  let renewing: Promise<string> | undefined;
  return async (refused) => {
    const current = await getAccessToken();
    if (current !== refused) return current;
    renewing ??= getAccessToken({ forceRefresh: true }).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
}

/** Quotas are counted by groups of endpoints; which, is not published: playlists have been seen to have their own. */
function groupOf(path: string): string {
  if (path.includes('playlists')) return 'playlists';
  return path.startsWith('/me/') ? 'library' : (path.split('/')[1] ?? '');
}

/** Lets `most` in at once; the others wait in order. */
function createGate(most: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };
  return async () => {
    if (inside < most) inside += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return leave;
  };
}
