import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobBench, listOf } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000, stepMs: 50 });
let world: World;
beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
});
afterAll(() => world.close());

test('a decision for a provider that is not known fails its song alone', async () => {
  const bench = await createJobBench(world);
  const [first] = tracks;
  if (first === undefined) throw new Error('There is no track.');
  bench.store.overrides.set(first, { provider: 'elsewhere', id: 'abc' });
  const { report, stoppedBy } = await bench.run([listOf('Mix', tracks)]);
  expect(stoppedBy).toBeUndefined();
  expect(report.summary).toMatchObject({ done: 1, failed: 1 });
  await bench.close();
});
