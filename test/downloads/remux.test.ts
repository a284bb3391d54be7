import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { inspect } from '../../src/downloads/inspect.ts';
import { boxesOf, isPlainMp4 } from '../../src/formats/mp4-boxes.ts';
import { oggDurationMs, planOggOpus } from '../../src/formats/ogg.ts';
import { remux } from '../../src/downloads/remux.ts';
import { bufferedFile, measureSound } from '../../src/formats/sound-length.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { readWebmOpus, type OpusStream } from '../../src/formats/webm-opus.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';
import { convertFile, samplesOf, isExactInAac } from './sounds.ts';

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

function oggOf(stream: OpusStream): Buffer {
  const { size, write } = planOggOpus(stream);
  const ogg = Buffer.alloc(size);
  write(ogg);
  return ogg;
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
      if (stream !== undefined) expect(oggDurationMs(oggOf(stream))).toBeLessThan(3_300);
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

const isExact = await isExactInAac();
if (!isExact) sayLeftOut('M4A beside that of ffmpeg', 'this ffmpeg is too old for it');

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

  test('goes to ffmpeg when it is cut off or something else', async () => {
    const folder = tempFolder();
    const whole = readFileSync(make(join(folder, 'a.m4a'), ['-c:a', 'aac', '-f', 'ipod']));
    const cut = join(folder, 'cut.m4a');
    writeFileSync(cut, whole.subarray(0, whole.length - 100));
    expect(await remux(cut, join(folder, 'out'), m4a)).toBe(false);
    const flac = ['-c:a', 'flac', '-strict', '-2', '-movflags', 'dash+frag_keyframe', '-f', 'mp4'];
    expect(await remux(make(join(folder, 'b.m4a'), flac), join(folder, 'out'), m4a)).toBe(false);
  });

  test.skipIf(!isExact)('is made of fragments with every sample, as ffmpeg makes it', async () => {
    const { from, to } = await fromFragments();
    const byFfmpeg = join(tempFolder(), 'ffmpeg.m4a');
    await convertFile(from, byFfmpeg, m4a);
    const [before, made, same] = await samplesOf([from, to, byFfmpeg]);
    expect(made?.length).toBe(2 * 3.3 * 44_100);
    expect(made?.equals(same ?? Buffer.alloc(0))).toBe(true);
    // Only the length of the last frame says where the sound ends, which ffmpeg reads in a plain file alone.
    expect(made?.equals(before?.subarray(0, made.length) ?? Buffer.alloc(0))).toBe(true);
    const file = readFileSync(to);
    expect(isPlainMp4(file)).toBe(true);
    expect([...boxesOf(file)].map(({ type }) => type)).toEqual(['ftyp', 'moov', 'mdat']);
  });

  test('that was made of fragments is as long as it should be to everybody who reads it', async () => {
    const { to } = await fromFragments();
    expect(await inspect(to, 'm4a')).toMatchObject({
      durationMs: 3_300,
      fault: undefined,
      sampleRateHz: 44_100,
    });
    const sound = await measureSound(bufferedFile(readFileSync(to)), 'm4a', true);
    expect(sound).toEqual({ promisedMs: 3_300, presentMs: 3_300 });
  });

  test(`that was made of fragments keeps its sound under tags and a cover (seed ${testSeed})`, async () => {
    const { to } = await fromFragments();
    const [before] = await samplesOf([to]);
    const fields = tagFieldsOf(
      { artists: ['One'], artist: 'One', track: 'Song' },
      'comprehensive',
      undefined,
    );
    const cover = { mimeType: 'image/png', data: createRandom(testSeed).bytes(300_000) } as const;
    await createTagger().write(to, 'm4a', fields, cover);
    const [after] = await samplesOf([to]);
    expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
    const found = await inspect(to, 'm4a');
    expect(found).toMatchObject({ durationMs: 3_300, fault: undefined });
    expect(found.facts).toMatchObject({ title: 'Song', artist: 'One', hasCover: true });
  });
});

/** AAC in fragments as YouTube has it, and what HARMONI makes of it. */
async function fromFragments(): Promise<{ from: string; to: string }> {
  const folder = tempFolder();
  const flags = ['-movflags', '+dash+delay_moov+global_sidx', '-frag_duration', '1000000'];
  const from = make(join(folder, 'dash.m4a'), ['-c:a', 'aac', ...flags, '-brand', 'dash', '-f', 'mp4']);
  const to = join(folder, 'out.m4a');
  expect(await remux(from, to, m4a)).toBe(true);
  return { from, to };
}

test('the length of an Ogg file that lost its end is not known', () => {
  const path = make(join(tempFolder(), 'a.ogg'), ['-c:a', 'libvorbis', '-f', 'ogg']);
  const whole = readFileSync(path);
  expect(oggDurationMs(whole)).toBeCloseTo(3_300, -2);
  for (const lost of [1, 50, 500])
    expect(oggDurationMs(whole.subarray(0, whole.length - lost))).toBeUndefined();
});
