import { createHash } from 'node:crypto';
import { createSecret } from '../auth/pkce.ts';
import type { TokenGrant } from '../auth/token-answer.ts';
import { createCrowd } from './crowd.ts';
import { networksOf, type Network } from './networks.ts';
import { createPairingCode, isNear, readPairingCode } from './pairing-code.ts';

/** A box that waits for tokens, from its start until they are handed out. Kept in memory only. */
interface Pairing {
  readonly userCode: string;
  /** The hash of the device code. */
  readonly key: string;
  readonly endsAtMs: number;
  wrongTries: number;
  /** Of the visit of Spotify that its code was traded for. */
  state: string | undefined;
  outcome: Outcome | undefined;
}

/** What came of the sign-in on the phone. */
export type Outcome =
  | { readonly type: 'tokens'; readonly grant: TokenGrant }
  | { readonly type: 'refused'; readonly error: 'access_denied' | 'server_error' };

/** A browser on its way to Spotify and back. */
export interface Visit {
  readonly state: string;
  /** PKCE; used only where there is no client secret. */
  readonly verifier: string;
  /** The cookie of the browser that entered the code. */
  readonly browser: string;
  /** Settles the pairing that the code belonged to. */
  conclude(outcome: Outcome): void;
}

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
const mostWrongTries = 5;
const mostPairings = 2_000;
/** Of one network at a time. */
const mostWaiting = { address: 10, household: 20, site: 40 };

export function createPairings(parts: {
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
}): Pairings {
  /** By the hash of the device code, so that the time of a look-up tells nothing about it. */
  const boxes = new Map<string, Pairing>();
  /** Codes that can still be entered. */
  const codes = new Map<string, Pairing>();
  /** By state. */
  const visits = new Map<string, Visit & { readonly endsAtMs: number }>();
  const crowd = createCrowd(mostWaiting, firstToGo);
  const secret = (): string => createSecret(parts.randomBytes);

  function sweep(): void {
    const now = parts.now();
    // In order of their coming, and all live equally long.
    for (const pairing of boxes.values()) {
      if (pairing.endsAtMs > now) break;
      remove(pairing);
    }
  }

  function remove(pairing: Pairing): void {
    boxes.delete(pairing.key);
    codes.delete(pairing.userCode);
    if (pairing.state !== undefined) visits.delete(pairing.state);
    crowd.remove(pairing);
  }

  function makeRoom(from: readonly Network[]): void {
    for (let late = crowd.inTheWay(from); late !== undefined; late = crowd.inTheWay(from)) remove(late);
    const late = boxes.size < mostPairings ? undefined : crowd.mostCrowded();
    if (late !== undefined) remove(late);
  }

  function punish(typed: string): void {
    for (const [code, pairing] of codes) {
      if (!isNear(typed, code)) continue;
      pairing.wrongTries += 1;
      if (pairing.wrongTries >= mostWrongTries) codes.delete(code);
    }
  }

  return {
    sweep,
    get size() {
      return boxes.size;
    },
    start(address) {
      sweep();
      const from = networksOf(address);
      makeRoom(from);
      let userCode = createPairingCode(parts.randomBytes);
      while (codes.has(userCode)) userCode = createPairingCode(parts.randomBytes);
      const endsAtMs = parts.now() + pairingLivesMs;
      const deviceCode = secret();
      const key = hashOf(deviceCode);
      const pairing: Pairing = {
        userCode,
        key,
        endsAtMs,
        wrongTries: 0,
        state: undefined,
        outcome: undefined,
      };
      boxes.set(key, pairing);
      codes.set(userCode, pairing);
      crowd.add(pairing, from);
      return { deviceCode, userCode, livesMs: pairingLivesMs };
    },
    enter(typed, browser) {
      sweep();
      const code = readPairingCode(typed);
      if (code === undefined) return undefined;
      const pairing = codes.get(code);
      if (pairing === undefined) {
        punish(code);
        return undefined;
      }
      codes.delete(code);
      const visit = {
        state: secret(),
        verifier: secret(),
        browser,
        endsAtMs: pairing.endsAtMs,
        conclude: (outcome: Outcome) => void (pairing.outcome = outcome),
      };
      pairing.state = visit.state;
      visits.set(visit.state, visit);
      return visit;
    },
    arrive(state, browser) {
      sweep();
      const visit = visits.get(state);
      if (visit === undefined || hashOf(visit.browser) !== hashOf(browser)) return undefined;
      visits.delete(state);
      return visit;
    },
    poll(deviceCode) {
      const pairing = boxes.get(hashOf(deviceCode));
      if (pairing === undefined) return { type: 'refused', error: 'invalid_grant' };
      const { outcome } = pairing;
      if (outcome !== undefined) {
        remove(pairing);
        return outcome;
      }
      const dead = pairing.endsAtMs <= parts.now() || pairing.wrongTries >= mostWrongTries;
      if (!dead) return { type: 'refused', error: 'authorization_pending' };
      remove(pairing);
      return { type: 'refused', error: 'expired_token' };
    },
  };
}

/** The oldest that nobody entered; where all were entered, the oldest. */
function firstToGo(waiting: ReadonlySet<Pairing>): Pairing | undefined {
  let oldest: Pairing | undefined;
  for (const pairing of waiting) {
    if (pairing.state === undefined) return pairing;
    oldest ??= pairing;
  }
  return oldest;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
