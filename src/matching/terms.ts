/** One thing that speaks for or against a candidate. */
export interface Term {
  /** Log odds: +1 makes the candidate about 2.7 times as likely to be the recording, -1 as much less. */
  readonly points: number;
  /** In words for people; empty where there is nothing to say. */
  readonly reason: string;
  /** Set where it says another recording outright (a live take, the clean cut): such a candidate is never sure. */
  readonly doubt?: boolean;
}

export const nothing: Term = { points: 0, reason: '' };

/** Reads a value off a line through given points, [x, y] with x rising; flat outside. */
export function onLine(line: readonly (readonly [number, number])[], x: number): number {
  let [fromX, fromY] = line[0] ?? [0, 0];
  if (x <= fromX) return fromY;
  for (const [toX, toY] of line) {
    if (x <= toX) return fromY + ((toY - fromY) * (x - fromX)) / (toX - fromX);
    [fromX, fromY] = [toX, toY];
  }
  return fromY;
}
