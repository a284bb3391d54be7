import { HarmoniError } from '../errors.ts';
import type { HttpResponse } from '../system/http.ts';
import { backoffMs } from '../system/retry-delay.ts';
import type { AccountsDeps, SpotifyConfig } from './sign-in-method.ts';
import { readTokenAnswer, type TokenAnswer, type TokenGranted, type TokenRefused } from './token-answer.ts';

export interface TokenRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For refreshes: the signal ends the waits between tries, not a request under way, so that no answer is lost. */
  readonly uninterrupted?: boolean;
}

const mostRetries = 5;
const mostSilentMs = 60_000;
const backoff = { baseMs: 1_000, mostMs: 30_000, jitter: 0.25 };
const mostBytes = 64 * 2 ** 10;

export function tokenUrl(config: SpotifyConfig): string {
  return `${config.spotify_accounts_url.replace(/\/+$/, '')}/api/token`;
}

/**
 * Posts a form to a token endpoint (RFC 6749, 3.2) and tries again while the failure may pass: no connection, 429, 5xx,
 * an answer that is neither a token nor an OAuth error. At most five new tries and a minute of waiting.
 * Throws network-unreachable, network-timeout, spotify-unavailable, response-not-understood, or the signal's reason.
 */
export async function requestToken(
  request: TokenRequest,
  deps: AccountsDeps,
  signal: AbortSignal,
): Promise<TokenGranted | TokenRefused> {
  let waitedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const answer = await tryOnce(request, deps, signal);
    const facts = { grant: request.form['grant_type'], attempt, answer: nameOf(answer) };
    deps.log.write(answer.type === 'granted' ? 'info' : 'warn', 'token request', facts);
    if (answer.type !== 'passing') return answer;
    const random = (deps.randomBytes(1)[0] ?? 128) / 256;
    const waitMs = answer.retryAfterMs ?? backoffMs(attempt, backoff, random);
    waitedMs += waitMs;
    if (attempt > mostRetries || waitedMs > mostSilentMs) throw withComeback(answer, deps.clock.now());
    await deps.clock.sleep(waitMs, signal);
  }
}

async function tryOnce(request: TokenRequest, deps: AccountsDeps, signal: AbortSignal): Promise<TokenAnswer> {
  let response: HttpResponse;
  try {
    response = await deps.http.request({
      url: request.url,
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...request.headers,
      },
      body: new URLSearchParams(request.form).toString(),
      maxBytes: mostBytes,
      ...(request.uninterrupted === true ? {} : { signal }),
    });
  } catch (error) {
    if (!(error instanceof HarmoniError)) throw error;
    const fix = 'Check the internet connection, then try again.';
    return { type: 'passing', error: new HarmoniError(error.code, error.message, { fix, cause: error }) };
  }
  const { status, body, headers } = response;
  return readTokenAnswer(status, body.toString('utf8'), headers['retry-after'], deps.clock.now());
}

/** An error that says when to come back, where Spotify said it. */
function withComeback(answer: TokenAnswer & { type: 'passing' }, nowMs: number): HarmoniError {
  const { error, retryAfterMs } = answer;
  if (retryAfterMs === undefined) return error;
  const at = new Date(nowMs + retryAfterMs).toLocaleString();
  return new HarmoniError(error.code, error.message, { fix: `Try again after ${at}.`, cause: error });
}

function nameOf(answer: TokenAnswer): string {
  switch (answer.type) {
    case 'granted':
      return 'granted';
    case 'refused':
      return answer.error;
    case 'passing':
      return answer.error.code;
  }
}
