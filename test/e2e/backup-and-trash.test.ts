import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(3, { fromMs: 4_000, stepMs: 50 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  writeFileSync(join(world.folder, 'Mix.csv'), exportifyCsv(tracks));
});
afterAll(() => world.close());

const download = ['download', 'Mix.csv', '--yes', '--json'];
const songs = (): string[] =>
  existsSync(join(world.music, 'Mix'))
    ? readdirSync(join(world.music, 'Mix')).filter((name) => name.endsWith('.opus'))
    : [];
const playlist = (): string => readFileSync(join(world.music, 'Mix', 'Mix.m3u8'), 'utf8');

test('the first download of a day is backed up, a song comes back from the trash with its playlist, and a lost store from its backup', async () => {
  await world.run(download);
  expect(songs()).toHaveLength(3);
  const backups = join(world.data, 'backups');
  expect(readdirSync(backups)).toHaveLength(1);
  await world.run(download);
  expect(readdirSync(backups)).toHaveLength(1);

  await world.run(['undo', '--yes']);
  expect(songs()).toEqual([]);
  const listed = await world.run(['trash', 'list', '--json']);
  expect(listed.json()).toMatchObject({ trash: [{ run: 2 }, { run: 2 }, { run: 2 }] });
  const [, second] = tracks;
  const name = `${second?.artist ?? ''} - ${second?.track ?? ''}`;
  const restored = await world.run(['trash', 'restore', name, '--json']);
  expect(restored.exitCode).toBe(0);
  expect(songs()).toHaveLength(1);
  expect(playlist()).toContain(`\n${songs()[0] ?? ''}\n`);

  await world.run(['backup', 'create']);
  expect((await world.run(['backup', 'verify'])).exitCode).toBe(0);
  rmSync(join(world.data, 'harmoni.db'));
  rmSync(join(world.music, 'Mix', 'Mix.m3u8'));
  const back = await world.run(['backup', 'restore', 'latest', '--yes', '--json']);
  expect(back.json()).toMatchObject({ restored: true, counts: { before: null } });
  expect(playlist()).toContain(`\n${songs()[0] ?? ''}\n`);
  expect((await world.run(['history', '--json'])).json()).toMatchObject({
    runs: [{ kind: 'restore' }, {}, {}],
  });
  expect((await world.run(download)).json()).toMatchObject({ summary: { done: 2, present: 1 } });
  expect((await world.run(['library', 'cleanup', '--yes', '--json'])).exitCode).toBe(0);
  expect(songs()).toHaveLength(3);
});
