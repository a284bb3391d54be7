import { beforeAll, describe, expect, test } from 'vitest';
import { readFragmentedAac } from '../../src/formats/fragmented-mp4.ts';
import { writeM4a } from '../../src/formats/m4a.ts';
import { boxesOf } from '../../src/formats/mp4-boxes.ts';
import fc from '../helpers/properties.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { fragmentedMp4, readAdts, type Aac, type FragmentWish } from './fragments.ts';
import { ascii, box, full, u32 } from './mp4-writer.ts';
import { ffmpeg } from '../downloads/sounds.ts';

let aac: Aac;
/** The same frames, all as long as the longest. */
let even: Aac;
beforeAll(async () => {
  aac = readAdts(await ffmpeg(['-f', 'lavfi', '-i', 'sine=440:d=2.2', '-c:a', 'aac', '-f', 'adts', '-']));
  const longest = Math.max(...aac.frames.map(({ length }) => length));
  const frames = aac.frames.map((frame) => Buffer.concat([frame, Buffer.alloc(longest - frame.length)]));
  even = { ...aac, frames };
});

type Case = readonly [string, Partial<FragmentWish>];
const roll = full('sgpd', 1, 0, ascii('roll'), u32(2, 1), Buffer.from([0xff, 0xff]));
const event = full('emsg', 0, 0, ascii('urn:an-event\0\0'), u32(1, 0, 0, 1));

/** All in the file is in the track. */
const known: readonly Case[] = [
  ['YouTube has it', {}],
  ['without an edit', { edits: [] }],
  ['with edits of 64 bits', { elst: 1 }],
  ['with one fragment', { framesEach: 1_000 }],
  ['with a fragment for every frame', { framesEach: 1 }],
  ['with several runs in a fragment', { runsEach: 3 }],
  ['with offsets in the file', { base: 'absolute' }],
  ['with offsets from nowhere in particular', { base: 'none' }],
  ['with lengths of frames in trex', { lengths: 'trex' }],
  ['with lengths of frames in trun', { lengths: 'trun' }],
  ['with flags for every frame', { flags: 'trun' }],
  ['with flags for the first frame', { flags: 'first' }],
  ['without flags', { flags: 'trex' }],
  ['with frames that are heard when they are decoded', { compositionOffset: 0 }],
  ['with times of 32 bits', { tfdt: 0 }],
  ['without times', { tfdt: 'none' }],
  ['with a movie that counts in milliseconds', { movieScale: 1_000 }],
  ['with sizes of 64 bits', { mdat: 'long' }],
  ['with a last box that has no size', { mdat: 'endless' }],
  [
    'with types, events and space between',
    { before: [box('styp', ascii('msdh'), u32(0)), event, box('free', u32(0))] },
  ],
  ['with an index at the end', { atEnd: [box('mfra', full('mfro', 0, 0, u32(24)))] }],
  ['with groups of samples', { inTraf: [roll] }],
  ['with tags', { inMoov: [box('udta', box('meta', u32(0)))], inTrak: [box('udta')] }],
  ['with a bit rate', { inEntry: [box('btrt', u32(0, 128_000, 128_000))] }],
];

test.each(known)('a file as %s is read', (_name, wish) => {
  const track = readFragmentedAac(fragmentedMp4(aac, wish));
  expect(Buffer.concat(track?.pieces ?? []).equals(Buffer.concat(aac.frames))).toBe(true);
  expect(track?.sizes).toEqual(aac.frames.map(({ length }) => length));
  expect(track).toMatchObject({ timeScale: 44_100, frameUnits: 1_024, lastFrameUnits: 1_024 });
  expect(track?.heard).toEqual({ from: 0, units: aac.frames.length * 1_024 });
});

test.each(['tfhd', 'trex'] as const)('frames of one size, which %s tells, are read', (sizes) => {
  const track = readFragmentedAac(fragmentedMp4(even, { sizes }));
  expect(Buffer.concat(track?.pieces ?? []).equals(Buffer.concat(even.frames))).toBe(true);
  expect(track?.sizes).toEqual(even.frames.map(({ length }) => length));
});

describe('what is heard', () => {
  const speed = 0x10000;
  const heard = (wish: Partial<FragmentWish>) => readFragmentedAac(fragmentedMp4(aac, wish))?.heard;
  const total = (): number => aac.frames.length * 1_024;

  test('begins and ends where the edit says', () => {
    expect(heard({ edits: [[0, 1_024, speed]] })).toEqual({ from: 1_024, units: total() - 1_024 });
    expect(heard({ edits: [[total() - 2_000, 1_024, speed]] })).toEqual({
      from: 1_024,
      units: total() - 2_000,
    });
  });

  test('ends with the last frame where the edit counts what it skips, too, or only milliseconds', () => {
    for (const units of [total(), total() + 1_000])
      expect(heard({ edits: [[units, 312, speed]] })).toEqual({ from: 312, units: total() - 312 });
    const milliseconds = Math.floor((total() * 1_000) / 44_100);
    expect(heard({ movieScale: 1_000, edits: [[milliseconds, 0, speed]] })).toEqual({
      from: 0,
      units: total(),
    });
  });

  test('ends within a shorter last frame', () => {
    expect(heard({ lastLength: 700 })).toEqual({ from: 0, units: total() - 324 });
  });

  test.each([
    [
      'several edits',
      [
        [0, 0, speed],
        [0, 0, speed],
      ],
    ],
    ['silence in front', [[1_000, -1, speed]]],
    ['double speed', [[0, 0, 2 * speed]]],
    ['half of it', [[40_000, 0, speed]]],
    ['more than there is', [[200_000, 0, speed]]],
    ['nothing', [[0, 200_000, speed]]],
  ] as const)('is left to ffmpeg with %s', (_name, edits) => {
    expect(heard({ edits })).toBeUndefined();
  });
});

describe('left to ffmpeg is a file', () => {
  const entry = box('free', u32(0));
  test.each<Case>([
    ['with two tracks', { tracks: 2 }],
    ['with two fragments of tracks in one', { trafsEach: 2 }],
    ['with two descriptions', { entries: 2 }],
    ['of another codec', { entry: 'Opus' }],
    ['of an encrypted one', { entry: 'enca' }],
    ['of MP3', { objectType: 0x6b }],
    ['with video', { handler: 'vide' }],
    ['with a description of QuickTime', { inEntry: [box('wave', entry)] }],
    ['with keys', { inMoov: [full('pssh', 0, 0, u32(0))] }],
    ['with encrypted frames', { inTraf: [full('senc', 0, 0, u32(0))] }],
    ['with other groups of samples', { inTraf: [full('sbgp', 0, 0, ascii('seig'), u32(0))] }],
    ['with a comment of iTunes on its length', { inMoov: [box('udta', ascii('iTunSMPB'))] }],
    ['with a box that nobody knows', { before: [box('what', u32(0))] }],
    ['with sound that belongs to nothing', { atEnd: [box('mdat', u32(0))] }],
    ['with a gap', { gap: 1_024 }],
    ['that goes back', { gap: -1_024 }],
    ['with frames that are heard later', { compositionOffset: 512 }],
    ['with frames that are heard earlier', { compositionOffset: -512 }],
    ['with lengths of frames that are not those of AAC', { frameLength: 1_000 }],
    ['with another scale of time', { timeScale: 1_000 }],
    ['with bytes that belong to no frame', { unused: 4 }],
    ['without sizes of frames', { sizes: 'trex' }],
    ['with flags of runs that nobody knows', { trunFlags: 0x1000 }],
    ['with fragments that are said to be empty', { tfhdFlags: 0x010000 }],
  ])('%s', (_name, wish) => {
    // Frames of different sizes, where one size is said.
    expect(readFragmentedAac(fragmentedMp4(aac, wish))).toBeUndefined();
  });

  test('with another kind of AAC, or a list of channels', () => {
    // Main, LTP, USAC, and LC with the channels in a list.
    for (const config of ['0a10', '2210', 'f94640', '1200'])
      expect(
        readFragmentedAac(fragmentedMp4({ ...aac, config: Buffer.from(config, 'hex') })),
      ).toBeUndefined();
  });

  test('with more fragments than are worth it', () => {
    const count = (fragments: number): Aac => {
      const frames = Array.from(
        { length: fragments },
        (_, index) => aac.frames[index % 90] ?? Buffer.alloc(0),
      );
      return { ...aac, frames };
    };
    expect(readFragmentedAac(fragmentedMp4(count(2_048), { framesEach: 1 }))?.pieces).toHaveLength(2_048);
    expect(readFragmentedAac(fragmentedMp4(count(2_049), { framesEach: 1 }))).toBeUndefined();
  });

  test('with more frames than six hours have', () => {
    const file = fragmentedMp4(even, { sizes: 'trex', framesEach: 1_000 });
    file.writeUInt32BE(0xffffffff, file.indexOf('trun') + 8);
    expect(readFragmentedAac(file)).toBeUndefined();
  });
});

test('HE-AAC is read, whether it says so or not', () => {
  // 22,050 Hz without a word of SBR, with SBR to 44,100 Hz, and with parametric stereo.
  for (const config of ['1390', '2b920800', 'eb8a0800']) {
    const slow = { ...aac, sampleRate: 44_100, config: Buffer.from(config, 'hex') };
    const track = readFragmentedAac(fragmentedMp4(slow, { frameLength: 2_048, lastLength: 2_048 }));
    expect(track, config).toMatchObject({ frameUnits: 2_048 });
  }
});

describe('a broken file', () => {
  const wishes: readonly Partial<FragmentWish>[] = [{}, { runsEach: 2, base: 'absolute', elst: 1 }];

  test(`that was cut off is refused, or read up to the last whole fragment (seed ${testSeed})`, () => {
    const random = createRandom(testSeed);
    for (const wish of wishes) {
      const file = fragmentedMp4(aac, wish);
      const edges = [...boxesOf(file)].flatMap(({ at }) => [at, at + 1, at + 7, at + 8]);
      const others = Array.from({ length: 200 }, () => random.between(0, file.length - 1));
      for (const length of [...edges, ...others]) {
        const track = readFragmentedAac(file.subarray(0, length));
        if (track === undefined) continue;
        const count = track.sizes.length;
        expect(count % 20).toBe(0);
        expect(Buffer.concat(track.pieces).equals(Buffer.concat(aac.frames.slice(0, count)))).toBe(true);
      }
    }
  });

  test('with any bytes changed is refused or read, and never more than it has', () => {
    const files = wishes.map((wish) => fragmentedMp4(aac, wish));
    const change = fc.record({ place: fc.nat(), value: fc.nat(255), inHead: fc.boolean() });
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (file, changes) => {
          const changed = Buffer.from(file);
          for (const { place, value, inHead } of changes)
            changed[place % (inHead ? file.indexOf('mdat') : file.length)] = value;
          const track = readFragmentedAac(changed);
          if (track === undefined) return;
          const bytes = track.pieces.reduce((sum, { length }) => sum + length, 0);
          expect(track.sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes);
          expect(bytes).toBeLessThan(changed.length);
          const made = Buffer.concat(writeM4a(track));
          expect([...boxesOf(made)].map(({ type }) => type)).toEqual(['ftyp', 'moov', 'mdat']);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('with more boxes than there is any use for is refused', () => {
    const space = (count: number) => Array.from({ length: count }, () => box('free'));
    expect(readFragmentedAac(fragmentedMp4(aac, { atEnd: space(10_000) }))).toBeDefined();
    expect(readFragmentedAac(fragmentedMp4(aac, { atEnd: space(20_000) }))).toBeUndefined();
  });

  test('is refused when it is rubbish', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readFragmentedAac(Buffer.from(bytes))).toBeUndefined();
      }),
    );
  });
});
