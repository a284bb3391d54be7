import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSongSound, type SongSound } from '../../src/ear/song-sound.ts';
import { fingerprintFile } from '../../src/sound/measure-file.ts';
import { playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createEarBench, isrc, makeSounds, program, signal, type Sounds } from './set-up.ts';

const seconds = 150;
const beginningValues = 584;
let sounds: Sounds;
let path: string;
let whole: Uint32Array;
let pcm: Buffer;

beforeAll(async () => {
  sounds = await makeSounds();
  pcm = playMusic(21, { seconds });
  path = join(sounds.folder, 'long.opus');
  writeFileSync(path, await encodeSound(sounds.ffmpegPath, pcm, { format: 'opus' }));
  whole = (await fingerprintFile(path, { ffmpegPath: sounds.ffmpegPath, signal })) ?? new Uint32Array();
  return () => sounds.close();
});

/** The sound of a file, and how often ffmpeg has run for it. */
function listenTo(song: { path: string; lengthMs: number; fingerprint?: Uint32Array }): {
  sound: SongSound;
  runs: () => number;
} {
  const log = join(tempFolder(), 'runs');
  writeFileSync(log, '');
  const ffmpeg = program(`echo run >> '${log}'\nexec '${sounds.ffmpegPath}' "$@"`);
  return {
    sound: createSongSound({ fingerprint: undefined, ...song }, ffmpeg, signal),
    runs: () => readFileSync(log, 'utf8').split('\n').length - 1,
  };
}

describe('the sound of a song', () => {
  test('is decoded up to 75 seconds at first, and whole when asked for', async () => {
    const { sound, runs } = listenTo({ path, lengthMs: seconds * 1000 });
    expect(await sound.beginning()).toEqual(whole.subarray(0, beginningValues));
    expect([await sound.beginning(), runs()]).toEqual([whole.subarray(0, beginningValues), 1]);
    expect([await sound.whole(), await sound.whole(), runs()]).toEqual([whole, whole, 2]);
  });

  test('is decoded once where it is hardly longer than that', async () => {
    const { song } = sounds;
    const { sound, runs } = listenTo({ path: song.path, lengthMs: song.lengthMs });
    expect([await sound.beginning(), await sound.whole()]).toEqual([song.fingerprint, song.fingerprint]);
    expect(runs()).toBe(1);
  });

  test("isn't decoded again where its fingerprint is known, and where its beginning's is, only for the whole", async () => {
    const known = listenTo({ path, lengthMs: seconds * 1000, fingerprint: whole });
    expect([await known.sound.beginning(), await known.sound.whole(), known.runs()]).toEqual([
      whole,
      whole,
      0,
    ]);
    const fingerprint = whole.subarray(0, 948);
    const half = listenTo({ path, lengthMs: seconds * 1000, fingerprint });
    expect([await half.sound.beginning(), half.runs()]).toEqual([fingerprint, 0]);
    expect([await half.sound.whole(), half.runs()]).toEqual([whole, 1]);
  });

  test("is undefined where ffmpeg can't read it", async () => {
    const { sound } = listenTo({ path: '/nowhere', lengthMs: seconds * 1000 });
    expect([await sound.beginning(), await sound.whole()]).toEqual([undefined, undefined]);
  });
});

test.each([10, 115])('a preview from second %i of a longer song proves it', async (fromSeconds) => {
  const bench = await createEarBench(sounds);
  const clip = { format: 'mp3', fromSeconds, seconds: 30 };
  const durationMs = seconds * 1000;
  const preview = await encodeSound(sounds.ffmpegPath, pcm, clip);
  bench.deezer.tracks.push({ id: 1, isrc, title: 'Song', artist: 'Band', duration: seconds, preview });
  const { track } = sounds.song;
  const song = { track: { ...track, durationMs }, path, lengthMs: durationMs, fingerprint: undefined };
  const heard = await bench.ear.hear(song, signal);
  expect(heard).toMatchObject({ verdict: 'proven', by: 'deezer' });
  expect(Math.abs((heard.atMs ?? 0) - fromSeconds * 1000)).toBeLessThan(200);
  await bench.close();
});
