import { expect, test } from 'vitest';
import { runChaos } from '../helpers/chaos/chaos.ts';
import { testSeed } from '../helpers/random.ts';

/** What every machine can try, and the worst of each sort; `npm run chaos` draws from all of them. */
const kinds = [
  ...['sigint', 'sigterm', 'kill-tree', 'kill-main'],
  ...['ytdlp-claim-users-file', 'ytdlp-flood', 'ffmpeg-truncate', 'ffmpeg-die'],
  ...['user-moves', 'file-for-folder'],
];

test(
  `ten faults of ten kinds lose nothing and leave nothing (seed ${testSeed})`,
  { timeout: 600_000 },
  async () => {
    const result = await runChaos({ seed: testSeed, runs: kinds.length, kinds });
    expect(result.faults).toEqual([]);
    expect(Object.keys(result.kinds).toSorted()).toEqual(kinds.toSorted());
  },
);
