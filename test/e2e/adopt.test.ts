import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type Run, type World } from '../helpers/world.ts';
import { filesBelow, putWav } from '../library/adopt/adopt-bench.ts';

const tracks = makeTracks(4, { fromMs: 4_000, stepMs: 1_000 });
let world: World;
let own: string;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  own = join(world.folder, 'own');
  mkdirSync(own);
  for (const at of [1, 3]) {
    const { artist = '', track = '', durationMs = 0 } = tracks[at] ?? {};
    putWav(join(own, `${artist} - ${track}.wav`), durationMs / 1000, at);
  }
  writeFileSync(join(world.folder, 'Mix.csv'), exportifyCsv(tracks));
});
afterAll(() => world.close());

const run = (...args: readonly string[]): Promise<Run> => world.run([...args, '--json']);
const csv = (): string => join(world.folder, 'Mix.csv');
const playlist = (): readonly string[] =>
  readFileSync(join(world.music, 'Mix', 'Mix.m3u8'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
const nameOf = (at: number): string => `${tracks[at]?.artist ?? ''} - ${tracks[at]?.track ?? ''}`;

test('what somebody owns stays where it is, and only the rest is downloaded', async () => {
  const before = filesBelow(own);
  const adopted = await run('adopt', own, csv(), '--leave', '--yes');
  expect(adopted.exitCode).toBe(0);
  expect(adopted.json()).toMatchObject({
    folder: own,
    lists: [
      {
        name: 'Mix',
        tracks: [
          { status: 'missing' },
          { status: 'adopted', how: 'leave', path: join(own, `${nameOf(1)}.wav`) },
          { status: 'missing' },
          { status: 'adopted', how: 'leave' },
        ],
      },
    ],
    summary: { have: 0, certain: 2, uncertain: 0, missing: 2, adopted: 2 },
  });

  const downloaded = await run('download', csv(), '--yes');
  expect(downloaded.json()).toMatchObject({ summary: { done: 2, present: 2, failed: 0 } });
  expect(playlist()).toEqual([
    `${nameOf(0)}.opus`,
    `../../own/${nameOf(1)}.wav`,
    `${nameOf(2)}.opus`,
    `../../own/${nameOf(3)}.wav`,
  ]);
  expect(filesBelow(own)).toEqual(before);
});

test('a list that is followed leaves what the user owns alone when it leaves the list', async () => {
  const before = filesBelow(own);
  await run('follow', csv(), '--when-removed', 'trash');
  await run('sync', '--yes');
  writeFileSync(csv(), exportifyCsv(tracks.slice(2)));
  const synced = await run('sync', '--yes', '--allow-removals', '5');
  expect(synced.json()).toMatchObject({ sync: [{ removed: 2, trashed: 1 }], summary: { done: 0 } });
  expect(playlist()).toEqual([`${nameOf(2)}.opus`, `../../own/${nameOf(3)}.wav`]);
  expect(filesBelow(own)).toEqual(before);
});
