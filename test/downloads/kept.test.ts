import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(6, { fromMs: 4_000, stepMs: 50 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  bench = await createJobBench(world);
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

/** Videos that YouTube was asked for. */
const asked = (): number =>
  new Set(
    world.youTube.requests.all.flatMap(({ kind, videoId = '' }) => (kind === 'player' ? [videoId] : [])),
  ).size;

test('what was fetched when a job is stopped is not asked for again, and a video counts when it is asked for', async () => {
  const stop = new AbortController();
  const { report } = await bench.run([listOf('Kept', tracks)], {
    settings: { format: 'mp3' },
    config: { max_concurrent_downloads: 2 },
    signal: stop.signal,
    onEvent: (event) => {
      // All streams are there; none is a song yet.
      if (event.type === 'track-stage' && event.stage === 'convert') stop.abort();
    },
  });
  expect(report.summary.done).toBe(0);
  const visited = asked();
  expect(visited).toBeGreaterThan(0);
  // Each of the two yt-dlps may just have been about to ask for one more.
  const counted = bench.store.visits.lastHour().length;
  expect(counted).toBeGreaterThanOrEqual(visited);
  expect(counted).toBeLessThanOrEqual(visited + 2);
  const [folder = ''] = readdirSync(join(world.music, '.harmoni', 'kept'));
  const kept = readdirSync(join(world.music, '.harmoni', 'kept', folder)).length;
  expect(kept).toBeGreaterThan(0);

  world.youTube.requests.clear();
  const [open] = bench.store.jobs.interrupted();
  const again = await bench.resume(open?.id ?? 0);
  expect(again.report.summary).toMatchObject({ done: tracks.length, failed: 0, cancelled: 0 });
  expect(asked()).toBe(tracks.length - kept);
  expect(bench.store.visits.lastHour()).toHaveLength(counted + asked());
  expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
});

test.each(['convert', 'tag', 'publish'] as const)(
  'nothing begins after a stop that comes while a song is at "%s"',
  async (stage) => {
    const stop = new AbortController();
    const songs = tracks.slice(0, 2);
    const { report, events, stoppedBy } = await bench.run([listOf(`At ${stage}`, songs)], {
      settings: { format: 'flac', outputDir: join(world.folder, stage) },
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'track-stage' && event.stage === stage) stop.abort();
      },
    });
    expect(stoppedBy?.code).toBe('cancelled');
    // The one that is being filed may still arrive; whatever is told is on the disk.
    expect(report.summary.done).toBeLessThanOrEqual(stage === 'publish' ? 1 : 0);
    for (const { status, path } of report.lists[0]?.tracks ?? []) {
      expect(status === 'done').toBe(path !== undefined && existsSync(path));
    }
    const at = events.findIndex((event) => event.type === 'track-stage' && event.stage === stage);
    expect(events.slice(at + 1).filter((event) => event.type === 'track-stage')).toEqual([]);
    for (const { id } of bench.store.jobs.interrupted()) bench.store.jobs.end(id);
  },
);

test('a song that is fetched and waits for its conversion is not told to be downloading', async () => {
  const { events } = await bench.run([listOf('Told', tracks)], {
    settings: { format: 'wav', outputDir: join(world.folder, 'told') },
  });
  for (const position of tracks.keys()) {
    const steps = events.flatMap((event) =>
      'index' in event && event.index === position && event.type !== 'track-progress'
        ? [event.type === 'track-stage' ? event.stage : event.type]
        : [],
    );
    const from = steps.indexOf('download');
    expect(steps.slice(from, from + 3)).toEqual(['download', 'track-waits', 'convert']);
  }
});
