import { expect, test } from 'vitest';
import { runChaos } from '../helpers/chaos/chaos.ts';
import { seedFrom } from '../helpers/random.ts';

/** What every machine can try, and the worst of each sort; `npm run chaos` draws from all of them. */
const kinds = [
  ...['sigint', 'sigterm', 'kill-tree', 'kill-main'],
  ...['ytdlp-claim-users-file', 'ytdlp-flood', 'ffmpeg-truncate', 'ffmpeg-die'],
  ...['user-moves', 'file-for-folder'],
];
const seed = seedFrom(process.env['HARMONI_TEST_SEED']);

test(
  `ten faults of ten kinds lose nothing and leave nothing (seed ${seed})`,
  { timeout: 600_000 },
  async () => {
    const result = await runChaos({ seed, runs: kinds.length, kinds });
    expect(result.faults).toEqual([]);
    expect(Object.keys(result.kinds).toSorted()).toEqual(kinds.toSorted());
  },
);
