import { HarmoniError } from '../errors.ts';
import { errorName } from './authorization-response.ts';
import type { AccountsDeps } from './sign-in-method.ts';
import { readTokenAnswer, type TokenAnswer, type TokenGranted, type TokenRefused } from './token-answer.ts';
import { postForm, type TokenRequest } from './token-endpoint.ts';

/** Their 500 mostly means that Spotify refused, so many new tries bring nothing. */
const retries = 1;

/**
 * Posts to a token server of the user's own. Throws network-unreachable, network-timeout, the signal's reason, or
 * token-server-failed with the name of the server.
 */
export async function requestFromServer(
  request: TokenRequest,
  deps: AccountsDeps,
  signal: AbortSignal,
): Promise<TokenGranted | TokenRefused> {
  try {
    return await postForm({ retries, ...request }, readServerAnswer, deps, signal);
  } catch (error) {
    throw namingServer(error, request.url);
  }
}

/** Also takes a plain text for a refusal: such servers often relay less than an OAuth error. */
export function readServerAnswer(
  status: number,
  body: string,
  retryAfter: string | undefined,
  nowMs: number,
): TokenAnswer {
  const answer = readTokenAnswer(status, body, retryAfter, nowMs);
  if (answer.type !== 'passing' || status < 400 || status >= 500 || status === 408 || status === 429) {
    return answer;
  }
  return { type: 'refused', status, error: errorName(body.trim()) };
}

/** What went wrong is this server's, not Spotify's. */
export function namingServer(error: unknown, url: string): unknown {
  const its = ['spotify-unavailable', 'response-not-understood'];
  if (!(error instanceof HarmoniError) || !its.includes(error.code)) return error;
  const status = /\((\d{3})\)/.exec(error.message)?.[1];
  return new HarmoniError(
    'token-server-failed',
    status === undefined
      ? `The server ${new URL(url).host} didn't send a token.`
      : `The server ${new URL(url).host} didn't send a token (${status}).`,
    { cause: error },
  );
}
