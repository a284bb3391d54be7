import { describe, expect, test } from 'vitest';
import { resolveNames, type Wish } from '../../../src/library/organise/names.ts';
import type { SongFacts } from '../../../src/tracks/song-facts.ts';

const facts = (more: Partial<SongFacts> = {}): SongFacts => ({
  artists: [],
  genres: [],
  isrcs: [],
  hasCover: false,
  ...more,
});
const wish = (wanted: string, more: Partial<SongFacts> = {}, now?: string): Wish => ({
  wanted: wanted.split('/'),
  extension: 'mp3',
  facts: facts(more),
  now: now?.split('/'),
});
const resolve = (wishes: readonly Wish[], others: readonly string[] = []): string[] =>
  resolveNames(
    wishes,
    others.map((one) => one.split('/')),
  ).map((path) => path.join('/'));

describe('songs that want one name', () => {
  test.each<[string, Partial<SongFacts>[], string[]]>([
    ['by their year', [{ date: '1997' }, { date: '2003-01' }], ['A/x (1997).mp3', 'A/x (2003).mp3']],
    [
      'by their label where the year is the same or unknown',
      [
        { date: '1997', label: 'Warp' },
        { date: '1997', label: 'Ninja: Tune' },
      ],
      ['A/x (Warp).mp3', 'A/x (Ninja - Tune).mp3'],
    ],
    ['by their codec', [{ codec: 'AAC' }, { codec: 'ALAC' }], ['A/x (AAC).mp3', 'A/x (ALAC).mp3']],
    ['by numbers', [{}, { date: '1997' }], ['A/x.mp3', 'A/x (2).mp3']],
    [
      'all of them by one thing',
      [{ date: '1997' }, { date: '1997' }, { date: '1999' }],
      ['A/x.mp3', 'A/x (2).mp3', 'A/x (3).mp3'],
    ],
  ])('are told apart %s', (_what, members, paths) => {
    expect(resolve(members.map((one) => wish('A/x', one)))).toEqual(paths);
  });

  test('keep the numbers that they have, whatever their order', () => {
    expect(
      resolve([wish('A/x', {}, 'A/x (2).mp3'), wish('A/x', {}, 'B/y.mp3'), wish('A/x', {}, 'A/x.mp3')]),
    ).toEqual(['A/x (2).mp3', 'A/x (3).mp3', 'A/x.mp3']);
    expect(resolve([wish('A/x', {}, 'C/z.mp3'), wish('A/x', {}, 'A/x.mp3')])).toEqual([
      'A/x (2).mp3',
      'A/x.mp3',
    ]);
  });

  test('are compared without case and without the form of their letters', () => {
    expect(resolve([wish('A/Élan'), wish('A/e\u0301lan'.normalize('NFC'))])).toEqual([
      'A/Élan.mp3',
      'A/élan (2).mp3',
    ]);
    expect(resolve([wish('A/X'), wish('A/x'), wish('A/y')])).toEqual(['A/X.mp3', 'A/x (2).mp3', 'A/y.mp3']);
  });

  test('give way to files that stay, and to a name that somebody has for himself', () => {
    expect(resolve([wish('A/x', { date: '1997' })], ['a/X.MP3'])).toEqual(['A/x (2).mp3'.replace('A', 'a')]);
    expect(resolve([wish('A/x'), wish('A/x'), wish('A/x (2)')])).toEqual([
      'A/x.mp3',
      'A/x (3).mp3',
      'A/x (2).mp3',
    ]);
    expect(
      resolve([wish('A/x', { date: '1997' }), wish('A/x', { date: '2003' })], ['A/x (1997).mp3']),
    ).toEqual(['A/x.mp3', 'A/x (2).mp3']);
  });

  test('of another format have a name of their own', () => {
    expect(resolve([wish('A/x'), { ...wish('A/x'), extension: 'opus' }])).toEqual(['A/x.mp3', 'A/x.opus']);
  });
});

test('folders that differ in case alone are one, as most spell it', () => {
  expect(resolve([wish('queen/a'), wish('Queen/b'), wish('Queen/c')])).toEqual([
    'Queen/a.mp3',
    'Queen/b.mp3',
    'Queen/c.mp3',
  ]);
  expect(resolve([wish('A/One/x'), wish('a/one/y'), wish('a/One/z')])).toEqual([
    'a/One/x.mp3',
    'a/One/y.mp3',
    'a/One/z.mp3',
  ]);
});

test('a name that is as long as it can be is cut in front of what tells it apart', () => {
  const long = 'é'.repeat(118);
  const paths = resolve([wish(`A/${long}`, { date: '1997' }), wish(`A/${long}`, { date: '2003' })]);
  for (const path of paths) expect(Buffer.byteLength(path.slice(2))).toBeLessThanOrEqual(240);
  expect(paths.map((path) => path.slice(-11))).toEqual([' (1997).mp3', ' (2003).mp3']);
});

test('what was resolved once is resolved the same way from its new places', () => {
  const wishes = [
    wish('A/x', { date: '1997' }),
    wish('A/x', { date: '1998' }),
    wish('B/y'),
    wish('B/Y'),
    wish('b/y'),
    wish('B/y (2)'),
  ];
  const paths = resolve(wishes);
  const again = wishes.map((one, at) => ({ ...one, now: paths[at]?.split('/') }));
  expect(resolve(again)).toEqual(paths);
  expect(resolve(again.toReversed())).toEqual(paths.toReversed());
});
