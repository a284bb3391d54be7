import { expect, test } from 'vitest';
import { testSeed } from '../random.ts';
import { runChaos } from './chaos.ts';

/** A test of as many downloads as there are kinds of faults, each with its own. */
export function describeChaos(kinds: readonly string[]): void {
  const title = `${kinds.length} faults of as many kinds lose nothing and leave nothing (seed ${testSeed})`;
  test(title, { timeout: 600_000 }, async () => {
    const result = await runChaos({ seed: testSeed, runs: kinds.length, kinds });
    expect(result.faults).toEqual([]);
    expect(Object.keys(result.kinds).toSorted()).toEqual(kinds.toSorted());
  });
}
