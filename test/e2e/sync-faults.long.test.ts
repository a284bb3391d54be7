import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type Run, type World } from '../helpers/world.ts';

const tracks = makeTracks(6, { fromMs: 4_000, stepMs: 50 });
const hourMs = 3_600_000;
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  write(tracks.slice(0, 3));
  await world.run(['follow', csv(), '--when-removed', 'trash']);
});
afterAll(() => world.close());

const csv = (): string => join(world.folder, 'Mix.csv');
const write = (of: typeof tracks): void => writeFileSync(csv(), exportifyCsv(of));
const sync = (env: NodeJS.ProcessEnv = {}): Promise<Run> => world.run(['sync', '--json'], { env });
const documentOf = (run: Run): unknown => JSON.parse(run.stdout);
const songsBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.opus'))
    : [];
const songs = (): string[] => songsBelow(join(world.music, 'Mix'));
const trashed = (): string[] => songsBelow(join(world.music, '.harmoni', 'trash'));
const playlist = (): string => readFileSync(join(world.music, 'Mix', 'Mix.m3u8'), 'utf8');
const entries = (): number => (playlist().match(/#EXTINF/g) ?? []).length;

describe('a clock', () => {
  const shifted = (ms: number): NodeJS.ProcessEnv => ({
    NODE_OPTIONS: `--import=${join(import.meta.dirname, '..', 'helpers', 'programs', 'shift-clock.mjs')}`,
    CLOCK_SHIFT_MS: String(ms),
  });

  test('an hour back changes nothing: songs come and go, and an undo brings them back', async () => {
    expect((await sync()).exitCode).toBe(0);
    write(tracks.slice(1, 4));
    const run = await sync(shifted(-hourMs));
    expect(documentOf(run)).toMatchObject({ sync: [{ new: 1, removed: 1, trashed: 1 }] });
    expect([songs().length, trashed().length, entries()]).toEqual([3, 1, 3]);
    expect((await world.run(['undo', '--yes'])).exitCode).toBe(0);
    expect(playlist()).toContain(tracks[0]?.track);
    expect(documentOf(await world.run(['sync', '--json', '--restore-deleted']))).toMatchObject({
      sync: [{ again: 1, removed: 0 }],
    });
    expect(entries()).toBe(3);
  });

  test('a month ahead empties no trash, and the right time is right again afterwards', async () => {
    write(tracks.slice(2, 4));
    await sync();
    const before = trashed();
    expect(before.length).toBeGreaterThan(0);
    write(tracks.slice(2, 5));
    const run = await sync(shifted(31 * 24 * hourMs));
    expect(documentOf(run)).toMatchObject({ sync: [{ new: 1, removed: 0 }] });
    expect(trashed()).toEqual(before);
    const again = await sync();
    expect(documentOf(again)).toMatchObject({ sync: [{ new: 0, removed: 0 }], summary: { done: 0 } });
    expect(entries()).toBe(3);
  });
});

test.skipIf(process.platform === 'win32')(
  'a FIFO where a CSV was, or next to it, is waited for by nobody',
  async () => {
    const before = readFileSync(csv());
    rmSync(csv());
    execFileSync('mkfifo', [csv()]);
    const instead = await sync();
    expect([instead.exitCode, documentOf(instead)]).toMatchObject([
      1,
      { sync: [{ state: 'failed', failure: { code: 'source-broken', message: `${csv()} isn't a file.` } }] },
    ]);
    const beside = join(world.folder, 'Other.csv');
    renameSync(csv(), beside);
    expect(documentOf(await sync())).toMatchObject({ sync: [{ failure: { code: 'source-not-found' } }] });
    rmSync(beside);
    writeFileSync(csv(), before);
    expect(documentOf(await sync())).toMatchObject({ sync: [{ state: 'synced', removed: 0 }] });
  },
);

test('what was downloaded is told and kept where songs that left cannot be moved to the trash', async () => {
  write(tracks.slice(0, 3));
  await sync();
  const other = join(world.folder, 'Other.csv');
  writeFileSync(other, exportifyCsv(tracks.slice(0, 1)));
  await world.run(['download', other, '--yes']);
  // A playlist file that can't be read may name any song.
  const unreadable = join(world.music, 'Other', 'Other.m3u8');
  rmSync(unreadable);
  mkdirSync(unreadable);
  write(tracks.slice(1, 4));
  const run = await sync();
  expect([run.exitCode, documentOf(run)]).toMatchObject([
    1,
    { summary: { done: 1 }, error: { code: 'output-not-writable' } },
  ]);
  expect((await world.run(['schedule', '--json'])).json()).toMatchObject({
    last: { downloaded: 1, error: { code: 'output-not-writable' } },
  });
  rmSync(unreadable, { recursive: true });
  expect(documentOf(await sync())).toMatchObject({ sync: [{ new: 0, removed: 1, trashed: 1 }] });
});

test.runIf(mayMount)('a full disk loses nothing, and the next sync with room puts all right', async () => {
  rmSync(world.music, { recursive: true });
  rmSync(world.data, { recursive: true });
  // The copy of what was fetched once would hide what yt-dlp says of a full disk.
  world.env['HARMONI_YTDLP'] = (await realTools()).ytDlp;
  using disk = mountDisk(world.music, 900);
  write(tracks.slice(0, 3));
  await world.run(['follow', csv(), '--when-removed', 'trash']);
  await sync();
  expect(entries()).toBe(3);
  const filler = join(disk.folder, 'filler');
  const { bavail, bsize } = statfsSync(disk.folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
  write(tracks.slice(1, 3));
  const unwritten = await sync();
  expect(unwritten.exitCode).toBe(1);
  // The playlist file names the song that left, so its file stays.
  expect(documentOf(unwritten)).toMatchObject({
    sync: [{ state: 'failed', failure: { code: 'output-not-writable' } }],
  });
  expect([songs().length, trashed().length, entries()]).toEqual([3, 0, 3]);
  write(tracks.slice(1, 5));
  const run = await sync();
  expect(run.exitCode).not.toBe(0);
  expect(run.stderr).toMatch(/No space left|space/);
  expect(songs().length + trashed().length).toBeGreaterThanOrEqual(3);
  rmSync(filler);
  const next = await sync();
  expect(next.exitCode).toBe(0);
  expect([songs().length, trashed().length, entries()]).toEqual([4, 1, 4]);
});
