import { networksOf, type NetworkSort } from './networks.ts';

export interface NetworkLimit {
  /** Counts a request, unless one of the networks of its address has had all that it may have. */
  admit(address: string): boolean;
  /** How many networks are being counted. */
  readonly size: number;
}

interface Counter {
  readonly endsAtMs: number;
  count: number;
}

/** Counters kept at a time; each is some 200 bytes. */
const mostCounters = 50_000;

/**
 * So many requests in a window of time from one network of each sort. @fastify/rate-limit counts by one key per request;
 * this counts by several, and keeps no more than it can hold.
 */
export function createNetworkLimit(parts: {
  readonly most: Readonly<Partial<Record<NetworkSort, number>>>;
  readonly windowMs: number;
  readonly now: () => number;
}): NetworkLimit {
  const counters = new Map<string, Counter>();

  function counterOf(key: string): Counter {
    const nowMs = parts.now();
    const known = counters.get(key);
    if (known !== undefined && known.endsAtMs > nowMs) return known;
    const fresh: Counter = { endsAtMs: nowMs + parts.windowMs, count: 0 };
    // At the end of the order: the first are those whose windows end first.
    counters.delete(key);
    counters.set(key, fresh);
    for (const [oldest, { endsAtMs }] of counters) {
      if (endsAtMs > nowMs && counters.size <= mostCounters) break;
      counters.delete(oldest);
    }
    return fresh;
  }

  return {
    get size() {
      return counters.size;
    },
    admit(address) {
      const limited = networksOf(address).flatMap(({ sort, key }) => {
        const most = parts.most[sort];
        return most === undefined ? [] : [{ counter: counterOf(key), most }];
      });
      if (limited.some(({ counter, most }) => counter.count >= most)) return false;
      for (const { counter } of limited) counter.count += 1;
      return true;
    },
  };
}
