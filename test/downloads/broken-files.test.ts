import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { standingOf } from '../../src/downloads/presence.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(1, { fromMs: 8_000 });
const name = tracks.map(({ artist, track }) => `${artist} - ${track}`).join();
const mix = listOf('Mix', tracks, 'spotify:playlist:a');
const { signal } = new AbortController();
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
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
  return () => bench.close();
});

const at = (file: string): string => join(world.music, 'Mix', file);
const scan = () => scanLibrary(world.music, bench.store.files, { signal });
const soundsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => !file.endsWith('.m3u8'))
    .sort();

describe('a broken file that HARMONI made', () => {
  test.each([
    ['opus', (path: string) => truncateSync(path, Math.floor(readFileSync(path).length / 2))],
    ['mp3', (path: string) => truncateSync(path, 20_000)],
    ['opus', (path: string) => writeFileSync(path, 'bad\n')],
    ['mp3', (path: string) => writeFileSync(path, '')],
  ] as const)('(.%s, %#) is said, downloaded again and kept in the trash', async (format, damage) => {
    await bench.run([mix], { settings: { format } });
    const path = at(`${name}.${format}`);
    const whole = readFileSync(path).length;
    damage(path);
    const broken = readFileSync(path);
    await scan();
    const { report, events } = await bench.run([mix], { settings: { format } });
    expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', path });
    expect(events.filter((event) => event.type === 'file-broken')).toMatchObject([
      { path, isReplaced: true },
    ]);
    expect(Math.abs(readFileSync(path).length - whole)).toBeLessThan(2_000);
    expect(
      readFileSync(join(world.music, '.harmoni', 'trash', '2026-01-01', 'Mix', `${name}.${format}`)).equals(
        broken,
      ),
    ).toBe(true);
    expect(soundsIn(join(world.music, 'Mix'))).toEqual([`${name}.${format}`]);
    // It costs one look: the next run finds it whole.
    await scan();
    expect((await bench.run([mix], { settings: { format } })).report.summary.present).toBe(1);
  });
});

test("a broken file of the user's own stays, is said, and the song comes beside it", async () => {
  mkdirSync(join(world.music, 'Mix'), { recursive: true });
  writeFileSync(at(`${name}.opus`), '');
  await scan();
  const { report, events } = await bench.run([mix]);
  expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', path: at(`${name} (2).opus`) });
  expect(events.filter((event) => event.type === 'file-broken')).toMatchObject([
    { path: at(`${name}.opus`), fault: 'it is empty', isReplaced: false },
  ]);
  expect(readFileSync(at(`${name}.opus`), 'utf8')).toBe('');
  expect(readFileSync(at('Mix.m3u8'), 'utf8')).toContain(`\n${name} (2).opus\n`);
  expect(existsSync(join(world.music, '.harmoni', 'trash'))).toBe(false);
  await scan();
  expect((await bench.run([mix])).report.summary).toMatchObject({ present: 1, done: 0 });
});

test('a conversion that wrote half of a song and ended well is found out', async () => {
  const { ffmpeg } = await realTools();
  const ffmpegPath = join(world.folder, 'half-ffmpeg');
  const script = [
    '#!/bin/sh',
    `'${ffmpeg}' "$@" || exit`,
    // The header is written last, and is honest.
    'for made; do case $made in *.finished) size=$(wc -c <"$made"); dd if=/dev/null of="$made" bs=1 seek=$((size / 2)) 2>/dev/null ;; esac; done',
  ];
  writeFileSync(ffmpegPath, script.join('\n'), { mode: 0o755 });
  for (const format of ['mp3', 'flac', 'wav', 'ogg'] as const) {
    const { report } = await bench.run([mix], { settings: { format }, ffmpegPath });
    expect(report.lists[0]?.tracks[0], format).toMatchObject({
      status: 'failed',
      failure: { stage: 'check', code: 'verify-failed' },
    });
  }
  expect(existsSync(join(world.music, 'Mix'))).toBe(false);
});

test('another format than the one that is there is fetched when that is asked for, and only of what HARMONI made', async () => {
  await bench.run([mix], { settings: { format: 'mp3' } });
  const asked = await bench.run([mix], { settings: { format: 'flac' } });
  expect(asked.report.lists[0]?.tracks[0]).toMatchObject({ status: 'present', format: 'mp3' });
  const again = await bench.run([mix], { settings: { format: 'flac', reformat: true } });
  expect(again.report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', path: at(`${name}.flac`) });
  expect(soundsIn(join(world.music, 'Mix'))).toEqual([`${name}.flac`]);
  expect(readFileSync(at('Mix.m3u8'), 'utf8')).toContain(`\n${name}.flac\n`);
  expect(readdirSync(join(world.music, '.harmoni', 'trash', '2026-01-01', 'Mix'))).toEqual([`${name}.mp3`]);
});

test.each([
  ['a whole one', {}, 'mp3', false, 'right'],
  ['a whole one, any format', {}, 'best', true, 'right'],
  ['another format', {}, 'flac', false, 'right'],
  ['another format, asked for', {}, 'flac', true, 'gives way'],
  ["another format, asked for, of the user's own", { downloaded: false }, 'flac', true, 'right'],
  ['a broken one', { fault: 'x' }, 'mp3', false, 'gives way'],
  ["a broken one of the user's own", { fault: 'x', downloaded: false }, 'mp3', true, 'left alone'],
] as const)('the standing of %s', (_, more, format, reformat, standing) => {
  const file = { path: '/a.mp3', sizeBytes: 1, modifiedMs: 1, format: 'mp3', downloaded: true, ...more };
  expect(standingOf(file, undefined, { replace: false, reformat, format })).toBe(standing);
});
