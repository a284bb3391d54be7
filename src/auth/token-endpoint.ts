import { HarmoniError } from '../errors.ts';
import type { HttpResponse } from '../system/http.ts';
import { backoffMs } from '../system/retry-delay.ts';
import type { AccountsDeps, SpotifyConfig } from './sign-in-method.ts';
import { readTokenAnswer, type TokenGranted, type TokenRefused } from './token-answer.ts';

export interface TokenRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For refreshes: the signal ends the waits between tries, not a request under way, so that no answer is lost. */
  readonly uninterrupted?: boolean;
  /** New tries after a passing failure; default 5. */
  readonly retries?: number;
}

const mostRetries = 5;
const mostSilentMs = 60_000;
const backoff = { baseMs: 1_000, mostMs: 30_000, jitter: 0.25 };
const mostBytes = 64 * 2 ** 10;

export function tokenUrl(config: SpotifyConfig): string {
  return `${config.spotify_accounts_url.replace(/\/+$/, '')}/api/token`;
}

/** What may go well the next time. */
export interface Passing {
  readonly type: 'passing';
  readonly error: HarmoniError;
  readonly retryAfterMs?: number;
}

/** Sorts an answer by its status, body and Retry-After header. */
export type AnswerReader<A extends { readonly type: string }> = (
  status: number,
  body: string,
  retryAfter: string | undefined,
  nowMs: number,
) => A | Passing;

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
  return postForm(request, readTokenAnswer, deps, signal);
}

/** The same with a reader of its own, for answers of other shapes. */
export async function postForm<A extends { readonly type: string }>(
  request: TokenRequest,
  read: AnswerReader<A>,
  deps: AccountsDeps,
  signal: AbortSignal,
): Promise<A> {
  let waitedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const answer = await tryOnce(request, read, deps, signal);
    const facts = { grant: request.form['grant_type'], attempt, answer: nameOf(answer) };
    deps.log.write(isPassing(answer) ? 'warn' : 'info', 'token request', facts);
    if (!isPassing(answer)) return answer;
    const random = (deps.randomBytes(1)[0] ?? 128) / 256;
    const waitMs = answer.retryAfterMs ?? backoffMs(attempt, backoff, random);
    waitedMs += waitMs;
    const retries = request.retries ?? mostRetries;
    if (attempt > retries || waitedMs > mostSilentMs) throw withComeback(answer, deps.clock.now());
    await deps.clock.sleep(waitMs, signal);
  }
}

async function tryOnce<A extends { readonly type: string }>(
  request: TokenRequest,
  read: AnswerReader<A>,
  deps: AccountsDeps,
  signal: AbortSignal,
): Promise<A | Passing> {
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
    const fix = 'Check your internet connection, then try again.';
    return { type: 'passing', error: new HarmoniError(error.code, error.message, { fix, cause: error }) };
  }
  const { status, body, headers } = response;
  return read(status, body.toString('utf8'), headers['retry-after'], deps.clock.now());
}

function isPassing(answer: { readonly type: string }): answer is Passing {
  return answer.type === 'passing';
}

/** An error that says when to come back, where Spotify said it. */
function withComeback(answer: Passing, nowMs: number): HarmoniError {
  const { error, retryAfterMs } = answer;
  if (retryAfterMs === undefined) return error;
  const at = new Date(nowMs + retryAfterMs).toLocaleString();
  return new HarmoniError(error.code, error.message, { fix: `Try again after ${at}.`, cause: error });
}

function nameOf(answer: { readonly type: string }): string {
  if (isPassing(answer)) return answer.error.code;
  return 'error' in answer && typeof answer.error === 'string' ? answer.error : answer.type;
}
