import { ones } from './bits.ts';

/** How alike two fingerprints are at the place where they fit best. */
export interface Likeness {
  /** Wrong bits of the 32 of a value, on average: 16 for two songs that have nothing in common. */
  readonly bitErrors: number;
  /** By how many values the second begins later. */
  readonly offset: number;
  /** Different values that were compared: silence and held tones have few, and prove nothing. */
  readonly distinct: number;
}

/** One value is 0.1238 s: a song may begin up to 15 s later than another one of it. */
const mostOffset = 120;
/** How much of the shorter one has to lie beside the other. */
const leastOverlap = 0.8;

/** Compares two fingerprints at every offset that there may be. Undefined where one is empty. Pure. */
export function likeness(one: Uint32Array, other: Uint32Array): Likeness | undefined {
  const shorter = Math.min(one.length, other.length);
  const least = Math.max(1, Math.ceil(shorter * leastOverlap));
  let best = { bits: Number.POSITIVE_INFINITY, offset: 0 };
  for (let offset = -mostOffset; offset <= mostOffset; offset += 1) {
    const from = Math.max(0, offset);
    const to = Math.min(one.length, other.length + offset);
    if (to - from < least) continue;
    const bits = errorsAt(one, other, { from, to, offset }, best.bits);
    if (bits < best.bits) best = { bits, offset };
  }
  if (best.bits === Number.POSITIVE_INFINITY) return undefined;
  const values = one.subarray(Math.max(0, best.offset), Math.min(one.length, other.length + best.offset));
  return { bitErrors: best.bits, offset: best.offset, distinct: new Set(values).size };
}

/** Wrong bits per value; more than `enough` as soon as it can't be less. */
function errorsAt(
  one: Uint32Array,
  other: Uint32Array,
  { from, to, offset }: { readonly from: number; readonly to: number; readonly offset: number },
  enough: number,
): number {
  const most = enough * (to - from);
  let bits = 0;
  for (let at = from; at < to; at += 1) {
    bits += ones((one[at] ?? 0) ^ (other[at - offset] ?? 0));
    if (bits >= most) return Number.POSITIVE_INFINITY;
  }
  return bits / (to - from);
}
