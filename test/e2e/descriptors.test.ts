import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(12, { fromMs: 3_000, stepMs: 50 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks });
  bench = await createJobBench(world);
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

/** Files and pipes of this process that have to do with the job; connections are kept for the next request. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd')
    .flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`)];
      } catch {
        // The listing itself.
        return [];
      }
    })
    .filter((target) => target.startsWith('pipe:') || target.startsWith(world.folder))
    .toSorted();
}

const listFrom = (name: string, from: number) => listOf(name, tracks.slice(from, from + 3));

test('jobs that end well, fail or are stopped leave no file and no pipe open', async () => {
  // What is opened once for all jobs: the database, the tagger.
  await bench.run([listFrom('First', 0)], { settings: { format: 'mp3' } });
  const before = openFiles();

  await bench.run([listFrom('Second', 3)], { settings: { format: 'flac' } });
  world.youTube.failures.add({ failure: 'removed' });
  await bench.run([listFrom('Removed', 6)]);
  world.youTube.failures.clear();
  world.youTube.failures.add({ failure: 'slow' });
  const stop = new AbortController();
  const seen = world.youTube.requests.count('media');
  const config = { max_concurrent_downloads: 2 };
  const running = bench.run([listFrom('Stopped', 9)], { signal: stop.signal, config });
  while (world.youTube.requests.count('media') === seen)
    await new Promise((resolve) => setTimeout(resolve, 10));
  stop.abort(new Error('stopped'));
  await running;
  world.youTube.failures.clear();

  expect(openFiles()).toEqual(before);
});
