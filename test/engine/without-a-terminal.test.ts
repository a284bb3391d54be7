import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import type { JobEvent } from '../../src/downloads/job-events.ts';
import { chooseAll } from '../../src/engine/choice.ts';
import { lookAtLibrary, scan } from '../../src/engine/library.ts';
import { planDownload } from '../../src/engine/plan.ts';
import { readInputs } from '../../src/engine/read-inputs.ts';
import { chooseFailed } from '../../src/engine/retry.ts';
import { candidatesFor, decideTrack, waitingTracks } from '../../src/engine/review.ts';
import { createJob, isComplete, run } from '../../src/engine/run.ts';
import { settingsOf } from '../../src/engine/wish.ts';
import { createSources } from '../../src/sources/sources.ts';
import { createJobBench } from '../helpers/job.ts';
import { createWorld, exportifyCsv, makeTracks } from '../helpers/world.ts';

/** All that a view of another kind would do, say a page on the web: no question, no line, no app. */
test('lists are read, planned, downloaded, reported and reviewed without a terminal', async () => {
  const tracks = makeTracks(3, { fromMs: 4_000 });
  await using world = await own(
    createWorld({ tracks, catalogue: { missing: (_track, index) => index === 2 } }),
  );
  await using bench = await own(createJobBench(world));
  const { store, clock } = bench;
  const config = configSchema.parse({ output_dir: world.music, audio_format: 'best', downloads_per_hour: 0 });
  const { signal } = new AbortController();
  const parts = {
    jobs: store.jobs,
    log: { write: () => undefined },
    beginWork: () => ({ signal, done: () => undefined }),
    downloadDeps: () => bench.deps(),
  };
  const csv = join(world.folder, 'Evening.csv');
  writeFileSync(csv, exportifyCsv([...tracks, ...tracks.slice(0, 1)]));

  const sources = createSources({
    providers: [],
    spotify: () => {
      throw new Error('not asked');
    },
    readStdin: () => {
      throw new Error('not asked');
    },
  });
  const lists = await readInputs(sources, [csv], { signal });
  const chosen = lists.map((list) => chooseAll(list, undefined));
  const plan = async () => {
    await scan(store, world.music, { signal, trash: join(world.folder, 'trash') });
    const settings = settingsOf(config, { accept: 'sure' });
    const { isPresent, facts } = lookAtLibrary(store, settings, config, clock);
    return planDownload(chosen, isPresent, facts);
  };
  const first = await plan();
  expect(first).toMatchObject({ new: 3, present: 0, doubles: 1, skipped: 0, timeMs: undefined });
  const lengthMs = tracks.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
  expect(first.space).toEqual({ bytes: Math.round(lengthMs * (145 / 8)), unknown: 0 });

  const events: JobEvent[] = [];
  const job = createJob(store.jobs, chosen, config, { accept: 'sure' });
  const end = await run(job, parts, (event) => void events.push(event));
  expect(end.report.summary).toMatchObject({ done: 2, present: 0, skipped: 1 });
  expect(isComplete(end)).toBe(false);
  expect(events.at(-1)).toEqual({ type: 'job-finished', report: end.report });
  for (const { path } of end.report.lists[0]?.tracks ?? [])
    if (path !== undefined) expect(existsSync(path)).toBe(true);
  expect(await plan()).toMatchObject({ new: 1, present: 2 });

  const [waiting, ...others] = waitingTracks(store);
  expect([waiting?.track.track, others]).toEqual([tracks[2]?.track, []]);
  if (waiting === undefined) return;
  const [candidate] = await candidatesFor(bench.deps().matchTrack, waiting, signal);
  decideTrack(store, waiting.track, candidate?.candidate.media ?? null);
  const again = createJob(store.jobs, chooseFailed(store.jobs, [waiting]), config, {
    accept: 'sure',
    replace: true,
  });
  expect((await run(again, parts, () => undefined)).report.summary).toMatchObject({ done: 1 });
  expect(await plan()).toMatchObject({ new: 0, present: 3, timeMs: 0 });
  expect(waitingTracks(store)).toEqual([]);
});

/** Closed with the test. */
async function own<T extends { close(): Promise<void> }>(making: Promise<T>): Promise<T & AsyncDisposable> {
  const made = await making;
  return Object.assign(made, { [Symbol.asyncDispose]: () => made.close() });
}
