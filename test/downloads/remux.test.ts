import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { isPlainMp4 } from '../../src/downloads/mp4.ts';
import { oggDurationMs, writeOggOpus } from '../../src/downloads/ogg.ts';
import { remux } from '../../src/downloads/remux.ts';
import { readWebmOpus } from '../../src/downloads/webm-opus.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

let ffmpeg: string;
beforeAll(async () => {
  ffmpeg = (await realTools()).ffmpeg;
});

const opus = planConversion('opus', 'opus', 'high');
const m4a = planConversion('m4a', 'aac', 'high');

function make(path: string, args: readonly string[]): string {
  execFileSync(ffmpeg, [
    '-nostdin',
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    'sine=440:d=3.3',
    ...args,
    path,
  ]);
  return path;
}

/** The sound itself, whatever is around it. */
function soundOf(path: string): string {
  return execFileSync(ffmpeg, [
    '-nostdin',
    '-v',
    'error',
    '-i',
    path,
    '-map',
    '0:a',
    '-f',
    'md5',
    '-',
  ]).toString();
}

describe('WebM to Ogg', () => {
  test.each([
    ['as YouTube has it', ['-c:a', 'libopus', '-f', 'webm']],
    ['of a live stream, with sizes that are not known', ['-c:a', 'libopus', '-f', 'webm', '-live', '1']],
    ['with frames of 60 ms', ['-c:a', 'libopus', '-frame_duration', '60', '-f', 'webm']],
    [
      'with frames of 2.5 ms, in stereo',
      ['-c:a', 'libopus', '-frame_duration', '2.5', '-ac', '2', '-f', 'webm'],
    ],
    ['of a high rate', ['-c:a', 'libopus', '-b:a', '400k', '-ac', '2', '-f', 'webm']],
  ])('%s keeps every sample', async (_name, args) => {
    const folder = tempFolder();
    const from = make(join(folder, 'a.webm'), args);
    const to = join(folder, 'a.opus');
    expect(await remux(from, to, opus)).toBe(true);
    expect(soundOf(to)).toBe(soundOf(from));
    expect(oggDurationMs(readFileSync(to))).toBeCloseTo(3_300, -2);
  });

  test('leaves to ffmpeg what is not one plain Opus stream', async () => {
    const folder = tempFolder();
    const vorbis = make(join(folder, 'vorbis.webm'), ['-c:a', 'libvorbis', '-f', 'webm']);
    const two = make(join(folder, 'two.webm'), ['-map', '0', '-map', '0', '-c:a', 'libopus', '-f', 'webm']);
    const wav = make(join(folder, 'a.wav'), ['-f', 'wav']);
    for (const from of [vorbis, two, wav]) expect(await remux(from, join(folder, 'out'), opus)).toBe(false);
    expect(await remux(two, join(folder, 'out'), planConversion('mp3', 'opus', 'high'))).toBe(false);
  });

  test('refuses a file that ends in the middle, wherever that is', () => {
    const whole = readFileSync(make(join(tempFolder(), 'a.webm'), ['-c:a', 'libopus', '-f', 'webm']));
    for (let length = 0; length < whole.length; length += 97) {
      const stream = readWebmOpus(whole.subarray(0, length));
      // Cut between two blocks it is a shorter stream, which the check of the length finds out.
      if (stream !== undefined) expect(oggDurationMs(writeOggOpus(stream))).toBeLessThan(3_300);
    }
  });

  test('rubbish is refused and never an error', () => {
    let seed = 1;
    for (let run = 0; run < 300; run += 1) {
      const bytes = Buffer.from(
        Array.from({ length: 400 }, () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16),
      );
      expect(readWebmOpus(bytes)).toBeUndefined();
      expect(isPlainMp4(bytes)).toBe(false);
      expect(oggDurationMs(bytes)).toBeUndefined();
    }
  });
});

describe('M4A', () => {
  test('is taken as it is when it has no fragments', async () => {
    const folder = tempFolder();
    for (const flags of [[], ['-movflags', '+faststart']]) {
      const from = make(join(folder, 'a.m4a'), ['-c:a', 'aac', ...flags, '-f', 'ipod']);
      const before = readFileSync(from);
      expect(await remux(from, join(folder, 'out.m4a'), m4a)).toBe(true);
      expect(readFileSync(join(folder, 'out.m4a')).equals(before)).toBe(true);
    }
  });

  test('goes to ffmpeg when it is fragmented, cut off or something else', async () => {
    const folder = tempFolder();
    const dash = make(join(folder, 'dash.m4a'), [
      '-c:a',
      'aac',
      '-movflags',
      'dash+frag_keyframe+empty_moov',
      '-f',
      'mp4',
    ]);
    expect(await remux(dash, join(folder, 'out'), m4a)).toBe(false);
    const whole = readFileSync(make(join(folder, 'a.m4a'), ['-c:a', 'aac', '-f', 'ipod']));
    const cut = join(folder, 'cut.m4a');
    writeFileSync(cut, whole.subarray(0, whole.length - 100));
    expect(await remux(cut, join(folder, 'out'), m4a)).toBe(false);
  });
});

test('the length of an Ogg file that lost its end is not known', () => {
  const path = make(join(tempFolder(), 'a.ogg'), ['-c:a', 'libvorbis', '-f', 'ogg']);
  const whole = readFileSync(path);
  expect(oggDurationMs(whole)).toBeCloseTo(3_300, -2);
  for (const lost of [1, 50, 500])
    expect(oggDurationMs(whole.subarray(0, whole.length - lost))).toBeUndefined();
});
