import { alignClip } from '../../../src/ear/align.ts';
import { judge, type Comparison } from '../../../src/ear/judge.ts';
import type { Verdict } from '../../../src/tracks/heard.ts';

/** How a clip fitted, and what HARMONI makes of it. */
export interface Fit {
  readonly bitError: number;
  readonly worst: number;
  readonly distinct: number;
  readonly verdict: Verdict;
  /** What was compared. */
  readonly of: string;
}

/** Fits of one kind. */
export interface Group {
  readonly name: string;
  readonly fits: readonly Fit[];
}

/** With the length that it should have, so that only the sound decides. */
const agreeing = { fileMs: 180_000, trackMs: 180_000 };

/** One witness alone: what doesn't match is doubtful at most. */
export function fitOf(clip: readonly Uint32Array[], song: Uint32Array, of: string): Fit {
  const alignment = alignClip(clip, song);
  const { verdict } = judge([{ by: 'deezer', alignment }], agreeing);
  const { bitError = 0.5, worst = 0.5, distinct = 0 } = alignment ?? {};
  return { bitError, worst, distinct, verdict, of };
}

/** With a second sign, a length that is 30 seconds off: is it `different` then? */
export function isOther({ bitError, worst, distinct }: Fit): boolean {
  const alignment = { bitError, worst, distinct, atMs: 0, comparedMs: 30_000 };
  const comparison: Comparison = { by: 'deezer', alignment };
  const other = judge([comparison], { ...agreeing, fileMs: 210_000 });
  return other.verdict === 'different';
}

/** What so much of them is at most: 0 the least, 0.5 the middle one, 1 the most. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The share of those for which it is so. */
export function shareOf<T>(items: readonly T[], is: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(is).length / items.length;
}
