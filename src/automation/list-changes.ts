import { contradict, factsOf, isNameKey, trackKeys } from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';

/** How a list differs from what it was. Positions are in the two lists. Pure. */
export interface ListChanges {
  /** In the list now, and not before. */
  readonly added: readonly number[];
  /** In the list before, and no longer. */
  readonly left: readonly number[];
  /** The same song before and now, by position now. */
  readonly same: ReadonlyMap<number, number>;
  /** Songs that stand elsewhere among the others. */
  readonly moved: number;
}

type IsOfKind = (key: string) => boolean;

/** Kinds of keys from the surest to the least: what its source calls it, the recording, the upload, the name. */
const kinds: readonly IsOfKind[] = [
  (key) => key.startsWith('uri:'),
  (key) => key.startsWith('isrc:'),
  (key) => !isNameKey(key),
  isNameKey,
];

/**
 * Compares two states of a list. A song that its source has given another link or another title is the same by its ISRC or
 * its name. The same song may stand in a list twice. Pure.
 */
export function changesOf(before: readonly Track[], now: readonly Track[]): ListChanges {
  // A list that wasn't read, because it hasn't changed, has the very songs from before.
  if (before.length === now.length && before.every((track, at) => track === now[at]))
    return { added: [], left: [], same: new Map(now.map((_track, at) => [at, at])), moved: 0 };
  const same = new Map<number, number>();
  const open = new Set(before.keys());
  for (const isOfKind of kinds) {
    const byKey = new Map<string, number[]>();
    for (const at of open) {
      for (const key of keysOf(before, at, isOfKind)) byKey.set(key, [...(byKey.get(key) ?? []), at]);
    }
    for (const at of now.keys()) {
      if (same.has(at)) continue;
      const found = keysOf(now, at, isOfKind)
        .flatMap((key) => byKey.get(key) ?? [])
        .find((was) => open.has(was) && (isOfKind !== isNameKey || !areOther(before[was], now[at])));
      if (found === undefined) continue;
      same.set(at, found);
      open.delete(found);
    }
  }
  const order = [...now.keys()].flatMap((at) => same.get(at) ?? []);
  return {
    added: [...now.keys()].filter((at) => !same.has(at)),
    left: [...open],
    same,
    moved: order.length - longestInOrder(order),
  };
}

function keysOf(tracks: readonly Track[], at: number, isOfKind: IsOfKind): readonly string[] {
  const track = tracks[at];
  return track === undefined ? [] : trackKeys(track).filter(isOfKind);
}

function areOther(before: Track | undefined, now: Track | undefined): boolean {
  return before !== undefined && now !== undefined && contradict(factsOf(before), factsOf(now));
}

/** The length of the longest part that stands in order: the rest was moved (patience sorting). */
function longestInOrder(positions: readonly number[]): number {
  const ends: number[] = [];
  for (const position of positions) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    ends[low] = position;
  }
  return ends.length;
}
