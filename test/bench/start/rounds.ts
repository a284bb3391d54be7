/** Median milliseconds of each step, and how often longer than the first it is: the median over the rounds. */
export interface Rounds {
  readonly ms: Readonly<Record<string, number>>;
  readonly ratios: Readonly<Record<string, number>>;
}

/**
 * Takes the steps in turn, round by round, so that a machine that is busy with something else is so for all of them.
 * Each step says its own milliseconds. One round before the first is not counted.
 */
export async function inTurn(
  rounds: number,
  steps: Readonly<Record<string, () => Promise<number>>>,
): Promise<Rounds> {
  const names = Object.keys(steps);
  const taken: Record<string, number>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const row: Record<string, number> = {};
    for (const name of names) row[name] = (await steps[name]?.()) ?? 0;
    if (round > 0) taken.push(row);
  }
  const [first = ''] = names;
  const over = (value: (row: Record<string, number>, name: string) => number) =>
    Object.fromEntries(names.map((name) => [name, median(taken.map((row) => value(row, name)))]));
  return {
    ms: over((row, name) => row[name] ?? 0),
    ratios: over((row, name) => (row[name] ?? 0) / (row[first] ?? 1)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 100) / 100;
}
