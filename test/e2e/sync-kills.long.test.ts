import { expect, test } from 'vitest';
import { testSeed } from '../helpers/random.ts';
import { killSyncs } from '../helpers/sync-kills.ts';

test(
  `syncs that are killed while songs leave are put right by the next one, and undone (seed ${testSeed})`,
  { timeout: 240_000 },
  async () => {
    const { faults, kills } = await killSyncs({ kills: 3, seed: testSeed });
    expect(kills).toBe(3);
    expect(faults).toEqual([]);
  },
);
