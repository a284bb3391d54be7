import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findSpeed } from '../../src/ear/speed.ts';
import { tellSpeed } from '../../src/ear/speed-words.ts';
import { fingerprintFile } from '../../src/sound/measure-file.ts';
import { musicRate, playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

const { signal } = new AbortController();
let ffmpegPath = '';
let song: Buffer;
let clip: Buffer;

beforeAll(async () => {
  ({ ffmpeg: ffmpegPath } = await realTools());
  song = playMusic(11, { seconds: 60 });
  clip = await encodeSound(ffmpegPath, song, { format: 'mp3', fromSeconds: 20.05, seconds: 30 });
});

async function printOf(pcm: Buffer, filter: string): Promise<Uint32Array> {
  const path = join(tempFolder(), 'song.opus');
  writeFileSync(path, await encodeSound(ffmpegPath, pcm, { format: 'opus', filter }));
  const print = await fingerprintFile(path, { ffmpegPath, signal });
  if (print === undefined) throw new Error('ffmpeg made no fingerprint.');
  return print;
}

const semitone = 2 ** (1 / 12);
const record = (speed: number): string => `asetrate=${Math.round(musicRate * speed)},aresample=${musicRate}`;
const pitched = (pitch: number): string => `${record(pitch)},atempo=${1 / pitch}`;

describe('a song is known at another speed or pitch', () => {
  test.each([
    ['nightcore', record(1.25), 1.25, 1.25, "it's the right song, 25 % too fast"],
    ['PAL', record(25 / 23.976), 1.0427, 1.0427, "it's the right song, 4 % too fast"],
    [
      'faster at its own pitch',
      'atempo=1.1',
      1.1,
      1,
      "it's the right song, 10 % too fast at the right pitch",
    ],
    [
      '2 semitones lower',
      pitched(semitone ** -2),
      1,
      semitone ** -2,
      "it's the right song, 2 semitones too low",
    ],
    ['432 Hz', pitched(432 / 440), 1, 432 / 440, "it's the right song, tuned to 432 Hz"],
  ])('%s', async (_, filter, speed, pitch, words) => {
    const print = await printOf(song, filter);
    const found = await findSpeed(clip, print, { ffmpegPath, signal });
    expect(found?.speed).toBeCloseTo(speed, 1.7);
    expect(found?.pitch).toBeCloseTo(pitch, 1.7);
    expect(found && tellSpeed(found)).toBe(words);
    expect(found?.alignment.bitError).toBeLessThan(0.2);
  });
});

describe('nothing is found', () => {
  test('of another song', async () => {
    const print = await printOf(playMusic(12, { seconds: 60 }), 'anull');
    expect(await findSpeed(clip, print, { ffmpegPath, signal })).toBeUndefined();
  });

  test('of the song as it is', async () => {
    expect(await findSpeed(clip, await printOf(song, 'anull'), { ffmpegPath, signal })).toBeUndefined();
  });

  test.each([
    ['what is no sound', Buffer.from('no sound'.repeat(100))],
    ['less than a value', Buffer.alloc(0)],
  ])('by %s', async (_, bytes) => {
    const print = await printOf(song, 'anull');
    expect(await findSpeed(bytes, print, { ffmpegPath, signal })).toBeUndefined();
  });

  test('without an ffmpeg', async () => {
    const found = await findSpeed(clip, new Uint32Array(500), { ffmpegPath: '/nowhere/ffmpeg', signal });
    expect(found).toBeUndefined();
  });

  test('in a song without values', async () => {
    expect(await findSpeed(clip, new Uint32Array(), { ffmpegPath, signal })).toBeUndefined();
  });
});

test('a signal ends the search', async () => {
  const ended = AbortSignal.abort(new Error('Ended.'));
  await expect(findSpeed(clip, new Uint32Array(500), { ffmpegPath, signal: ended })).rejects.toThrow(
    'Ended.',
  );
});
