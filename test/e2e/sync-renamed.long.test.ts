import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { retag } from '../helpers/retag.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type Run, type World } from '../helpers/world.ts';

const tracks = makeTracks(7, { fromMs: 4_000, stepMs: 100 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  write('Mix', tracks.slice(0, 5));
  await world.run(['follow', csv('Mix'), '--when-removed', 'trash']);
  await sync();
});
afterAll(() => world.close());

const csv = (name: string): string => join(world.folder, `${name}.csv`);
const write = (name: string, of: typeof tracks): void => writeFileSync(csv(name), exportifyCsv(of));
const sync = (...args: readonly string[]): Promise<Run> => world.run(['sync', '--json', ...args]);
const documentOf = (run: Run): unknown => JSON.parse(run.stdout);
const folders = (): string[] => readdirSync(world.music).filter((name) => !name.startsWith('.'));
const playlist = (): string => readFileSync(join(world.music, 'Mix', 'Mix.m3u8'), 'utf8');

describe('a followed CSV that was exported again under another name', () => {
  test('is the same list: its folder and playlist file are kept, and only what is new is fetched', async () => {
    rmSync(csv('Mix'));
    write('Mix (1)', [...tracks.slice(1, 5), ...tracks.slice(5, 6)]);
    const plan = await sync('--dry-run');
    expect(plan.stderr).toContain("Mix.csv is gone. Mix (1).csv has its songs, so it's followed instead.");
    // A plan follows nothing yet.
    const run = await sync();
    expect(run.exitCode).toBe(0);
    expect(documentOf(run)).toMatchObject({
      sync: [{ name: 'Mix (1)', renamed: true, movedTo: csv('Mix (1)'), new: 1, removed: 1, trashed: 1 }],
      summary: { done: 1 },
    });
    expect(folders()).toEqual(['Mix']);
    expect(playlist().match(/#EXTINF/g)).toHaveLength(5);
    const again = await sync();
    expect(documentOf(again)).toMatchObject({
      sync: [{ name: 'Mix (1)', renamed: false, new: 0 }],
      summary: { done: 0 },
    });
  });

  test('is found again by a sync that follows one that was killed', async () => {
    renameSync(csv('Mix (1)'), csv('Mix (2)'));
    const child = world.start(['sync', '--json']);
    await new Promise<void>((told) => {
      child.stderr?.on('data', (text: Buffer) => {
        if (text.includes('is gone')) told();
      });
      child.once('close', () => told());
    });
    child.kill('SIGKILL');
    const run = await sync();
    expect([run.exitCode, documentOf(run)]).toMatchObject([
      0,
      { sync: [{ name: 'Mix (2)', new: 0, removed: 0 }], summary: { done: 0 } },
    ]);
    expect(folders()).toEqual(['Mix']);
  });

  test.each([
    ['two files have its songs', 5, 5, 'Mix (3).csv and Mix (4).csv may each be its new export'],
    ['the only other file shares too few songs', 2, undefined, "There's no file"],
  ])('is reported as missing where %s, and loses nothing', async (_what, first, second, told) => {
    const before = playlist();
    const now = readFileSync(csv('Mix (2)'));
    rmSync(csv('Mix (2)'));
    write('Mix (3)', tracks.slice(1, 1 + first));
    if (second !== undefined) write('Mix (4)', tracks.slice(1, 1 + second));
    const run = await sync();
    expect(run.exitCode).toBe(1);
    expect(documentOf(run)).toMatchObject({
      sync: [{ state: 'failed', failure: { code: 'source-not-found' } }],
    });
    expect(run.stderr).toContain(told);
    expect(playlist()).toBe(before);
    for (const name of ['Mix (3)', 'Mix (4)']) rmSync(csv(name), { force: true });
    writeFileSync(csv('Mix (2)'), now);
    expect((await sync()).exitCode).toBe(0);
    expect(existsSync(csv('Mix (2)'))).toBe(true);
  });
});

test('a song that a tag editor gave another title, artist and ISRC is neither fetched again nor moved to the trash', async () => {
  const folder = join(world.music, 'Mix');
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.opus'));
  const [own, ...others] = tracks.slice(1, 6).toSorted((a) => (file.includes(a.track) ? -1 : 1));
  const renamed = join(folder, 'Somebody Else - Another Title.opus');
  renameSync(join(folder, file), renamed);
  await retag(renamed, { TITLE: ['Another Title'], ARTIST: ['Somebody Else'], ISRC: ['ZZTST2600099'] });
  const run = await sync();
  expect(documentOf(run)).toMatchObject({ sync: [{ new: 0, deleted: 0 }], summary: { done: 0 } });
  expect(playlist()).toContain('Somebody Else - Another Title.opus');
  expect(playlist()).toContain(own?.track);
  write('Mix (2)', others);
  const left = await sync();
  expect(documentOf(left)).toMatchObject({ sync: [{ removed: 1, trashed: 0 }] });
  expect(left.stderr).toContain('Kept 1 file that you changed.');
  expect(existsSync(renamed)).toBe(true);
});
