import { expect, test } from 'vitest';
import { testSeed } from '../helpers/random.ts';
import { liveAYear } from '../helpers/sync-year.ts';

test(
  `some days of a year of syncs: nothing is lost, nothing is fetched twice (seed ${testSeed})`,
  { timeout: 240_000 },
  async () => {
    const { faults, changes } = await liveAYear({ changes: 8, seed: testSeed });
    expect(changes).toBe(8);
    expect(faults).toEqual([]);
  },
);
