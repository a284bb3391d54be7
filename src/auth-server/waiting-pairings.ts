import { createHash } from 'node:crypto';
import type { TokenGrant } from '../auth/token-answer.ts';
import { createCrowd } from './crowd.ts';
import type { Network } from './networks.ts';
import { isNear } from './pairing-code.ts';

/** A box that waits for tokens, from its start until they are handed out. Kept in memory only. */
export interface Pairing {
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

/** The pairings of the moment, by all that they are asked for with. */
export interface WaitingPairings {
  readonly size: number;
  /** Lets those go that stand in the way of one more from there. */
  makeRoom(from: readonly Network[]): void;
  add(codes: { userCode: string; deviceCode: string; endsAtMs: number }, from: readonly Network[]): void;
  remove(pairing: Pairing): void;
  /** Removes those that have ended. */
  sweep(nowMs: number): void;
  get(deviceCode: string): Pairing | undefined;
  /** Whether this code can still be entered. */
  hasCode(code: string): boolean;
  /** The pairing of a code, which is used up by it. A wrong one counts as a try at every code that it is near to. */
  takeCode(code: string): Pairing | undefined;
  beginVisit(pairing: Pairing, secrets: Pick<Visit, 'state' | 'verifier' | 'browser'>): Visit;
  /** The visit that the state belongs to, once, and only for its browser. */
  takeVisit(state: string, browser: string): Visit | undefined;
}

/** Tries that kill the code that they are near to. */
export const mostWrongTries = 5;
const mostPairings = 2_000;
/** Of one network at a time. */
const mostWaiting = { address: 10, household: 20, site: 40 };

export function createWaitingPairings(): WaitingPairings {
  /** By the hash of the device code, so that the time of a look-up tells nothing about it. */
  const boxes = new Map<string, Pairing>();
  /** Codes that can still be entered. */
  const codes = new Map<string, Pairing>();
  /** By state. */
  const visits = new Map<string, Visit>();
  const crowd = createCrowd(mostWaiting, firstToGo);

  function remove(pairing: Pairing): void {
    boxes.delete(pairing.key);
    codes.delete(pairing.userCode);
    if (pairing.state !== undefined) visits.delete(pairing.state);
    crowd.remove(pairing);
  }

  return {
    get size() {
      return boxes.size;
    },
    makeRoom(from) {
      for (let late = crowd.inTheWay(from); late !== undefined; late = crowd.inTheWay(from)) remove(late);
      const late = boxes.size < mostPairings ? undefined : crowd.mostCrowded();
      if (late !== undefined) remove(late);
    },
    add({ userCode, deviceCode, endsAtMs }, from) {
      const key = hashOf(deviceCode);
      const pairing = { userCode, key, endsAtMs, wrongTries: 0, state: undefined, outcome: undefined };
      boxes.set(key, pairing);
      codes.set(userCode, pairing);
      crowd.add(pairing, from);
    },
    remove,
    sweep(nowMs) {
      // In order of their coming, and all live equally long.
      for (const pairing of boxes.values()) {
        if (pairing.endsAtMs > nowMs) break;
        remove(pairing);
      }
    },
    get: (deviceCode) => boxes.get(hashOf(deviceCode)),
    hasCode: (code) => codes.has(code),
    takeCode: (code) => takeFrom(codes, code),
    beginVisit(pairing, secrets) {
      const visit = { ...secrets, conclude: (outcome: Outcome) => void (pairing.outcome = outcome) };
      pairing.state = visit.state;
      visits.set(visit.state, visit);
      return visit;
    },
    takeVisit(state, browser) {
      const visit = visits.get(state);
      if (visit === undefined || hashOf(visit.browser) !== hashOf(browser)) return undefined;
      visits.delete(state);
      return visit;
    },
  };
}

function takeFrom(codes: Map<string, Pairing>, typed: string): Pairing | undefined {
  const known = codes.get(typed);
  if (known !== undefined) {
    codes.delete(typed);
    return known;
  }
  for (const [code, pairing] of codes) {
    if (!isNear(typed, code)) continue;
    pairing.wrongTries += 1;
    if (pairing.wrongTries >= mostWrongTries) codes.delete(code);
  }
  return undefined;
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
