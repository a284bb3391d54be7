import { describe, expect, test } from 'vitest';
import { cutsIn, goodCuts } from '../../../src/enrich/sponsorblock/segments.ts';

const part = (from: number, to: number, change: object = {}) => ({
  category: 'music_offtopic',
  actionType: 'skip',
  segment: [from, to],
  videoDuration: 240,
  votes: 3,
  ...change,
});
const cuts = (...segments: readonly unknown[]) =>
  cutsIn(
    [
      { videoID: 'other', segments: [part(0, 200)] },
      { videoID: 'this', segments },
    ],
    'this',
    240_000,
  ).map(({ fromMs, toMs }) => [fromMs / 1000, toMs / 1000]);

describe('parts without music', () => {
  test.each([
    ['none', [], []],
    ['one', [part(100, 110)], [[100, 110]]],
    ['the beginning, marked late', [part(0.8, 12.3)], [[0, 12.3]]],
    ['the end, marked early', [part(220, 239.2)], [[220, 240]]],
    ['beyond the end', [part(220, 250)], [[220, 240]]],
    ['two that overlap', [part(15, 30), part(10, 20)], [[10, 30]]],
    ['two with a blink between', [part(10, 20), part(20.6, 30)], [[10, 30]]],
    [
      'two',
      [part(200, 210), part(10, 20)],
      [
        [10, 20],
        [200, 210],
      ],
    ],
    ['another kind', [part(10, 20, { category: 'sponsor' }), part(30, 40, { actionType: 'mute' })], []],
    ['voted down', [part(10, 20, { votes: -1 })], []],
    ['the whole video', [part(0, 0, { actionType: 'full' })], []],
    ['turned around', [part(20, 10)], []],
    ['a moment', [part(10, 10.2)], []],
    ['rubbish', [null, {}, part(Number.NaN, 1), { segment: ['a', 'b'] }, part(-5, 10)], []],
  ] as const)('%s', (_name, segments, expected) => {
    expect(cuts(...segments)).toEqual(expected);
  });

  test.each([
    ['0.9 s', 240.9, 10, true],
    ['1.1 s, and 5 % of the part', 241.1, 10, false],
    ['1.1 s, of a long part', 241.1, 30, true],
    ['4.9 s, of a very long part', 244.9, 100, true],
    ['5.1 s', 245.1, 120, false],
    ['a length that was not known', 0, 10, true],
  ])('marked when the video was longer by %s', (_name, videoDuration, seconds, counts) => {
    expect(cuts(part(20, 20 + seconds, { videoDuration }))).toEqual(counts ? [[20, 20 + seconds]] : []);
  });

  test.each([undefined, null, 'text', 5, {}, [{}], [{ videoID: 'this' }]])(
    'of the answer %j are none',
    (answer) => {
      expect(cutsIn(answer, 'this', 240_000)).toEqual([]);
    },
  );
});

describe('cuts are made', () => {
  const intro = [{ fromMs: 0, toMs: 30_000 }];
  test.each([
    ['towards the length of the track', 210_000, true],
    ['where that is not known', undefined, true],
    ['not away from it', 240_000, false],
    ['not past it', 226_000, false],
    ['a little past it', 222_000, true],
  ])('%s', (_name, trackMs, isMade) => {
    expect(goodCuts(intro, { videoMs: 240_000, trackMs })).toEqual(isMade ? intro : []);
  });

  test('unless hardly anything were left', () => {
    expect(goodCuts([{ fromMs: 0, toMs: 161_000 }], { videoMs: 240_000, trackMs: undefined })).toEqual([]);
  });
});
