import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createTagger } from '../../src/downloads/tag.ts';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { createWorld, exportifyCsv, finished, makeTracks, realTools, type World } from '../helpers/world.ts';
import { contentsOf } from '../library/convert/library.ts';

const tracks = makeTracks(5, { fromMs: 4_000, stepMs: 50 });
const random = createRandom(testSeed);
const tagger = createTagger();
let world: World;
let stick: string;

beforeAll(async () => {
  world = await createWorld({ tracks });
  stick = join(world.folder, 'stick');
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
  writeFileSync(join(world.folder, 'Mix.csv'), exportifyCsv(tracks));
  await world.run(['download', 'Mix.csv', '--yes']);
});
afterAll(() => world.close());

const car = (): readonly string[] => [
  'library',
  'convert',
  '--to',
  stick,
  '--list',
  'Mix',
  '--preset',
  'car',
  '--yes',
  '--json',
];
const schema = z.object({
  songs: z.array(z.object({ status: z.string() })),
  skipped: z.object({ already: z.number() }),
});

async function copy() {
  const run = await world.run(car());
  expect(run.exitCode).toBe(0);
  const { songs, skipped } = schema.parse(run.json());
  return { made: songs.length, already: skipped.already };
}

const namesOf = (): readonly string[] =>
  Object.keys(contentsOf(stick)).map((path) => path.replace(/^Mix\/(\d+) .*(\..*)$/, '$1$2'));
const numbersOf = (): readonly string[] => namesOf().filter((name) => !name.endsWith('.lrc'));
const lyricsOf = (): readonly string[] => namesOf().filter((name) => name.endsWith('.lrc'));

test(`a copy for the car is numbered, tagged as an album and equally loud, survives kills and follows its playlist (seed ${testSeed})`, async () => {
  const sung = Object.keys(contentsOf(world.music)).find((path) => path.includes(` - ${tracks[0]?.track}.`));
  writeFileSync(join(world.music, `${sung?.replace(/\.\w+$/, '')}.lrc`), '[00:01.00]La');
  const library = contentsOf(world.music);
  mkdirSync(join(stick, 'Mix'), { recursive: true });
  writeFileSync(join(stick, 'Mix', 'mine.mp3'), 'not of HARMONI');
  for (let kill = 0; kill < 5; kill += 1) {
    const child = world.start(car());
    const end = finished(child);
    await new Promise((next) => setTimeout(next, random.between(500, 1_500)));
    child.kill('SIGKILL');
    await end;
  }
  await copy();
  const files = Object.keys(contentsOf(stick));
  expect(files.filter((path) => path.endsWith('.mp3'))).toHaveLength(6);
  expect(numbersOf()).toEqual([
    '01.mp3',
    '02.mp3',
    '03.mp3',
    '04.mp3',
    '05.mp3',
    'Mix/Mix.m3u',
    'Mix/Mix.m3u8',
    'Mix/mine.mp3',
  ]);
  const songs = files.filter((path) => /Mix\/\d.*mp3$/.test(path));
  expect(lyricsOf()).toEqual(['01.lrc']);
  const { properties } = await tagger.read(join(stick, songs[1] ?? ''));
  expect(properties).toMatchObject({
    ALBUM: ['Mix'],
    ALBUMARTIST: ['Various Artists'],
    COMPILATION: ['1'],
    TRACKNUMBER: ['2'],
    TITLE: [tracks[1]?.track],
  });
  expect(Object.keys(properties).filter((name) => name.startsWith('REPLAYGAIN'))).toEqual([]);
  const lines = readFileSync(join(stick, 'Mix', 'Mix.m3u8'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('.mp3'));
  expect(lines.map((line) => `Mix/${line}`)).toEqual(songs);
  // Nothing is made twice, and the library is as it was.
  expect(await copy()).toEqual({ made: 0, already: 5 });
  expect(contentsOf(world.music)).toEqual(library);

  const { ffmpeg } = await realTools();
  const loudness = songs.map((path) => {
    const args = ['-hide_banner', '-nostdin', '-i', join(stick, path), '-af', 'ebur128', '-f', 'null', '-'];
    const said = execFileSync('sh', ['-c', '"$0" "$@" 2>&1', ffmpeg, ...args]).toString();
    return Number(/I:\s+(-[\d.]+) LUFS\s+Threshold/.exec(said)?.[1]);
  });
  for (const lufs of loudness) expect(Math.abs(lufs + 18)).toBeLessThan(1);
});

test('a playlist in another order keeps its files, which get new numbers; what the user changed stays', async () => {
  const before = contentsOf(stick);
  const m3u8 = join(world.music, 'Mix', 'Mix.m3u8');
  const text = readFileSync(m3u8, 'utf8').split('\n');
  const first = text.findIndex((line) => line.startsWith('#EXTINF'));
  // The first song goes to the end.
  const moved = [...text.slice(0, first), ...text.slice(first + 2, -1), ...text.slice(first, first + 2), ''];
  writeFileSync(m3u8, moved.join('\n'));
  writeFileSync(join(stick, 'Mix', 'Mix.m3u'), 'mine');
  expect(await copy()).toEqual({ made: 5, already: 0 });
  expect(numbersOf().slice(0, 5)).toEqual(['01.mp3', '02.mp3', '03.mp3', '04.mp3', '05.mp3']);
  expect(lyricsOf()).toEqual(['05.lrc']);
  const after = contentsOf(stick);
  expect(Object.keys(after)).toHaveLength(Object.keys(before).length);
  expect(readFileSync(join(stick, 'Mix', 'Mix.m3u'), 'utf8')).toBe('mine');
  expect(readFileSync(join(stick, 'Mix', 'mine.mp3'), 'utf8')).toBe('not of HARMONI');
  const last = Object.keys(after).find((path) => /^Mix\/05.*mp3$/.test(path)) ?? '';
  expect((await tagger.read(join(stick, last))).properties).toMatchObject({
    TRACKNUMBER: ['5'],
    TITLE: [tracks[0]?.track],
  });
  // A song that was deleted comes again, and one that was renamed is the user's.
  rmSync(join(stick, last));
  renameSync(join(stick, 'Mix', 'mine.mp3'), join(stick, 'Mix', 'own.mp3'));
  expect(await copy()).toEqual({ made: 1, already: 4 });
  expect(statSync(join(stick, 'Mix', 'own.mp3')).size).toBeGreaterThan(0);
});

test('a copy into the library is refused', async () => {
  const run = await world.run([
    'library',
    'convert',
    '--to',
    join(world.music, 'car'),
    '--format',
    'mp3',
    '--yes',
  ]);
  expect(run.exitCode).toBe(2);
});

test('a folder that is no name is refused, and a playlist that nobody knows is said', async () => {
  const empty = await world.run(['library', 'convert', '--to', '', '--preset', 'car', '--yes']);
  expect(empty.exitCode).toBe(2);
  expect(empty.stderr).toContain('--to has no folder.');
  const unknown = await world.run([
    'library',
    'convert',
    '--to',
    stick,
    '--list',
    'Nope',
    '--preset',
    'car',
    '--yes',
  ]);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('Your library has no playlist called "Nope".');
});
