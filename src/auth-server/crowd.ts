import type { Network, NetworkSort } from './networks.ts';

/** What waits, by the networks that it came from, so that a crowd makes room at its own expense. */
export interface Crowd<T> {
  add(member: T, from: readonly Network[]): void;
  remove(member: T): void;
  /** Who has to go before one more may come from there: of a network that has all it may have, else undefined. */
  inTheWay(from: readonly Network[]): T | undefined;
  /** Who has to go when there is no room at all: of the most crowded region. */
  mostCrowded(): T | undefined;
}

/**
 * @param most how many may wait of one network of each sort
 * @param pickOf chooses who goes from some that are in order of their coming
 */
export function createCrowd<T>(
  most: Readonly<Partial<Record<NetworkSort, number>>>,
  pickOf: (members: ReadonlySet<T>) => T | undefined,
): Crowd<T> {
  const networks = new Map<string, Set<T>>();
  /** The largest network of each address, by its key. */
  const regions = new Map<string, Set<T>>();
  const keysOf = new Map<T, readonly string[]>();

  return {
    add(member, from) {
      keysOf.set(
        member,
        from.map(({ key }) => key),
      );
      for (const { key } of from) {
        const members = networks.get(key) ?? new Set();
        members.add(member);
        networks.set(key, members);
      }
      const region = from.at(-1)?.key ?? '';
      const members = networks.get(region);
      if (members !== undefined) regions.set(region, members);
    },
    remove(member) {
      for (const key of keysOf.get(member) ?? []) {
        const members = networks.get(key);
        members?.delete(member);
        if (members?.size !== 0) continue;
        networks.delete(key);
        regions.delete(key);
      }
      keysOf.delete(member);
    },
    inTheWay(from) {
      for (const { sort, key } of from) {
        const members = networks.get(key);
        const limit = most[sort];
        if (members !== undefined && limit !== undefined && members.size >= limit) return pickOf(members);
      }
      return undefined;
    },
    mostCrowded() {
      let largest: ReadonlySet<T> = new Set();
      for (const members of regions.values()) if (members.size > largest.size) largest = members;
      return pickOf(largest);
    },
  };
}
