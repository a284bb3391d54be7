import { describe, expect, test } from 'vitest';
import { likeness } from '../../src/sound/alike.ts';
import { createCandidateFinder } from '../../src/sound/candidates.ts';
import { createRandom, testSeed } from '../helpers/random.ts';

const random = createRandom(testSeed);

function printOf(length: number): Uint32Array {
  return Uint32Array.from({ length }, () => random.next() * 2 ** 32);
}

/** The same with so many of its 32 bits wrong in each value. */
function worse(print: Uint32Array, bits: number): Uint32Array {
  return print.map((value) => {
    let wrong = value;
    for (let at = 0; at < bits; at += 1) wrong ^= 1 << ((at * 7) % 32);
    return wrong >>> 0;
  });
}

describe(`two fingerprints (seed ${testSeed})`, () => {
  const print = printOf(900);

  test.each([0, 1, 5, 9])('with %i wrong bits in each value', (bits) => {
    expect(likeness(print, worse(print, bits))).toMatchObject({ bitErrors: bits, offset: 0 });
  });

  test.each([1, 60, 120])('of which one begins %i values later', (offset) => {
    const later = new Uint32Array([...printOf(offset), ...print]).subarray(0, 900);
    expect(likeness(later, print)).toMatchObject({ bitErrors: 0, offset });
    expect(likeness(print, later)).toMatchObject({ bitErrors: 0, offset: -offset });
  });

  test('that have nothing in common differ in half of their bits', () => {
    const found = likeness(print, printOf(900));
    expect(found?.bitErrors).toBeGreaterThan(14);
    expect(found?.bitErrors).toBeLessThan(18);
  });

  test('of silence are alike, and have one value', () => {
    const silence = new Uint32Array(900).fill(627_964_279);
    // Every place is as good.
    expect(likeness(silence, silence)).toMatchObject({ bitErrors: 0, distinct: 1 });
  });

  test('of which one is empty cannot be compared, and short ones can', () => {
    expect(likeness(print, new Uint32Array())).toBeUndefined();
    expect(likeness(print.subarray(0, 3), print.subarray(0, 3))).toMatchObject({ bitErrors: 0 });
  });
});

describe(`of many songs (seed ${testSeed})`, () => {
  test('those are compared that share values and are of about one length', () => {
    const find = createCandidateFinder(5, 480);
    const print = printOf(900);
    expect(find({ lengthMs: 100_000, fingerprint: print })).toEqual([]);
    expect(find({ lengthMs: 101_000, fingerprint: printOf(900) })).toEqual([]);
    expect(find({ lengthMs: 106_000, fingerprint: worse(print, 0) })).toEqual([0]);
    // Too long for the first.
    expect(find({ lengthMs: 108_000, fingerprint: print })).toEqual([2]);
    expect(find({ lengthMs: 200_000, fingerprint: print })).toEqual([]);
  });

  test('silence leads to no one', () => {
    const find = createCandidateFinder(200, 480);
    const silence = new Uint32Array(900).fill(627_964_279);
    for (let number = 0; number < 200; number += 1) {
      expect(find({ lengthMs: 100_000, fingerprint: silence })).toEqual([]);
    }
  });
});
