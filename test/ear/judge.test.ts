import { describe, expect, test } from 'vitest';
import type { Alignment } from '../../src/ear/align.ts';
import { judge, lengthWords, type Comparison } from '../../src/ear/judge.ts';
import type { OtherSpeed } from '../../src/ear/speed-words.ts';
import type { Witness } from '../../src/tracks/heard.ts';

const agreeing = { fileMs: 200_000, trackMs: 200_500 };

function heard(by: Witness, bitError: number, more: Partial<Alignment> = {}): Comparison {
  const alignment = {
    bitError,
    worst: bitError * 1.3,
    atMs: 42_000,
    elsewhere: 0.44,
    distinct: 190,
    comparedMs: 30_000,
  };
  return { by, alignment: { ...alignment, ...more } };
}

function atSpeed(speed: number, pitch: number): OtherSpeed {
  const { alignment } = heard('deezer', 0.03);
  if (alignment === undefined) throw new Error('There is one.');
  return { speed, pitch, alignment };
}

describe('a match', () => {
  test('proves, with the length agreeing', () => {
    expect(judge([heard('deezer', 0.04)], agreeing)).toEqual({
      verdict: 'proven',
      by: 'deezer',
      bitError: 0.04,
      atMs: 42_000,
    });
  });

  test('is doubtful with another length, and says so', () => {
    const found = judge([heard('deezer', 0.04)], { fileMs: 225_000, trackMs: 200_000 });
    expect(found).toMatchObject({ verdict: 'doubtful', bitError: 0.04, why: "it's 25 seconds longer" });
  });

  test.each([
    ["the track's", 203_000, undefined, 'proven'],
    ["the track's, by more than 3 s", 203_600, undefined, 'doubtful'],
    ["the reference's, where the track's is another", 230_000, 232_000, 'proven'],
    ['neither', 230_000, 240_000, 'doubtful'],
  ])('whose length is %s', (_, fileMs, wholeMs, verdict) => {
    expect(judge([{ ...heard('deezer', 0.04), wholeMs }], { fileMs, trackMs: 200_500 }).verdict).toBe(
      verdict,
    );
  });

  test('proves where nobody knows the length', () => {
    expect(judge([heard('library', 0.04)], { fileMs: 225_000, trackMs: undefined }).verdict).toBe('proven');
  });

  test('counts more than a reference that differs', () => {
    expect(judge([heard('deezer', 0.45), heard('label', 0.02)], agreeing)).toMatchObject({
      verdict: 'proven',
      by: 'label',
    });
  });

  test('in a part of which something else is heard is doubtful', () => {
    expect(judge([heard('deezer', 0.05, { worst: 0.3 })], agreeing)).toMatchObject({
      verdict: 'doubtful',
      why: 'part of it sounds different',
    });
  });
});

describe('no match', () => {
  test('has figures as exact as people need them', () => {
    const { bitError, atMs } = judge([heard('deezer', 0.42539739884393063, { atMs: 3714.2857 })], agreeing);
    expect({ bitError, atMs }).toEqual({ bitError: 0.4254, atMs: 3714 });
  });

  test('alone is doubtful', () => {
    expect(judge([heard('deezer', 0.45)], agreeing)).toEqual({
      verdict: 'doubtful',
      by: 'deezer',
      bitError: 0.45,
      atMs: 42_000,
    });
  });

  test.each([
    ['of two references', [heard('deezer', 0.45), heard('label', 0.41)], agreeing],
    [
      'and an answer of a database',
      [heard('deezer', 0.45), { by: 'acoustid', isSame: false } as const],
      agreeing,
    ],
    ['and another length', [heard('deezer', 0.45)], { fileMs: 260_000, trackMs: 200_000 }],
  ])('%s is another recording', (_, evidence, lengths) => {
    expect(judge(evidence, lengths)).toMatchObject({ verdict: 'different', by: 'deezer' });
  });

  test.each([
    ['and a length that is off by a little', [heard('deezer', 0.45)], { fileMs: 205_000, trackMs: 200_000 }],
    ['of two clips of one witness', [heard('deezer', 0.45), heard('deezer', 0.42)], agreeing],
    ['and a second reference that is unsure', [heard('deezer', 0.45), heard('label', 0.2)], agreeing],
  ])('%s is only doubtful', (_, evidence, lengths) => {
    expect(judge(evidence, lengths).verdict).toBe('doubtful');
  });

  test.each([0.13, 0.2, 0.3, 0.34])(
    'of %f, as remasters and voices on top have, is doubtful whatever the length',
    (error) => {
      const found = judge([heard('deezer', error)], { fileMs: 260_000, trackMs: 200_000 });
      expect(found).toMatchObject({ verdict: 'doubtful', why: "it sounds similar, but isn't the same" });
    },
  );
});

describe('a match at another speed alone', () => {
  test.each([
    ['nightcore', 1.25, 1.25, { speed: 1.25, why: "it's the right song, 25 % too fast" }],
    ['PAL', 1.0427, 1.0427, { speed: 1.0427, why: "it's the right song, 4 % too fast" }],
    ['432 Hz', 1, 432 / 440, { pitch: 432 / 440, why: "it's the right song, tuned to 432 Hz" }],
  ])('is another recording: %s', (_, speed, pitch, found) => {
    const comparison = { ...heard('deezer', 0.4), otherSpeed: atSpeed(speed, pitch) };
    expect(judge([comparison], agreeing)).toEqual({
      verdict: 'different',
      by: 'deezer',
      bitError: 0.03,
      atMs: 42_000,
      ...found,
    });
  });

  test('of a percent, as pressings have it, is doubtful', () => {
    const comparison = { ...heard('deezer', 0.2), otherSpeed: atSpeed(1.01, 1.01) };
    expect(judge([comparison], agreeing)).toMatchObject({
      verdict: 'doubtful',
      why: "it's the right song, 1 % too fast",
    });
  });
});

describe('nothing is said', () => {
  test('without anything to compare with', () => {
    expect(judge([], agreeing)).toEqual({
      verdict: 'unchecked',
      why: 'there was nothing to compare it with',
    });
  });

  test.each([
    ['what could not be compared', { by: 'deezer', alignment: undefined } as const],
    ['silence and held tones', heard('deezer', 0, { distinct: 79 })],
    ['a clip of less than 14 s', heard('deezer', 0.01, { distinct: 90, comparedMs: 13_900 })],
    ['a short clip of few tones', heard('deezer', 0.01, { distinct: 50, comparedMs: 15_000 })],
  ])('by %s', (_, comparison) => {
    expect(judge([comparison], agreeing)).toEqual({
      verdict: 'unchecked',
      why: 'there was too little to compare',
    });
  });

  test('by silence, while another reference is heard', () => {
    expect(judge([heard('deezer', 0, { distinct: 1 }), heard('label', 0.05)], agreeing)).toMatchObject({
      verdict: 'proven',
      by: 'label',
    });
  });

  test('but a clip of 15 s is enough', () => {
    expect(judge([heard('deezer', 0.05, { distinct: 75, comparedMs: 15_000 })], agreeing).verdict).toBe(
      'proven',
    );
  });
});

test('a database that knows the sound proves without figures', () => {
  expect(judge([{ by: 'acoustid', isSame: true, wholeMs: 199_000 }], agreeing)).toEqual({
    verdict: 'proven',
    by: 'acoustid',
  });
  expect(judge([{ by: 'acoustid', isSame: false }], agreeing)).toEqual({
    verdict: 'doubtful',
    by: 'acoustid',
  });
});

test.each([
  [{ fileMs: 203_000, trackMs: 200_000 }, undefined, undefined],
  [{ fileMs: 196_000, trackMs: 200_000 }, undefined, "it's 4 seconds shorter"],
  [{ fileMs: 300_000, trackMs: 200_000 }, 290_000, "it's 10 seconds longer"],
  [{ fileMs: 300_000, trackMs: undefined }, undefined, undefined],
])('%o with a recording of %s ms', (lengths, wholeMs, words) => {
  expect(lengthWords(lengths, wholeMs)).toBe(words);
});
