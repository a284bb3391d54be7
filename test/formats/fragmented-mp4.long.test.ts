import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { inspect } from '../../src/downloads/inspect.ts';
import { remux } from '../../src/downloads/remux.ts';
import { findMutagen, type Reader } from '../bench/tags/readers.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { projectDir } from '../helpers/world.ts';
import { fragmentedMp4, readAdts, type Aac, type FragmentWish } from './fragments.ts';
import { convertFile, ffmpeg, isExactInAac } from '../downloads/sounds.ts';

const isExact = await isExactInAac();
if (!isExact) sayLeftOut('M4A beside that of ffmpeg', 'this ffmpeg is too old for it');

const m4a = planConversion('m4a', 'aac', 'high');
let mutagen: Reader | undefined;
let aac: Aac;

beforeAll(async () => {
  mutagen = await findMutagen(join(process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'), 'tools'));
  if (mutagen === undefined) sayLeftOut("mutagen's view of M4A", 'Python or pip is missing');
  aac = readAdts(await ffmpeg([...sound(2.2), '-c:a', 'aac', '-f', 'adts', '-']));
});

/** Two tones and some noise: more than one frame in a row would sound alike otherwise. */
function sound(seconds: number, rate = 44_100): string[] {
  const tones = 'sin(1000*t)/4+sin(3000*t*t)/4+random(0)/10';
  return ['-f', 'lavfi', '-i', `aevalsrc=${tones}:d=${seconds}:s=${rate}`];
}

/** The samples, 16 bits each; nothing where it can't be read. */
async function samples(path: string): Promise<Buffer> {
  return ffmpeg(['-i', path, '-map', '0:a:0', '-f', 's16le', '-']).catch(() => Buffer.alloc(0));
}

/** @returns how many bytes the source has more than what was made of it */
async function expectSameSound(from: string, to: string): Promise<number> {
  const before = await samples(from);
  const made = await samples(to);
  expect(made.length).toBeGreaterThan(0);
  expect(made.equals(before.subarray(0, made.length))).toBe(true);
  return before.length - made.length;
}

/** What all see in HARMONI's file and in ffmpeg's of the same fragments. */
async function expectAsFfmpeg(from: string): Promise<void> {
  const [to, other] = [`${from}.out.m4a`, `${from}.ffmpeg.m4a`];
  expect(await remux(from, to, m4a)).toBe(true);
  await convertFile(from, other, m4a);
  expect((await samples(to)).equals(await samples(other))).toBe(true);
  const [own, theirs] = [await inspect(to, 'm4a'), await inspect(other, 'm4a')];
  expect(own.fault).toBeUndefined();
  expect({ ...own, bitrateKbps: 0 }).toEqual({ ...theirs, bitrateKbps: 0 });
  const [mine, others] = (await mutagen?.read([to, other])) ?? [];
  expect(mine?.error).toBeUndefined();
  expect(mine?.durationMs).toBe(others?.durationMs);
}

const dash = '+frag_keyframe+empty_moov+default_base_moof+dash+global_sidx';

describe.skipIf(!isExact)(
  'sample for sample the sound is that of its fragments, and of what ffmpeg makes of them',
  () => {
    test.each([
      ['in one fragment', ['-movflags', dash]],
      ['with the delay of the encoder', ['-movflags', '+dash+delay_moov+global_sidx']],
      ['in fragments of 0.2 s', ['-movflags', dash, '-frag_duration', '200000']],
      ['in fragments of 1.7 s', ['-movflags', '+dash+delay_moov', '-frag_duration', '1700000']],
      ['in a fragment for every frame', ['-movflags', '+frag_every_frame+delay_moov']],
      ['with offsets in the file', ['-movflags', '+empty_moov', '-frag_duration', '500000']],
      ['without offsets', ['-movflags', '+empty_moov+omit_tfhd_offset', '-frag_duration', '500000']],
      ['as CMAF', ['-movflags', '+cmaf+delay_moov', '-frag_duration', '500000']],
      ['with an index of fragments each', ['-movflags', '+dash+delay_moov', '-frag_duration', '500000']],
    ])('%s', async (_name, flags) => {
      const from = join(tempFolder(), 'a.m4a');
      await ffmpeg([...sound(3.3), '-c:a', 'aac', ...flags, '-f', 'mp4', from]);
      await expectAsFfmpeg(from);
      const lost = await expectSameSound(from, `${from}.out.m4a`);
      // In fragments ffmpeg doesn't read where the last frame ends.
      expect(lost).toBeLessThan(1_024 * 2);
    });

    test.each([
      ['mono', 48_000, 'mono'],
      ['stereo', 44_100, 'stereo'],
      ['stereo of 22,050 Hz', 22_050, 'stereo'],
      ['stereo of 96,000 Hz', 96_000, 'stereo'],
      ['mono of 8,000 Hz', 8_000, 'mono'],
      ['5.1', 48_000, '5.1'],
    ])('%s', async (_name, rate, layout) => {
      const from = join(tempFolder(), 'a.m4a');
      const flags = ['-movflags', '+dash+delay_moov+global_sidx', '-frag_duration', '1000000', '-f', 'mp4'];
      const channels = ['-af', `aformat=channel_layouts=${layout}`];
      await ffmpeg([...sound(3.3, rate), ...channels, '-c:a', 'aac', ...flags, from]);
      await expectAsFfmpeg(from);
      await expectSameSound(from, `${from}.out.m4a`);
    });

    const speed = 0x10000;
    test.each<readonly [string, Partial<FragmentWish>]>([
      ['as YouTube has it', {}],
      ['with the delay of the encoder', { edits: [[0, 1_024, speed]] }],
      ['with an edit that counts the delay, too', { edits: [[96 * 1_024, 312, speed]] }],
      ['with a movie in milliseconds', { movieScale: 1_000, edits: [[2_229, 0, speed]] }],
      ['with all in trun', { lengths: 'trun', flags: 'trun', compositionOffset: 0, runsEach: 4 }],
      ['with a last box that has no size', { mdat: 'endless', base: 'absolute' }],
      ['with sizes of 64 bits', { mdat: 'long', base: 'none', elst: 1 }],
      ['with a shorter last frame', { lastLength: 300 }],
    ])('made by hand %s', async (_name, wish) => {
      const from = join(tempFolder(), 'a.m4a');
      writeFileSync(from, fragmentedMp4(aac, wish));
      await expectAsFfmpeg(from);
      expect(await expectSameSound(from, `${from}.out.m4a`)).toBeLessThan(1_024 * 2);
    });

    test.each([
      ['22,050 Hz, and SBR that is not announced', '1388', 22_050],
      ['22,050 Hz, and SBR to 44,100 Hz', '2b8a0800', 44_100],
    ])('%s', async (_name, config, sampleRate) => {
      const slow = readAdts(await ffmpeg([...sound(2.2, 22_050), '-c:a', 'aac', '-f', 'adts', '-']));
      const wish = { timeScale: 44_100, frameLength: 2_048, lastLength: 2_048 };
      const from = join(tempFolder(), 'a.m4a');
      writeFileSync(from, fragmentedMp4({ ...slow, sampleRate, config: Buffer.from(config, 'hex') }, wish));
      await expectAsFfmpeg(from);
      expect(await expectSameSound(from, `${from}.out.m4a`)).toBe(0);
    });
  },
);

test.skipIf(!isExact)('the end that an edit cuts off is cut off', async () => {
  const from = join(tempFolder(), 'a.m4a');
  const heard = aac.frames.length * 1_024 - 1_024 - 700;
  writeFileSync(from, fragmentedMp4(aac, { edits: [[heard, 1_024, 0x10000]] }));
  expect(await remux(from, `${from}.out.m4a`, m4a)).toBe(true);
  // ffmpeg doesn't read it in fragments.
  expect(await expectSameSound(from, `${from}.out.m4a`)).toBe(700 * 2);
  expect(await samples(`${from}.out.m4a`)).toHaveLength(heard * 2);
});

test.skipIf(!isExact)(`what is made of changed bytes sounds like them (seed ${testSeed})`, async () => {
  const random = createRandom(testSeed);
  const folder = tempFolder();
  const whole = fragmentedMp4(aac, { framesEach: 40, lengths: 'trun', edits: [[0, 1_024, 0x10000]] });
  const [from, to] = [join(folder, 'a.m4a'), join(folder, 'b.m4a')];
  let made = 0;
  for (let run = 0; run < 3_000 && made < 100; run += 1) {
    const changed = Buffer.from(whole);
    const place = random.between(0, random.pick([whole.indexOf('mdat'), whole.length]) - 1);
    changed[place] = random.between(0, 255);
    writeFileSync(from, changed);
    if (!(await remux(from, to, m4a)) || changed.equals(whole)) continue;
    made += 1;
    const [before, after] = [await samples(from), await samples(to)];
    const hint = `byte ${place} is ${changed[place]}`;
    expect(after.equals(before.subarray(0, after.length)), hint).toBe(true);
    expect(before.length - after.length, hint).toBeLessThan(5 * 1_024 * 2);
  }
  expect(made).toBe(100);
});
