import { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import { expectGrant, type TokenGrant, type TokenGranted, type TokenRefused } from './token-answer.ts';

export interface CodePoll {
  readonly intervalMs: number;
  /** How long the code is good for, from now on. */
  readonly livesMs: number;
  readonly ask: () => Promise<TokenGranted | TokenRefused>;
  readonly onTimeLeft: (leftMs: number) => void;
}

/** RFC 8628, 3.5. */
const slowDownMs = 5_000;
const mostIntervalMs = 60_000;
const leastIntervalMs = 1_000;
/** Minutes before the end at which the person is told. */
const toldMinutes = [30, 20, 10, 8, 6, 4, 3, 2, 1];

/**
 * Asks again and again until there is a token, or `expired`. A network that is gone for a while only makes it ask less
 * often (RFC 8628, 3.5). Throws sign-in-denied, client-refused, token-refused, or the signal's reason.
 */
export async function waitForToken(
  poll: CodePoll,
  clock: Clock,
  signal: AbortSignal,
): Promise<TokenGrant | 'expired'> {
  let intervalMs = Math.max(leastIntervalMs, poll.intervalMs);
  const endsAtMs = clock.monotonicMs() + poll.livesMs;
  let told = poll.livesMs;
  for (;;) {
    await clock.sleep(intervalMs, signal);
    const leftMs = endsAtMs - clock.monotonicMs();
    if (leftMs <= 0) return 'expired';
    const mark = toldMinutes.findLast((minutes) => minutes * 60_000 >= leftMs);
    if (mark !== undefined && mark * 60_000 < told) {
      told = leftMs;
      poll.onTimeLeft(mark * 60_000);
    }
    const answer = await askOrMiss(poll.ask);
    if (answer === 'missed') {
      intervalMs = Math.min(mostIntervalMs, intervalMs * 2);
      continue;
    }
    if (answer.type === 'granted') return answer.grant;
    switch (answer.error) {
      case 'authorization_pending':
        break;
      case 'slow_down':
        intervalMs += slowDownMs;
        break;
      case 'expired_token':
      // The server has forgotten the code, as one does that was started anew.
      case 'invalid_grant':
        return 'expired';
      case 'access_denied':
        throw new HarmoniError('sign-in-denied', "Access was denied on Spotify's page.");
      default:
        return expectGrant(answer, 'exchange');
    }
  }
}

const passing = [
  'network-unreachable',
  'network-timeout',
  'spotify-unavailable',
  'response-not-understood',
  'token-server-failed',
];

async function askOrMiss(ask: CodePoll['ask']): Promise<TokenGranted | TokenRefused | 'missed'> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HarmoniError && passing.includes(error.code)) return 'missed';
    throw error;
  }
}
