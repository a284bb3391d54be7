import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scanLibrary } from '../../src/library/scan.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000, stepMs: 50 });
const one = tracks.slice(0, 1);
const names = tracks.map(({ artist, track }) => `${artist} - ${track}`);
const { signal } = new AbortController();
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const folder of ['music', 'elsewhere', 'trash', 'job-data']) {
    rmSync(join(world.folder, folder), { recursive: true, force: true });
  }
  mkdirSync(world.music);
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
  return () => bench.close();
});

/** All files and links below a folder, and what is in them. */
function contentOf(folder: string): string {
  const all = ['.', '!', '-type', 'd', '-printf', '%p %y ', '-type', 'f', '-exec', 'cat', '{}', ';'];
  return execFileSync('find', all, { cwd: folder, encoding: 'utf8' });
}

function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

describe('in the hidden folder of the work files', () => {
  test.each(['a folder', 'a link'])("what is the user's stays, where it is %s", async (kind) => {
    const hidden = join(world.music, '.harmoni');
    const folder = kind === 'a link' ? join(world.folder, 'elsewhere') : hidden;
    put(join(folder, 'photos', 'x', 'a.jpg'), 'precious');
    put(join(folder, 'kept', '2019-holiday', 'b.jpg'), 'precious');
    put(join(folder, 'kept', '01-letter.txt'), 'precious');
    put(join(world.folder, 'elsewhere', 'deep', 'c.txt'), 'precious');
    symlinkSync(join(world.folder, 'elsewhere', 'deep'), join(folder, 'ffffffffffffffff'));
    symlinkSync(join(world.folder, 'elsewhere', 'deep'), join(folder, 'kept', '1700000000000-1'));
    if (kind === 'a link') symlinkSync(folder, hidden);
    const before = [contentOf(folder), contentOf(join(world.folder, 'elsewhere'))];
    const { report } = await bench.run([listOf('Mix', one)]);
    expect(report.summary.done).toBe(1);
    expect([contentOf(folder), contentOf(join(world.folder, 'elsewhere'))]).toEqual(before);
  });

  test('a kept stream that was cut off meanwhile is fetched again', async () => {
    const stop = new AbortController();
    await bench.run([listOf('Kept', tracks)], {
      settings: { format: 'mp3' },
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'track-stage' && event.stage === 'convert') stop.abort();
      },
    });
    const kept = join(world.music, '.harmoni', 'kept');
    const streams = readdirSync(kept, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('/'),
    );
    expect(streams.length).toBeGreaterThan(0);
    for (const name of streams) truncateSync(join(kept, name), 5_000);
    const [open] = bench.store.jobs.interrupted();
    const { report } = await bench.resume(open?.id ?? 0);
    expect(report.summary).toMatchObject({ done: tracks.length, failed: 0, unsure: 0 });
  });
});

describe('playlist files', () => {
  test('a FIFO with the name of one is not waited for', async () => {
    mkdirSync(join(world.music, 'Mix'));
    execFileSync('mkfifo', [join(world.music, 'Mix', 'x.m3u8')]);
    await bench.run([listOf('Mix', one)]);
    await scanLibrary(world.music, bench.store.files, { signal });
    const { report } = await bench.run([listOf('Mix', one)], { settings: { format: 'mp3', reformat: true } });
    expect(report.summary.done).toBe(1);
  });

  test('that of a list whose file is gone is kept when another list of its name takes its place', async () => {
    const list = (at: number, sourceFile: string) => ({
      ...listOf('Rock', tracks.slice(at, at + 1), `file:${at}`),
      sourceFile,
    });
    await bench.run([list(0, join(world.folder, 'gone.csv'))]);
    const file = join(world.music, 'Rock', 'Rock.m3u8');
    const before = readFileSync(file, 'utf8');
    await bench.run([list(1, join(world.folder, 'other.csv'))]);
    expect(readFileSync(file, 'utf8')).toContain(names[1]);
    const trash = join(world.music, '.harmoni', 'trash');
    const [kept = ''] = readdirSync(trash, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.m3u8'),
    );
    expect(readFileSync(join(trash, kept), 'utf8')).toBe(before);
  });

  test.each(['{list}/{track}', '{track}'])(
    'are written for names as long as they can be (%s)',
    async (template) => {
      const long = 'L'.repeat(300);
      const folder = 'L'.repeat(230);
      if (!template.includes('{list}')) put(join(world.music, folder, `${folder}.m3u8`), 'mine');
      const { report } = await bench.run([listOf(long, one, 'file:1'), listOf(long, one, 'file:2')], {
        settings: { fileNameTemplate: template },
      });
      const files = report.lists.map(({ playlistFile = '' }) => playlistFile);
      expect(new Set(files).size).toBe(2);
      for (const file of files) expect(readFileSync(file, 'utf8')).toContain('#EXTINF');
    },
  );
});

test('what lies in the trash is not there, also where the library holds the trash of HARMONI 2.0', async () => {
  const trash = join(world.folder, 'trash');
  const settings = { outputDir: world.folder } as const;
  await bench.run([listOf('Mix', one)], { settings });
  await bench.run([listOf('Mix', one)], { settings: { ...settings, format: 'mp3', reformat: true } });
  cpSync(join(world.folder, '.harmoni', 'trash'), trash, { recursive: true });
  await scanLibrary(world.folder, bench.store.files, { signal, trash });
  expect(bench.store.files.filesBelow(trash)).toEqual([]);
  expect(bench.store.files.filesBelow(world.folder).map(({ path }) => path)).toEqual([
    join(world.folder, 'Mix', `${names[0]}.mp3`),
  ]);
  rmSync(join(world.folder, 'Mix'), { recursive: true });
});

test.runIf(mayMount)('a list folder may be a link to another disk', async () => {
  using disk = mountDisk(join(world.folder, 'disk'), 20_000);
  const songs = (): string[] => readdirSync(disk.folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const list of ['Mix', 'Two']) {
    mkdirSync(join(disk.folder, list));
    symlinkSync(join(disk.folder, list), join(world.music, list));
  }
  expect((await bench.run([listOf('Mix', one)])).report.summary).toMatchObject({ done: 1, failed: 0 });
  expect((await bench.run([listOf('Two', one)])).report.summary).toMatchObject({ present: 1, failed: 0 });
  const name = `${names[0]}`;
  const expected = (extension: string): string[] => [
    'Mix',
    `Mix/${name}.${extension}`,
    'Mix/Mix.m3u8',
    'Two',
    `Two/${name}.${extension}`,
    'Two/Two.m3u8',
  ];
  expect(songs()).toEqual(expected('opus'));
  for (const format of ['mp3', 'best'] as const) {
    await bench.run([listOf('Mix', one)], { settings: { format, reformat: true } });
  }
  expect(songs()).toEqual(expected('mp3'));
  // A broken file of the same format gives way in one step.
  truncateSync(join(disk.folder, 'Mix', `${name}.mp3`), 0);
  await scanLibrary(world.music, bench.store.files, { signal });
  await bench.run([listOf('Mix', one)], { settings: { format: 'mp3' } });
  expect(songs()).toEqual(expected('mp3'));
  expect(readFileSync(join(disk.folder, 'Mix', `${name}.mp3`)).length).toBeGreaterThan(10_000);
});

test('a song that a link leads to is kept when it gives way, and a linked playlist file stays a link', async () => {
  await bench.run([listOf('Mix', one)], { settings: { format: 'mp3' } });
  const song = join(world.music, 'Mix', `${names[0]}.mp3`);
  const before = readFileSync(song);
  const real = join(world.music, 'real.mp3');
  renameSync(song, real);
  mkdirSync(join(world.music, 'Z'));
  symlinkSync('../real.mp3', join(world.music, 'Z', 'link.mp3'));
  put(join(world.folder, 'elsewhere', 'mine.m3u8'), '# mine\nreal.mp3\n');
  symlinkSync(join(world.folder, 'elsewhere', 'mine.m3u8'), join(world.music, 'mine.m3u8'));
  // The link is known before the song.
  const paths = [join(world.music, 'Z', 'link.mp3'), real];
  const { files } = bench.store;
  await scanLibrary(world.music, files, { signal });
  for (const path of paths) {
    const file = files.get(path);
    const keys = files.keysOf(path);
    files.remove(path);
    if (file !== undefined) files.put(file, keys);
  }
  await bench.run([listOf('Mix', one)], { settings: { format: 'flac', reformat: true } });
  const trash = join(world.music, '.harmoni', 'trash');
  const kept = readdirSync(trash, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mp3'),
  );
  expect(kept.some((name) => readFileSync(join(trash, name)).equals(before))).toBe(true);
  expect(existsSync(real)).toBe(false);
  expect(lstatSync(join(world.music, 'mine.m3u8')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(world.music, 'mine.m3u8'), 'utf8')).toBe('# mine\nreal.flac\n');
});
