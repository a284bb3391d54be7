import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { inspect } from '../../src/downloads/inspect.ts';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type World } from '../helpers/world.ts';
import { contentsOf, makeSong } from '../library/convert/library.ts';

const tracks = makeTracks(6, { fromMs: 12_000, stepMs: 50 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  writeFileSync(join(world.folder, 'Mix.csv'), exportifyCsv(tracks));
  await world.run(['download', 'Mix.csv', '--yes']);
});
afterAll(() => world.close());

const schema = z.object({
  counts: z
    .record(z.string(), z.number())
    .transform(({ cover, ...rest }) => (rest['broken'] === undefined ? { cover, ...rest } : rest)),
  checked: z.string(),
  findings: z.array(z.object({ cause: z.string(), path: z.string() })),
  repair: z
    .object({ playlists: z.array(z.string()), summary: z.object({ done: z.number() }).optional() })
    .optional(),
});

async function verify(...args: readonly string[]) {
  const run = await world.run(['library', 'verify', '--json', ...args]);
  return { exitCode: run.exitCode, ...schema.parse(run.json()) };
}

test('what is broken, gone or silent is found by cause, and fetched again on a yes; the rest is only told', async () => {
  expect(await verify('--deep')).toMatchObject({ exitCode: 0, checked: 'sound', counts: { cover: 6 } });
  const mix = join(world.music, 'Mix');
  const songs = Object.keys(contentsOf(mix)).filter((way) => way.endsWith('.opus'));
  const at = (index: number): string => join(mix, songs[index] ?? '');
  expect(songs).toHaveLength(6);
  const whole = readFileSync(at(0));
  writeFileSync(at(0), whole.subarray(0, whole.length / 2));
  // Broken within, in a way that only listening shows.
  const damaged = readFileSync(at(1));
  damaged.fill(0x55, damaged.length / 2, damaged.length / 2 + 20_000);
  writeFileSync(at(1), damaged);
  rmSync(at(2));
  const own = await makeSong(join(world.music, 'own.mp3'), 1);
  writeFileSync(own, readFileSync(own).subarray(0, 3_000));
  symlinkSync('/nowhere/x.mp3', join(world.music, 'link.mp3'));
  writeFileSync(join(world.music, 'mine.m3u8'), '#EXTM3U\nMix/none.mp3\n');

  const shallow = await verify();
  expect(shallow).toMatchObject({ exitCode: 1, checked: 'structure' });
  expect(shallow.counts).toEqual({ broken: 2, gone: 1, playlist: 2, link: 1 });
  const deep = await verify('--deep');
  expect(deep.counts).toEqual({ broken: 3, gone: 1, playlist: 2, link: 1 });
  expect(statSync(at(0)).size).toBe(Math.floor(whole.length / 2));

  const repaired = await verify('--repair', '--yes');
  expect(repaired.exitCode).toBe(1);
  expect(repaired.repair?.summary?.done).toBe(3);
  for (const way of songs) expect((await inspect(join(mix, way), 'opus')).fault).toBeUndefined();
  const after = await verify('--deep');
  // The user's own file, playlist and link are as they were.
  expect(
    after.findings.filter(({ cause }) => cause !== 'cover').map(({ cause, path }) => [cause, path]),
  ).toEqual([
    ['broken', own],
    ['playlist', join(world.music, 'mine.m3u8')],
    ['link', join(world.music, 'link.mp3')],
  ]);
  expect(statSync(own).size).toBe(3_000);
});

test('without ffmpeg nothing is called broken', async () => {
  const run = await world.run(['library', 'verify', '--deep', '--json'], {
    env: { HARMONI_FFMPEG: '/nowhere/ffmpeg', PATH: '/nowhere' },
  });
  expect(run.exitCode).toBe(1);
  expect(run.json()).toMatchObject({ error: { code: 'ffmpeg-missing' } });
});
