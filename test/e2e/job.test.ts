import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FailureRule } from '../stand-ins/youtube-failures.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import { tryLock } from '../../src/system/lock.ts';
import { slowness } from '../helpers/patience.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(40, { fromMs: 4_000, stepMs: 50 });
let world: World;
let bench: JobBench;
let used = 0;

beforeAll(async () => {
  world = await createWorld({
    tracks,
    catalogue: { decoys: ['live'], doubled: (_track, index) => index < 4 },
  });
  bench = await createJobBench(world);
});
afterEach(() => world.youTube.failures.clear());
afterAll(async () => {
  await bench.close();
  await world.close();
});

/** Songs that no other test has had. */
function fresh(count: number) {
  used += count;
  return tracks.slice(used - count, used);
}

function rightId(title: string): string {
  const shelf = world.youTube.catalogue.shelves.find(({ track }) => track.track === title);
  return shelf?.right?.videoId ?? '';
}

describe('a video that cannot be had', () => {
  test('gives way to another upload of the same recording', async () => {
    // The first four songs were uploaded twice.
    const songs = fresh(4);
    for (const [index, failure] of (['removed', 'age', 'private', 'not-in-country'] as const).entries())
      world.youTube.failures.add({ failure, videoId: rightId(songs[index]?.track ?? '') });
    const { report } = await bench.run([listOf('Doubled', songs)]);
    const outcomes = report.lists[0]?.tracks ?? [];
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
    for (const { track, videoId } of outcomes) {
      expect(videoId).toMatch(/^.{11}$/);
      expect(videoId).not.toBe(rightId(track));
    }
  });

  test('and has no other upload fails with its sentence, is remembered, and stops nobody else', async () => {
    const songs = fresh(3);
    world.youTube.failures.add({ failure: 'removed', videoId: rightId(songs[1]?.track ?? '') });
    const { report, stoppedBy } = await bench.run([listOf('Removed', songs)]);
    expect(report.lists[0]?.tracks.map((outcome) => outcome.status)).toEqual(['done', 'failed', 'done']);
    expect(report.lists[0]?.tracks[1]?.failure).toMatchObject({
      stage: 'download',
      code: 'video-unavailable',
    });
    expect(stoppedBy).toBeUndefined();
    expect(bench.store.failures.all().map((failed) => failed.track.track)).toEqual([songs[1]?.track]);

    world.youTube.failures.clear();
    await bench.run([listOf('Removed', songs.slice(1, 2))]);
    expect(bench.store.failures.all()).toEqual([]);
  });
});

describe('a passing fault', () => {
  test('of one song is tried again after a wait: a refused download, a broken answer, a server error', async () => {
    const rules: readonly FailureRule[] = [
      { failure: 'forbidden', on: 'media', times: 1 },
      { failure: 'reset', on: 'player', times: 1 },
      { failure: 'server-error', on: 'player', times: 1 },
    ];
    const songs = fresh(rules.length);
    for (const [index, rule] of rules.entries())
      world.youTube.failures.add({ ...rule, videoId: rightId(songs[index]?.track ?? '') });
    const { report } = await bench.run([listOf('Passing', songs)]);
    expect(report.summary).toMatchObject({ done: rules.length, failed: 0 });
  });

  test('a download that falls silent is ended, told, and tried again', async () => {
    const songs = fresh(1);
    world.youTube.failures.add({ failure: 'silence', on: 'player', times: 1 });
    const { report } = await bench.run([listOf('Silent', songs)], {
      silenceMs: 3_000 * slowness(),
    });
    expect(report.summary.done).toBe(1);
  });
});

test('the session limit pauses with a countdown and continues on its own', async () => {
  const songs = fresh(2);
  world.youTube.failures.add({ failure: 'session-limit', times: 1 });
  const { report, events } = await bench.run([listOf('Limited', songs)]);
  expect(report.summary.done).toBe(2);
  const paused = events.find((event) => event.type === 'paused');
  expect(paused).toMatchObject({ reason: expect.stringContaining('rate-limiting') as string });
  expect(events.some((event) => event.type === 'resumed')).toBe(true);
});

test('a bot check of everybody stops the job early, and resume finds all of it', async () => {
  const songs = fresh(8);
  world.youTube.failures.add({ failure: 'bot-check' });
  const { report, stoppedBy } = await bench.run([listOf('Robots', songs)], {
    config: { max_concurrent_downloads: 2 },
  });
  expect(stoppedBy?.code).toBe('bot-check');
  expect(report.summary).toMatchObject({ done: 0, failed: 0, cancelled: 8 });
  expect(bench.store.failures.all().map((one) => one.listName)).not.toContain('Robots');
  const open = bench.store.jobs.interrupted();
  expect(open).toContainEqual(expect.objectContaining({ names: ['Robots'], total: 8, finished: 0 }));
  for (const { id } of open) bench.store.jobs.end(id);
});

test('no more videos an hour than allowed', async () => {
  const songs = fresh(3);
  const { report, events } = await bench.run([listOf('Paced', songs)], {
    config: { downloads_per_hour: bench.store.visits.lastHour().length + 2 },
  });
  expect(report.summary.done).toBe(3);
  expect(events.some((event) => event.type === 'paused' && event.reason.includes('downloads_per_hour'))).toBe(
    true,
  );
});

describe('a track that is there already', () => {
  test('is linked into a second list, without a request', async () => {
    const songs = fresh(1);
    await bench.run([listOf('First', songs)]);
    const before = world.youTube.requests.all.length;
    const { report } = await bench.run([listOf('Second', songs)]);
    const path = report.lists[0]?.tracks[0]?.path ?? '';
    expect(report.lists[0]?.tracks[0]?.status).toBe('present');
    expect(path).toContain('/Second/');
    expect(statSync(path).nlink).toBe(2);
    expect(world.youTube.requests.all.length).toBe(before);
  });

  test('in two lists of one job is fetched once', async () => {
    const songs = fresh(2);
    const { report } = await bench.run([listOf('One', songs), listOf('Two', [...songs].reverse())]);
    expect(report.summary).toMatchObject({ done: 2, present: 2 });
    expect(readdirSync(join(world.music, 'Two')).filter((name) => name.endsWith('.opus'))).toHaveLength(2);
    const order = readFileSync(join(world.music, 'Two', 'Two.m3u8'), 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('.opus'));
    expect(order[0]).toContain(songs[1]?.track);
  });

  test('is left where it is when the settings say so', async () => {
    const songs = fresh(1);
    await bench.run([listOf('Kept', songs)]);
    const { report } = await bench.run([listOf('Elsewhere', songs)], {
      settings: { sameTrackInSecondList: 'skip' },
    });
    expect(report.lists[0]?.tracks[0]?.path).toContain('/Kept/');
    expect(readFileSync(join(world.music, 'Elsewhere', 'Elsewhere.m3u8'), 'utf8')).toContain('../Kept/');
  });

  test('is known in another format, another folder and under another name', async () => {
    const songs = fresh(1);
    const { report } = await bench.run([listOf('Old', songs)], { settings: { format: 'mp3' } });
    mkdirSync(join(world.music, 'Sorted', 'Deep'), { recursive: true });
    renameSync(report.lists[0]?.tracks[0]?.path ?? '', join(world.music, 'Sorted', 'Deep', '01.mp3'));
    await scanLibrary(world.music, bench.store.files, { signal: new AbortController().signal });
    const again = await bench.run([listOf('Old', songs)], { settings: { format: 'flac' } });
    expect(again.report.summary).toMatchObject({ done: 0, present: 1 });
  });
});

test('every format comes out as asked, tagged and whole', async () => {
  const songs = fresh(6);
  const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
  for (const [index, format] of formats.entries()) {
    const { report } = await bench.run([listOf('Formats', songs.slice(index, index + 1))], {
      settings: { format },
    });
    const [outcome] = report.lists[0]?.tracks ?? [];
    expect(outcome).toMatchObject({ status: 'done', format });
    expect(outcome?.path?.endsWith(`.${format}`)).toBe(true);
    // What was converted was measured on the way, and what was copied wasn't.
    const file = bench.store.files.get(outcome?.path ?? '');
    const isConverted = format !== 'opus' && format !== 'm4a';
    expect(file !== undefined && bench.store.sounds.ofFile(file)?.loudness !== undefined).toBe(isConverted);
    const gain = (await parseFile(outcome?.path ?? '')).common.replaygain_track_gain?.dB;
    expect(gain !== undefined).toBe(isConverted);
  }
});

test('sweeps up work files of the dead, and leaves those of a HARMONI with another data folder alone', async () => {
  const dead = join(world.music, '.harmoni', '0123456789abcdef');
  const living = join(world.music, '.harmoni', 'fedcba9876543210');
  for (const folder of [dead, living]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'half.webm'), 'half');
  }
  const lock = tryLock(join(living, 'lock'));
  await bench.run([listOf('Beside', fresh(1))]);
  expect([dead, living].map((folder) => existsSync(join(folder, 'half.webm')))).toEqual([false, true]);
  lock?.release();
  await bench.run([listOf('Beside again', fresh(1))]);
  expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
});

test('stopping ends the children, removes the work files and keeps the job', async () => {
  const songs = fresh(2);
  world.youTube.failures.add({ failure: 'stall' });
  const stop = new AbortController();
  const before = world.youTube.requests.count('media');
  const config = { max_concurrent_downloads: 2 };
  const run = bench.run([listOf('Stopped', songs)], { signal: stop.signal, config });
  while (world.youTube.requests.count('media') === before) await new Promise(setImmediate);
  stop.abort();
  const { stoppedBy, report } = await run;
  expect(stoppedBy?.code).toBe('cancelled');
  expect(report.summary.cancelled).toBe(2);
  expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
  expect(bench.store.jobs.interrupted().map((job) => job.names)).toContainEqual(['Stopped']);
});
