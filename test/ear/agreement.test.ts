import { describe, expect, test } from 'vitest';
import { disagreement, isCalledAlike } from '../../src/ear/agreement.ts';

const track = {
  artists: ['The Band', 'Guest'],
  artist: 'The Band, Guest',
  track: 'Song',
  durationMs: 180_000,
};
const said = { title: 'Song', artists: ['The Band'], lengthMs: 180_000 };

describe('a recording agrees with a track', () => {
  test.each([
    ['in other letters', { title: 'SÖNG', artists: ['Band'] }, {}],
    ['without its guests', { title: 'Song (feat. Somebody)' }, {}],
    ['by another of its artists', { artists: ['Guest'] }, {}],
    ['by all of them in one name', { artists: ['Guest & The Band'] }, {}],
    ['by a guest that the title names', { artists: ['Third'] }, { track: 'Song (with Third)' }],
    ['as a remaster', { title: 'Song - 2011 Remaster' }, {}],
    ['as the same remix', { title: 'Song - DJ Remix' }, { track: 'Song (DJ Remix)' }],
    [
      'in another script',
      { title: 'Группа крови', artists: ['Кино'] },
      { track: 'Gruppa krovi', artists: ['Kino'] },
    ],
    ['up to three seconds longer', { lengthMs: 183_000 }, {}],
    ['of a length that is not known', { lengthMs: undefined }, {}],
    ['where the track knows no artist', { artists: ['Anybody'] }, { artists: [] }],
  ])('%s', (_name, change, wanted) => {
    expect(disagreement({ ...track, ...wanted }, { ...said, ...change })).toBeUndefined();
  });
});

test('a track of unknown length agrees with any', () => {
  const { durationMs: lengthMs, ...unknown } = track;
  expect(disagreement(unknown, { ...said, lengthMs: lengthMs + 60_000 })).toBeUndefined();
});

describe('a recording is another one', () => {
  test.each([
    ['by its name', { title: 'Other' }, {}, 'it\'s called "Other"'],
    ['by its version', { title: 'Song (Live)' }, {}, 'it\'s called "Song (Live)"'],
    ['by the version that it lacks', {}, { track: 'Song (Karaoke)' }, 'it\'s called "Song"'],
    ['by its artist', { artists: ['Crew', 'Others'] }, {}, "it's by Crew, Others"],
    [
      'by nobody',
      { artists: ['Various Artists'] },
      { artists: ['Various Artists'] },
      "it's by Various Artists",
    ],
    ['without an artist', { artists: [] }, {}, "it's by an unknown artist"],
    ['by its length', { lengthMs: 176_000 }, {}, "it's 4 seconds shorter"],
  ])('%s', (_name, change, wanted, why) => {
    expect(disagreement({ ...track, ...wanted }, { ...said, ...change })).toBe(why);
  });
});

test('a recording may be called alike and be another version', () => {
  expect(isCalledAlike(track, { title: 'Song (Live at Home)', artists: ['Band'] })).toBe(true);
  expect(isCalledAlike(track, { title: 'Song', artists: ['Crew'] })).toBe(false);
});
