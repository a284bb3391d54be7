import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(4, { fromMs: 4_000, stepMs: 50 });
const [one, two] = [tracks.slice(0, 2), tracks.slice(2)];
const settings = { fileNameTemplate: '{artist} - {track}' };
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const folder of ['music', 'trash', 'job-data']) {
    rmSync(join(world.folder, folder), { recursive: true, force: true });
  }
  bench = await createJobBench(world);
  return () => bench.close();
});

const library = (): string[] => readdirSync(world.music, { recursive: true, encoding: 'utf8' }).sort();
const playlist = (...parts: string[]): string => readFileSync(join(world.music, ...parts), 'utf8');
const titlesIn = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => (line.startsWith('#EXTINF:') ? [line.slice(line.indexOf(' - ') + 3)] : []));
const titles = (songs: typeof tracks): string[] => songs.map(({ track }) => track);

describe('two playlists of one name', () => {
  test('have a folder and a playlist file each, whichever comes first, run after run', async () => {
    await bench.run([listOf('Mix', one, 'spotify:playlist:a')], { settings });
    await bench.run([listOf('mix', two, 'spotify:playlist:b')], { settings });
    expect(titlesIn(playlist('Mix', 'Mix.m3u8'))).toEqual(titles(one));
    expect(titlesIn(playlist('mix (2)', 'mix.m3u8'))).toEqual(titles(two));
    const before = library();
    // The other way round, in one job.
    await bench.run([listOf('mix', two, 'spotify:playlist:b'), listOf('Mix', one, 'spotify:playlist:a')], {
      settings,
    });
    expect(library()).toEqual(before);
    expect(titlesIn(playlist('Mix', 'Mix.m3u8'))).toEqual(titles(one));
  });

  test('are told apart where the template names the list', async () => {
    const inTemplate = { settings: { fileNameTemplate: '{list}/{artist} - {track}' } };
    const lists = [listOf('Mix', one, 'file:a'), listOf('Mix', two, 'file:b')];
    const { report } = await bench.run(lists, inTemplate);
    expect(report.lists.map((list) => list.playlistFile)).toEqual([
      join(world.music, 'Mix.m3u8'),
      join(world.music, 'Mix (2).m3u8'),
    ]);
    expect(titlesIn(playlist('Mix.m3u8'))).toEqual(titles(one));
    expect(titlesIn(playlist('Mix (2).m3u8'))).toEqual(titles(two));
    expect(readdirSync(join(world.music, 'Mix'))).toHaveLength(2);
    expect(readdirSync(join(world.music, 'Mix (2)'))).toHaveLength(2);
  });

  test('are told apart in a job of HARMONI 2.0, which knew them by their names', async () => {
    const { report } = await bench.run([listOf('Mix', one), listOf('Mix', two)], { settings });
    expect(report.lists.map((list) => list.playlistFile)).toEqual([
      join(world.music, 'Mix', 'Mix.m3u8'),
      join(world.music, 'Mix (2)', 'Mix.m3u8'),
    ]);
    expect(titlesIn(playlist('Mix', 'Mix.m3u8'))).toEqual(titles(one));
    // They are the lists of these names when they come from their files again.
    await bench.run([listOf('Mix', one, 'file:a'), listOf('Mix', two, 'file:b')], { settings });
    expect(titlesIn(playlist('Mix', 'Mix.m3u8'))).toEqual(titles(one));
    expect(titlesIn(playlist('Mix (2)', 'Mix.m3u8'))).toEqual(titles(two));
    expect(readdirSync(world.music)).toHaveLength(2);
  });

  test('are told apart by their playlist files where the data folder was lost', async () => {
    await bench.run([listOf('Mix', one, 'spotify:playlist:a')], { settings });
    await bench.run([listOf('Mix', two, 'spotify:playlist:b')], { settings });
    const before = library();
    await bench.close();
    rmSync(join(world.folder, 'job-data'), { recursive: true });
    bench = await createJobBench(world);
    await bench.run([listOf('Mix', two, 'spotify:playlist:b')], { settings });
    await bench.run([listOf('Mix', one, 'spotify:playlist:a')], { settings });
    expect(library()).toEqual(before);
    expect(titlesIn(playlist('Mix (2)', 'Mix.m3u8'))).toEqual(titles(two));
  });
});

test('a playlist that was renamed keeps its folder and its file', async () => {
  await bench.run([listOf('Summer', one, 'spotify:playlist:a')], { settings });
  const before = library();
  const { report } = await bench.run([listOf('Winter', tracks, 'spotify:playlist:a')], { settings });
  expect(report.lists[0]?.playlistFile).toBe(join(world.music, 'Summer', 'Summer.m3u8'));
  expect(library()).toHaveLength(before.length + 2);
  expect(playlist('Summer', 'Summer.m3u8')).toContain('#PLAYLIST:Winter\n');
});

test('a list whose file was moved is still the same list', async () => {
  const [from, to] = ['a', 'b'].map((name) => join(world.folder, name, 'Mix.csv'));
  if (from === undefined || to === undefined) throw new Error('two places');
  for (const path of [from, to]) mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(from, 'x');
  await bench.run([{ ...listOf('Mix', one, 'file:a'), sourceFile: from }], { settings });
  const before = library();
  // A copy is another list, as long as both are there.
  renameSync(from, to);
  await bench.run([{ ...listOf('Mix', one, 'file:b'), sourceFile: to }], { settings });
  expect(library()).toEqual(before);
  expect(playlist('Mix', 'Mix.m3u8')).toContain('#HARMONI:file:b\n');
});

describe("a playlist file of the user's own", () => {
  test.each([
    ['of another program', '#EXTM3U\nmy own.mp3\n'],
    ['in the form of HARMONI 2.0', '#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:Mix\n#EXTINF:3,A - B\nmy own.mp3\n'],
    ['of another list', '#EXTM3U\n#HARMONI:spotify:playlist:other\nmy own.mp3\n'],
    ['that is empty', ''],
  ])('(%s) is not touched, and the new one gets a number', async (_, content) => {
    mkdirSync(join(world.music, 'Mix'), { recursive: true });
    writeFileSync(join(world.music, 'Mix', 'Mix.m3u8'), content);
    const { report } = await bench.run([listOf('Mix', one)], { settings });
    expect(playlist('Mix', 'Mix.m3u8')).toBe(content);
    const [list] = report.lists;
    expect(list?.playlistFile).not.toBe(join(world.music, 'Mix', 'Mix.m3u8'));
    expect(titlesIn(readFileSync(list?.playlistFile ?? '', 'utf8'))).toEqual(titles(one));
    await bench.run([listOf('Mix', one)], { settings });
    expect(library().filter((name) => name.endsWith('.m3u8'))).toHaveLength(2);
  });

  test("that is a folder or a link is none of HARMONI's either", async () => {
    mkdirSync(join(world.music, 'Mix', 'Mix.m3u8'), { recursive: true });
    const { report } = await bench.run([listOf('Mix', one)], { settings });
    expect(report.lists[0]?.playlistFile).toBe(join(world.music, 'Mix', 'Mix (2).m3u8'));
  });
});

test('what somebody added to a playlist file of HARMONI is kept in the trash', async () => {
  await bench.run([listOf('Mix', one, 'spotify:playlist:a')], { settings });
  const file = join(world.music, 'Mix', 'Mix.m3u8');
  const edited = `${readFileSync(file, 'utf8')}my own.mp3\n`;
  writeFileSync(file, edited);
  await bench.run([listOf('Mix', one, 'spotify:playlist:a')], { settings });
  expect(titlesIn(playlist('Mix', 'Mix.m3u8'))).toEqual(titles(one));
  expect(readFileSync(join(world.folder, 'trash', '2026-01-01', 'Mix', 'Mix.m3u8'), 'utf8')).toBe(edited);
});

test("HARMONI 2.0's playlist file is taken over, once its songs are HARMONI's", async () => {
  await bench.run([listOf('Mix', one, 'spotify:playlist:a')], { settings });
  const file = join(world.music, 'Mix', 'Mix.m3u8');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/#HARMONI:.*\n/, ''));
  bench.store.database.exec('DELETE FROM lists');
  await bench.run([listOf('Mix', one, 'spotify:playlist:a')], { settings });
  expect(readFileSync(file, 'utf8')).toContain('#HARMONI:spotify:playlist:a\n');
  expect(existsSync(join(world.music, 'Mix', 'Mix (2).m3u8'))).toBe(false);
});

test('songs of two lists of one name are retried in their own', async () => {
  const lists = [listOf('Mix', one, 'spotify:playlist:a'), listOf('Mix', two, 'spotify:playlist:b')];
  const ids = tracks.map(({ track }) => {
    const shelf = world.youTube.catalogue.shelves.find((each) => each.track.track === track);
    return shelf?.right?.videoId ?? '';
  });
  for (const videoId of [ids[0] ?? '', ids[2] ?? ''])
    world.youTube.failures.add({ failure: 'removed', videoId });
  await bench.run(lists, { settings });
  world.youTube.failures.clear();
  const failed = bench.store.failures.all();
  expect(failed.map(({ listOrigin }) => listOrigin).sort()).toEqual([
    'spotify:playlist:a',
    'spotify:playlist:b',
  ]);
  for (const list of lists) {
    const rows = bench.store.jobs.latestTracks(list);
    expect(rows.map(({ track }) => track)).toEqual(titles([...list.tracks]));
  }
});
