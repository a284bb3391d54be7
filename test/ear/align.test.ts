import { describe, expect, test } from 'vitest';
import { align, alignClip, beginningSamples, lengthOf, msPerValue, valuesIn } from '../../src/ear/align.ts';
import { ones } from '../../src/sound/bits.ts';
import { createRandom, testSeed } from '../helpers/random.ts';

const random = createRandom(testSeed);
const silence = 627_964_279;

function printOf(length: number): Uint32Array {
  return Uint32Array.from({ length }, () => random.next() * 2 ** 32);
}

/** The same with so many of its 32 bits wrong in the values of a part. */
function worse(print: Uint32Array, bits: number, from = 0, to = print.length): Uint32Array {
  return print.map((value, index) => {
    let wrong = value;
    for (let at = 0; index >= from && index < to && at < bits; at += 1) wrong ^= 1 << ((at * 7) % 32);
    return wrong >>> 0;
  });
}

describe(`a clip in a song (seed ${testSeed})`, () => {
  const song = printOf(1_900);
  const clip = song.slice(700, 921);

  test.each([0, 1, 5, 9])('is found with %i wrong bits in each value', (bits) => {
    const found = align(worse(clip, bits), song);
    expect(found).toMatchObject({ bitError: bits / 32, worst: bits / 32, distinct: 221 });
    expect(found?.atMs).toBeCloseTo(700 * msPerValue);
  });

  test('that has something else in it for four seconds is found, and they are seen', () => {
    const found = align(worse(clip, 16, 100, 132), song);
    expect(found?.bitError).toBeCloseTo((16 / 32) * (32 / 221));
    expect(found?.worst).toBe(0.5);
  });

  test.each([
    ['begins before the song', new Uint32Array([...printOf(40), ...song.slice(0, 181)]), -40],
    ['goes on after it', new Uint32Array([...song.slice(-181), ...printOf(40)]), 1_900 - 181],
  ])('may hang over: it %s', (_, hanging, place) => {
    const found = align(hanging, song);
    expect(found).toMatchObject({ bitError: 0, distinct: 181 });
    expect(found?.atMs).toBeCloseTo(place * msPerValue);
    expect(found?.comparedMs).toBeCloseTo(lengthOf(181));
  });

  test('that hangs over by more than a fifth of it is not found', () => {
    const hanging = new Uint32Array([...printOf(50), ...song.slice(0, 171)]);
    expect(align(hanging, song)?.bitError).toBeGreaterThan(0.3);
  });

  test('of another song fits nowhere', () => {
    const found = align(printOf(221), song);
    expect(found?.bitError).toBeGreaterThan(0.4);
  });

  test('that repeats itself fits', () => {
    const loop = printOf(65);
    const loops = new Uint32Array(1_950).map((_, index) => loop[index % 65] ?? 0);
    expect(align(loops.slice(130, 351), loops)).toMatchObject({ bitError: 0, distinct: 65 });
  });

  test('of a song that is shorter than the clip is compared as far as there is something', () => {
    expect(align(song, clip)).toMatchObject({ bitError: 0, distinct: 221 });
    expect(align(song, clip)?.atMs).toBeCloseTo(-700 * msPerValue);
  });

  test('is compared from its beginning and from half a step later, and fits where the better of both does', () => {
    const later = (beginningSamples[1] / 11_025) * 1000;
    const first = alignClip([clip, worse(song.slice(701, 921), 4)], song);
    expect(first).toMatchObject({ bitError: 0, atMs: 700 * msPerValue });
    const second = alignClip([worse(clip, 4), song.slice(701, 921)], song);
    expect(second).toMatchObject({ bitError: 0, atMs: 701 * msPerValue - later });
    expect(alignClip([], song)).toBeUndefined();
  });

  test('of silence has no different values', () => {
    const quiet = new Uint32Array(221).fill(silence);
    expect(align(quiet, new Uint32Array(900).fill(silence))).toMatchObject({ bitError: 0, distinct: 0 });
  });

  test('without values says nothing, and a single one can be compared', () => {
    expect(align(new Uint32Array(), song)).toBeUndefined();
    expect(align(clip, new Uint32Array())).toBeUndefined();
    expect(align(song.slice(5, 6), song)).toMatchObject({ bitError: 0, distinct: 1 });
  });

  test('as long as the whole song is at its beginning', () => {
    expect(align(song, worse(song, 2))).toMatchObject({ bitError: 2 / 32, atMs: 0, distinct: 1_900 });
  });
});

test('half a minute has 221 values, as ffmpeg makes them', () => {
  expect(valuesIn(30_000)).toBe(221);
  expect(valuesIn(240_000)).toBe(1_917);
  expect(valuesIn(2_000)).toBe(0);
  for (const values of [1, 61, 221, 29_055]) expect(valuesIn(lengthOf(values))).toBe(values);
  expect(lengthOf(0)).toBe(0);
});

test('bits are counted', () => {
  expect([0, 1, 0x80000000, 0xffffffff, 0x55555555].map(ones)).toEqual([0, 1, 1, 32, 16]);
});
