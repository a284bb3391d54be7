import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { processesWith } from '../helpers/process-tree.ts';
import { createWorld, exportifyCsv, finished, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(24, { fromMs: 4_000, stepMs: 50 });
const summary = z.object({
  summary: z.object({ done: z.number(), present: z.number(), failed: z.number(), cancelled: z.number() }),
});
let world: World;

beforeAll(async () => {
  world = await createWorld({
    tracks,
    catalogue: { decoys: ['live'] },
    youTube: { latencyMs: 20 },
    config: { max_concurrent_downloads: 3 },
  });
  world.env['XDG_HARMONI_TEST'] = world.folder;
});
afterAll(() => world.close());

function csv(name: string, from: number, to: number): string {
  const path = join(world.folder, name);
  writeFileSync(path, exportifyCsv(tracks.slice(from, to)));
  return path;
}

test('two HARMONIs with the same list at once fetch every song once', async () => {
  const list = csv('Both.csv', 0, 8);
  const args = ['download', list, '--yes', '--json'];
  const runs = await Promise.all([world.run(args), world.run(args)]);
  const sums = runs.map((run) => summary.parse(run.json()).summary);
  expect(sums.map(({ done, present }) => done + present)).toEqual([8, 8]);
  expect(sums.reduce((sum, { done }) => sum + done, 0)).toBe(8);
  const files = readdirSync(join(world.music, 'Both')).filter((name) => name.endsWith('.opus'));
  expect(files).toHaveLength(8);
  const fetched = world.youTube.requests.all
    .filter((request) => request.kind === 'player')
    .map((request) => request.videoId);
  expect(new Set(fetched).size).toBe(8);
});

test('Ctrl+C ends the children, leaves no work file and exits with 130; resume does the rest', async () => {
  world.youTube.failures.add({ failure: 'slow' });
  const child = world.start(['download', csv('Stopped.csv', 8, 16), '--yes', '--json']);
  child.stdin?.end();
  const end = finished(child);
  await downloadBegins();
  child.kill('SIGINT');
  const stopped = await end;
  expect(stopped.exitCode).toBe(130);
  expect(summary.parse(stopped.json()).summary.cancelled).toBeGreaterThan(0);
  expect(processesWith(`XDG_HARMONI_TEST=${world.folder}`)).toEqual([]);
  expect(existsSync(join(world.music, '.harmoni'))).toBe(false);

  world.youTube.failures.clear();
  const resumed = await world.run(['resume', '--json']);
  expect(summary.parse(resumed.json()).summary).toMatchObject({ failed: 0, cancelled: 0 });
  expect(resumed.exitCode).toBe(0);
  expect(readdirSync(join(world.music, 'Stopped')).filter((name) => name.endsWith('.opus'))).toHaveLength(8);
});

test('a terminal that is closed in the middle leaves no work file either, and the job stays', async () => {
  world.youTube.failures.add({ failure: 'slow' });
  const child = world.start(['download', csv('Closed.csv', 20, 24), '--yes', '--json']);
  child.stdin?.end();
  const end = finished(child);
  await downloadBegins();
  child.kill('SIGHUP');
  expect((await end).exitCode).toBe(130);
  expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
  world.youTube.failures.clear();
  const resumed = await world.run(['resume', '--json']);
  expect(summary.parse(resumed.json()).summary).toMatchObject({ failed: 0, cancelled: 0 });
});

test('Ctrl+C while matches are looked for shows those that were found, and exits with 130', async () => {
  // Far more than are looked for until the signal arrives.
  const others = Array.from({ length: 300 }, (_, number) => `Nobody - Nothing ${number}`);
  const child = world.start(['match', csv('Wondering.csv', 0, 4), ...others]);
  child.stdin?.end();
  const end = finished(child);
  const before = world.youTube.requests.all.length;
  while (world.youTube.requests.all.length < before + 20)
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  const stopped = await end;
  expect(stopped.exitCode).toBe(130);
  expect(stopped.stdout).toContain(': certain, would be downloaded');
  expect(stopped.stdout).not.toMatch(/Stopped|Nothing 299/);
});

async function downloadBegins(): Promise<void> {
  const before = world.youTube.requests.count('media');
  while (world.youTube.requests.count('media') === before)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

test('what failed is tried again by retry, and its playlist file stays whole and in order', async () => {
  const list = csv('Again.csv', 16, 20);
  const bad = world.youTube.catalogue.shelves[17]?.right?.videoId ?? '';
  world.youTube.failures.add({ failure: 'removed', videoId: bad });
  const first = await world.run(['download', list, '--yes', '--json']);
  expect(first.exitCode).toBe(1);
  expect(summary.parse(first.json()).summary).toMatchObject({ done: 3, failed: 1 });
  world.youTube.failures.clear();
  const second = await world.run(['retry', '--json']);
  expect(summary.parse(second.json()).summary).toMatchObject({ done: 1, failed: 0 });
  const lines = readFileSync(join(world.music, 'Again', 'Again.m3u8'), 'utf8').split('\n');
  expect(lines.filter((line) => line.endsWith('.opus'))).toEqual(
    tracks.slice(16, 20).map((track) => `${track.artist} - ${track.track}.opus`),
  );
});
