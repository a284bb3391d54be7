import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { demoSongs } from '../../src/demo/demo-songs.ts';
import { createWorld, type World } from '../helpers/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ tracks: [] });
});
afterAll(() => world.close());

const report = z.object({
  lists: z.array(z.object({ name: z.string() })),
  summary: z.object({ done: z.number(), present: z.number(), failed: z.number() }),
});

test('the demo signs in, reads its playlists and downloads them; the second time all is there', async () => {
  const first = await world.run(['demo', '--yes', '--json']);
  expect(first.stderr).toContain('Signed in as Demo Listener.');
  const { lists, summary } = report.parse(first.json());
  expect(lists.map(({ name }) => name)).toEqual(['Road Trip', 'Evenings', 'Odds and Ends']);
  expect(summary).toMatchObject({ done: demoSongs.length + 1, failed: 0 });
  expect(first.exitCode).toBe(0);
  const second = report.parse((await world.run(['demo', '--yes', '--json'])).json()).summary;
  expect(second).toMatchObject({ done: 0, present: summary.done + summary.present });
  // It plays in a folder of its own.
  expect(readdirSync(join(world.data, 'demo', 'music'))).toHaveLength(3);
});

test('without ffmpeg the demo says so and ends, with nothing left listening', async () => {
  const none = { HARMONI_FFMPEG: '', HARMONI_YTDLP: '', PATH: '/nowhere' };
  const { exitCode, stdout } = await world.run(['demo', '--yes', '--json'], { env: none });
  expect(stdout).toContain('"code": "ffmpeg-missing"');
  expect(exitCode).toBe(1);
});
