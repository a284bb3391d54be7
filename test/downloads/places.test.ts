import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  copyFileSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scanLibrary } from '../../src/library/scan.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { video } from '../helpers/media.ts';

const tracks = makeTracks(3, { fromMs: 4_000, stepMs: 50 });
const one = tracks.slice(0, 1);
const name = one.map(({ artist, track }) => `${artist} - ${track}`).join();
const { signal } = new AbortController();
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const folder of ['music', 'elsewhere', 'trash', 'job-data', 'other-data']) {
    rmSync(join(world.folder, folder), { recursive: true, force: true });
  }
  mkdirSync(world.music);
  mkdirSync(join(world.folder, 'elsewhere'));
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
  return () => bench.close();
});

const scan = (jobs = bench) => scanLibrary(world.music, jobs.store.files, { signal });

describe('where something stands in the way of a folder', () => {
  test.each<[string, () => void, RegExp, boolean]>([
    [
      'a file',
      () => writeFileSync(join(world.music, 'Mix'), 'x'),
      /Mix is a file, but HARMONI needs a folder there/,
      false,
    ],
    [
      'a file, deeper',
      () => writeFileSync(join(world.music, 'Amber Ensemble'), 'x'),
      /Amber Ensemble is a file/,
      true,
    ],
    [
      'a dead link',
      () => symlinkSync('/nowhere/at all', join(world.music, 'Mix')),
      /Mix is a link to \/nowhere\/at all, which doesn't exist/,
      false,
    ],
  ])('(%s) its songs fail with the path, and the others arrive', async (_, obstruct, message, byArtist) => {
    obstruct();
    const fileNameTemplate = byArtist ? '{artist}/{track}' : '{list}/{artist} - {track}';
    const inRoot = { ...listOf('Mix', tracks), folder: 'library' as const };
    const lists = byArtist ? [inRoot] : [listOf('Mix', one), listOf('Other', tracks.slice(1))];
    const { report, stoppedBy } = await bench.run(lists, { settings: { fileNameTemplate } });
    expect(stoppedBy).toBeUndefined();
    const outcomes = report.lists.flatMap((list) => list.tracks);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'done', 'done']);
    expect(outcomes[0]?.failure).toMatchObject({
      stage: 'publish',
      code: 'output-not-writable',
      message: expect.stringMatching(message) as string,
    });
  });

  test('a second list fails in the same way, and nothing is fetched for it', async () => {
    await bench.run([listOf('First', one)]);
    writeFileSync(join(world.music, 'Mix'), 'x');
    const before = world.youTube.requests.all.length;
    const { report } = await bench.run([listOf('Mix', one)]);
    expect(report.lists[0]?.tracks[0]?.failure?.code).toBe('output-not-writable');
    expect(world.youTube.requests.all.length).toBe(before);
  });
});

describe('links in a library', () => {
  test('a linked list folder is the list folder, run after run', async () => {
    const disk = join(world.folder, 'elsewhere', 'Mix');
    mkdirSync(disk);
    symlinkSync(disk, join(world.music, 'Mix'));
    await bench.run([listOf('Mix', one)]);
    for (let run = 0; run < 2; run += 1) {
      await scan();
      const { report } = await bench.run([listOf('Mix', one)]);
      expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'present' });
    }
    expect(readdirSync(disk).sort()).toEqual([`${name}.opus`, 'Mix.m3u8']);
    expect(lstatSync(join(world.music, 'Mix')).isSymbolicLink()).toBe(true);
  });

  test('two names of one folder get no second copy', async () => {
    await bench.run([listOf('Mix', one)]);
    symlinkSync(join(world.music, 'Mix'), join(world.music, 'Same'));
    await scan();
    const { report } = await bench.run([listOf('Same', one)]);
    expect(report.summary).toMatchObject({ present: 1, done: 0 });
    expect(readdirSync(join(world.music, 'Mix')).filter((file) => file.endsWith('.opus'))).toHaveLength(1);
  });

  test('a song that was moved to another disk and linked is there', async () => {
    await bench.run([listOf('Mix', one)]);
    const path = join(world.music, 'Mix', `${name}.opus`);
    const moved = join(world.folder, 'elsewhere', 'x.opus');
    renameSync(path, moved);
    symlinkSync(moved, path);
    await scan();
    const { report } = await bench.run([listOf('Mix', one)]);
    expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'present', path });
    expect(readdirSync(join(world.music, 'Mix')).sort()).toEqual([`${name}.opus`, 'Mix.m3u8']);
  });

  test('loops end, dead links are named, and a disk that is gone forgets nothing', async () => {
    const disk = join(world.folder, 'elsewhere', 'Mix');
    mkdirSync(disk);
    symlinkSync(disk, join(world.music, 'Mix'));
    await bench.run([listOf('Mix', one)]);
    symlinkSync('..', join(disk, 'up'));
    symlinkSync(world.music, join(world.music, 'loop'));
    expect(await scan()).toMatchObject({ files: 1, deadLinks: [] });
    renameSync(disk, `${disk}.unmounted`);
    expect(await scan()).toMatchObject({
      files: 0,
      gone: 0,
      deadLinks: [{ path: join(world.music, 'Mix'), target: disk }],
    });
    renameSync(`${disk}.unmounted`, disk);
    expect(await scan()).toMatchObject({ files: 1, read: 0 });
  });
});

test('names that are no UTF-8 are told, because what they hold cannot be known', async () => {
  const odd = Buffer.concat([Buffer.from(join(world.music, 'Caf')), Buffer.from([0xe9])]);
  mkdirSync(odd);
  writeFileSync(Buffer.concat([odd, Buffer.from('/A - b.mp3')]), 'x');
  writeFileSync(Buffer.concat([odd, Buffer.from(' - c.mp3')]), 'x');
  writeFileSync(Buffer.concat([odd, Buffer.from('.txt')]), 'x');
  const { unopenable, files } = await scan();
  expect([...unopenable].sort()).toEqual(
    ['Caf\ufffd', 'Caf\ufffd - c.mp3'].map((each) => join(world.music, each)),
  );
  expect(files).toBe(0);
});

describe('a name that is taken', () => {
  test('by the same song of a HARMONI with another data folder is that song', async () => {
    const other = await createJobBench(world, 'other-data');
    await bench.run([listOf('Mix', one)]);
    // It has not looked at the library since.
    const { report } = await other.run([listOf('Mix', one)]);
    await other.close();
    expect(report.lists[0]?.tracks[0]).toMatchObject({
      status: 'present',
      path: join(world.music, 'Mix', `${name}.opus`),
    });
    expect(readdirSync(join(world.music, 'Mix')).filter((file) => file.endsWith('.opus'))).toHaveLength(1);
  });

  test('by another song gets a number', async () => {
    mkdirSync(join(world.music, 'Mix'));
    const [, second] = tracks;
    await bench.run([listOf('Else', second === undefined ? [] : [second])]);
    const [file = ''] = readdirSync(join(world.music, 'Else')).filter((each) => each.endsWith('.opus'));
    copyFileSync(join(world.music, 'Else', file), join(world.music, 'Mix', `${name}.opus`));
    const { report } = await bench.run([listOf('Mix', one)]);
    expect(report.lists[0]?.tracks[0]?.path).toBe(join(world.music, 'Mix', `${name} (2).opus`));
  });

  test('by a FIFO is not looked into', async () => {
    mkdirSync(join(world.music, 'Mix'));
    execFileSync('mkfifo', [join(world.music, 'Mix', `${name}.opus`)]);
    const { report } = await bench.run([listOf('Mix', one)]);
    expect(report.lists[0]?.tracks[0]?.path).toBe(join(world.music, 'Mix', `${name} (2).opus`));
  });
});

test('two songs of one name are two songs, in a list and in the library', async () => {
  const [song] = one;
  if (song === undefined) throw new Error('one song');
  const shelf = world.youTube.catalogue.shelves.find(({ track }) => track.track === song.track);
  const videoId = shelf?.results.find(({ role }) => role === 'live')?.videoId ?? '';
  const other: Track = {
    ...song,
    isrc: 'QZTST2699999',
    durationMs: 79_000,
    album: 'Other',
    media: video(videoId),
  };
  await bench.run([listOf('Mix', [song])]);
  const { report } = await bench.run([listOf('Mix', [song, other])]);
  expect(report.lists[0]?.tracks.map(({ status }) => status)).toEqual(['present', 'done']);
  const playlist = readFileSync(join(world.music, 'Mix', 'Mix.m3u8'), 'utf8');
  expect(playlist.match(/\.opus$/gm)).toHaveLength(2);
});
