import { expect, test } from 'vitest';
import { runChaos } from '../helpers/chaos/chaos.ts';

/** What every machine can try, and the worst of each sort; `npm run chaos` draws from all of them. */
const kinds = [
  ...['sigint', 'sigterm', 'kill-tree', 'kill-main'],
  ...['ytdlp-claim-users-file', 'ytdlp-flood', 'ffmpeg-truncate', 'ffmpeg-die'],
  ...['user-moves', 'file-for-folder'],
];
// The same for everybody, so that a fault is the change's that is tested; npm run chaos looks for new ones.
const seed = Number(process.env['HARMONI_TEST_SEED'] ?? 20_261_129);

test(
  `ten faults of ten kinds lose nothing and leave nothing (seed ${seed})`,
  { timeout: 600_000 },
  async () => {
    const result = await runChaos({ seed, runs: kinds.length, kinds });
    expect(result.faults).toEqual([]);
    expect(Object.keys(result.kinds).toSorted()).toEqual(kinds.toSorted());
  },
);
