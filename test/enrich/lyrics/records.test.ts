import { describe, expect, test } from 'vitest';
import { lyricsIn, plainTitle, ranked, type LyricsRecord } from '../../../src/enrich/lyrics/records.ts';

test.each([
  ['Song (feat. Somebody)', 'Song'],
  ['Song [ft. A & B]', 'Song'],
  ['Song feat. Somebody', 'Song'],
  ['Song (with Rihanna)', 'Song'],
  ['Song - Remastered 2011', 'Song'],
  ['Song - 2011 Remaster', 'Song'],
  ['Song (2009 Remastered Version)', 'Song'],
  ['Song (feat. X) - Remastered', 'Song'],
  ['Song - Live at Wembley', 'Song - Live at Wembley'],
  ['Song (Acoustic)', 'Song (Acoustic)'],
  ['Stay With Me', 'Stay With Me'],
  ['Leftfield', 'Leftfield'],
  ['(feat. Nobody)', '(feat. Nobody)'],
])('%s is asked for as %s', (title, plain) => {
  expect(plainTitle(title)).toBe(plain);
});

const record = (change: Partial<LyricsRecord>): LyricsRecord => ({
  trackName: 'Song',
  artistName: 'Band',
  duration: 60,
  instrumental: false,
  plainLyrics: 'One\nTwo',
  syncedLyrics: '[00:01.00] One\n[00:02.00] Two',
  ...change,
});

describe('of a record', () => {
  test.each([
    ['both texts', {}, { synced: '[00:01.00] One\n[00:02.00] Two', plain: 'One\nTwo' }],
    ['only synced', { plainLyrics: null }, { synced: '[00:01.00] One\n[00:02.00] Two', plain: 'One\nTwo' }],
    ['only plain', { syncedLyrics: null }, { plain: 'One\nTwo' }],
    [
      'times in the plain text',
      { plainLyrics: '[00:01.00] One\n[00:02.00]Two', syncedLyrics: null },
      { plain: 'One\nTwo' },
    ],
    ['neither', { syncedLyrics: null, plainLyrics: null }, undefined],
    ['blank texts', { syncedLyrics: ' \n', plainLyrics: '\r\n' }, undefined],
    ['fake times', { syncedLyrics: '[00:00.00] One\n[00:00.00] Two' }, { plain: 'One\nTwo' }],
    ['times after the end', { syncedLyrics: '[00:01.00] One\n[03:00.00] Two' }, { plain: 'One\nTwo' }],
    ['another length', { duration: 64 }, undefined],
    ['no length', { duration: null }, { synced: '[00:01.00] One\n[00:02.00] Two', plain: 'One\nTwo' }],
    ['a page', { syncedLyrics: null, plainLyrics: '<div class="lyrics">One<br>Two</div>' }, undefined],
    ['a text without end', { syncedLyrics: null, plainLyrics: 'la '.repeat(50_000) }, undefined],
  ] as const)('with %s', (_name, change, lyrics) => {
    expect(lyricsIn(record(change), 60_000)).toEqual(lyrics);
  });
});

test('of a search come the records of the song, those with times first, then by length', () => {
  const wish = { artist: 'The Bänd', title: 'Song', album: undefined, durationMs: 60_000 };
  const found = ranked(
    [
      record({ trackName: 'Song (Live)' }),
      record({ artistName: 'Other' }),
      record({ duration: 90 }),
      record({ syncedLyrics: null, artistName: 'Band' }),
      record({ duration: 62 }),
      record({ artistName: 'Band feat. Guest', trackName: 'SONG (feat. Guest)', duration: 61 }),
    ],
    wish,
  );
  expect(
    found.map(({ artistName, duration, syncedLyrics }) => [artistName, duration, syncedLyrics !== null]),
  ).toEqual([
    ['Band feat. Guest', 61, true],
    ['Band', 62, true],
    ['Band', 60, false],
  ]);
});
