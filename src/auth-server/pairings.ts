import { createSecret } from '../auth/pkce.ts';
import type { TokenGrant } from '../auth/token-answer.ts';
import { networksOf } from './networks.ts';
import { createPairingCode, readPairingCode } from './pairing-code.ts';
import { createWaitingPairings, mostWrongTries, type Visit } from './waiting-pairings.ts';

export interface Started {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly livesMs: number;
}

export type PollAnswer =
  | { readonly type: 'tokens'; readonly grant: TokenGrant }
  | {
      readonly type: 'refused';
      readonly error:
        'authorization_pending' | 'expired_token' | 'invalid_grant' | 'access_denied' | 'server_error';
    };

export interface Pairings {
  /**
   * A new pairing for a box at this address. When its network has enough of them, or all networks together, the oldest
   * gives way that nobody entered: of the same network, else of the most crowded one.
   */
  start(address: string): Started;
  /** Trades a code, which is used up by it, for a visit of Spotify. Undefined for a wrong one. */
  enter(typed: string, browser: string): Visit | undefined;
  /** The visit that the state belongs to, once, and only for the browser that entered the code. */
  arrive(state: string, browser: string): Visit | undefined;
  /** What the box gets to know. Tokens are forgotten as they are handed out. */
  poll(deviceCode: string): PollAnswer;
  /** Forgets what is too old. */
  sweep(): void;
  readonly size: number;
}

export const pairingLivesMs = 10 * 60_000;

export function createPairings(parts: {
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}): Pairings {
  const waiting = createWaitingPairings();
  const secret = (): string => createSecret(parts.randomBytes);
  const sweep = (): void => waiting.sweep(parts.now());

  return {
    sweep,
    get size() {
      return waiting.size;
    },
    start(address) {
      sweep();
      const from = networksOf(address);
      waiting.makeRoom(from);
      let userCode = createPairingCode(parts.randomBytes);
      while (waiting.hasCode(userCode)) userCode = createPairingCode(parts.randomBytes);
      const endsAtMs = parts.now() + pairingLivesMs;
      const deviceCode = secret();
      waiting.add({ userCode, deviceCode, endsAtMs }, from);
      return { deviceCode, userCode, livesMs: pairingLivesMs };
    },
    enter(typed, browser) {
      sweep();
      const code = readPairingCode(typed);
      const pairing = code === undefined ? undefined : waiting.takeCode(code);
      if (pairing === undefined) return undefined;
      return waiting.beginVisit(pairing, { state: secret(), verifier: secret(), browser });
    },
    arrive(state, browser) {
      sweep();
      return waiting.takeVisit(state, browser);
    },
    poll(deviceCode) {
      const pairing = waiting.get(deviceCode);
      if (pairing === undefined) return { type: 'refused', error: 'invalid_grant' };
      const { outcome } = pairing;
      if (outcome !== undefined) {
        waiting.remove(pairing);
        return outcome;
      }
      const dead = pairing.endsAtMs <= parts.now() || pairing.wrongTries >= mostWrongTries;
      if (!dead) return { type: 'refused', error: 'authorization_pending' };
      waiting.remove(pairing);
      return { type: 'refused', error: 'expired_token' };
    },
  };
}
