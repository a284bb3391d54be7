import { describe, expect, test } from 'vitest';
import { areSame } from '../../src/automation/find-renamed.ts';
import { changesOf } from '../../src/automation/list-changes.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createRandom, testSeed } from '../helpers/random.ts';

function song(name: string, more: Partial<Track> = {}): Track {
  return { artists: ['Artist'], artist: 'Artist', track: name, spotifyUri: `spotify:track:${name}`, ...more };
}
const list = (...names: readonly string[]): readonly Track[] => names.map((name) => song(name));

function told(before: readonly Track[], now: readonly Track[]) {
  const { added, left, moved } = changesOf(before, now);
  return {
    added: added.map((at) => now[at]?.track),
    left: left.map((at) => before[at]?.track),
    moved,
  };
}

describe('the changes of a list', () => {
  test.each([
    ['none', list('a', 'b'), list('a', 'b'), { added: [], left: [], moved: 0 }],
    ['all of it is new', [], list('a', 'b'), { added: ['a', 'b'], left: [], moved: 0 }],
    ['all of it is gone', list('a', 'b'), [], { added: [], left: ['a', 'b'], moved: 0 }],
    [
      'one came and one went',
      list('a', 'b', 'c'),
      list('a', 'c', 'd'),
      { added: ['d'], left: ['b'], moved: 0 },
    ],
    ['one was moved', list('a', 'b', 'c', 'd'), list('d', 'a', 'b', 'c'), { added: [], left: [], moved: 1 }],
    [
      'the whole was turned around',
      list('a', 'b', 'c'),
      list('c', 'b', 'a'),
      { added: [], left: [], moved: 2 },
    ],
    [
      'a song that stands twice goes once',
      list('a', 'a', 'b'),
      list('a', 'b'),
      { added: [], left: ['a'], moved: 0 },
    ],
    ['a song comes a second time', list('a', 'b'), list('a', 'b', 'a'), { added: ['a'], left: [], moved: 0 }],
  ])('%s', (_what, before, now, changes) => {
    expect(told(before, now)).toEqual(changes);
  });

  test('another link, with the same recording or name, is no change', () => {
    const before = [song('a', { isrc: 'USABC2500001' }), song('b')];
    const now = [
      song('a (renamed)', { isrc: 'USABC2500001', spotifyUri: 'spotify:track:other' }),
      song('b', { spotifyUri: 'spotify:track:another' }),
    ];
    expect(told(before, now)).toEqual({ added: [], left: [], moved: 0 });
  });

  test('another recording of the same name is another song', () => {
    const before = [song('a', { isrc: 'USABC2500001', spotifyUri: 'spotify:track:1' })];
    const now = [song('a', { isrc: 'USABC2500002', spotifyUri: 'spotify:track:2' })];
    expect(told(before, now)).toEqual({ added: ['a'], left: ['a'], moved: 0 });
  });

  test('a surer key wins over an earlier place', () => {
    const before = [
      song('a', { spotifyUri: 'spotify:track:1' }),
      song('a', { spotifyUri: 'spotify:track:2' }),
    ];
    const now = [song('a', { spotifyUri: 'spotify:track:2' })];
    expect(changesOf(before, now).left).toEqual([0]);
  });

  test(`any two lists: what stays, comes and goes is all there is (seed ${testSeed})`, () => {
    const random = createRandom(testSeed);
    for (let round = 0; round < 300; round += 1) {
      const some = (): readonly Track[] =>
        list(...Array.from({ length: random.between(0, 12) }, () => String(random.between(0, 8))));
      const [before, now] = [some(), some()];
      const { added, left, same, moved } = changesOf(before, now);
      expect(added.length + same.size).toBe(now.length);
      expect(left.length + same.size).toBe(before.length);
      expect(new Set(same.values()).size).toBe(same.size);
      for (const [at, was] of same) expect(now[at]?.track).toBe(before[was]?.track);
      expect(moved).toBeLessThanOrEqual(Math.max(0, same.size - 1));
      if (before.map((one) => one.track).join() === now.map((one) => one.track).join()) expect(moved).toBe(0);
    }
  });
});

describe('a list of another file is the same list', () => {
  const ten = list('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
  test.each([
    ['with the same songs', ten, true],
    ['with the same songs in another order', ten.toReversed(), true],
    ['with two new ones', [...ten, ...list('k', 'l')], true],
    ['without two of them', ten.slice(2), true],
    ['with three new ones', [...ten, ...list('k', 'l', 'm')], false],
    ['without three of them', ten.slice(3), false],
    ['with no song', [], false],
  ])('%s', (_what, now, isSame) => {
    expect(areSame(ten, now)).toBe(isSame);
  });

  test('but not where nothing is known of it', () => {
    expect(areSame([], ten)).toBe(false);
    expect(areSame([], [])).toBe(false);
  });
});
