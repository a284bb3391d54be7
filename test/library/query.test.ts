import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { parseQuery, splitQuery, termForLists } from '../../src/library/query.ts';
import type { LibrarySong } from '../../src/library/songs.ts';
import type { IndexedFile } from '../../src/history/indexed-file.ts';
import { verdicts, type Verdict } from '../../src/tracks/heard.ts';
import type { SongFacts } from '../../src/tracks/song-facts.ts';

function song(
  facts: Partial<SongFacts> = {},
  file: Partial<IndexedFile> = {},
  lists: readonly string[] = [],
): LibrarySong {
  return {
    file: {
      path: '/music/a.mp3',
      sizeBytes: 4_000_000,
      modifiedMs: 1,
      downloaded: true,
      format: 'mp3',
      ...file,
    },
    facts: { artists: [], genres: [], isrcs: [], hasCover: false, ...facts },
    lists,
  };
}

const karma = song(
  {
    title: 'Karma Police',
    artist: 'Radiohead feat. Sigur Rós',
    artists: ['Radiohead', 'Sigur Rós'],
    album: 'OK Computer',
    date: '2009-03-24',
    originalDate: '1997',
    trackNumber: 6,
    genres: ['Alternative Rock'],
    isrcs: ['GBAYE9700123'],
    hasCover: true,
    trackGainDb: -7.25,
  },
  {
    durationMs: 264_000,
    bitrateKbps: 128,
    path: '/music/Radiohead/06.mp3',
    media: { provider: 'youtube', id: '1lyu1KKwC74' },
  },
  ['Road Trip'],
);
const bare = song({}, { path: '/music/Noise.opus', format: 'opus', downloaded: false, fault: 'it is empty' });

const heardAs = (verdict: Verdict): LibrarySong => song({ heard: { verdict } });

const holds = (query: string, one = karma): boolean => parseQuery(splitQuery(query)).matches(one);

describe('a song is found', () => {
  test.each([
    [''],
    ['radiohead'],
    ['RADIOHEAD karma'],
    ['sigur-ros'],
    ['artist:radiohead'],
    ['artist:"sigur ros"'],
    ['artist:=radiohead'],
    ['title:karma album:"ok computer"'],
    ['year:1997'],
    ['year:1990..1999'],
    ['year:1997.. year:..1997'],
    ['track:6'],
    ['genre:rock'],
    ['format:mp3'],
    ['format:opus|MP3'],
    ['-format:opus'],
    ['length:4:24'],
    ['length:4:00..5:00'],
    ['length:264'],
    ['bitrate:..160'],
    ['bitrate:100..'],
    ['year:1990..'],
    ['size:3.5..4'],
    ['gain:-8..-7'],
    ['has:cover'],
    ['missing:lyrics'],
    ['missing:cover|lyrics'],
    ['is:downloaded'],
    ['-is:broken'],
    ['isrc:gbaye9700123'],
    ['upload:1lyu1KKwC74'],
    ['list:"road trip"'],
    ['lyrics:none'],
    ['path:radiohead'],
  ])('by %s', (query) => {
    expect(holds(query)).toBe(true);
    if (query !== '') expect(holds(`-is:broken ${query}`, bare)).toBe(false);
  });
});

describe('a song is left out', () => {
  test.each([
    ['artist:=radio'],
    ['-artist:radiohead'],
    ['year:2009'],
    ['year:1998..'],
    ['year:..1996'],
    ['format:mp'],
    ['length:..4:00'],
    ['missing:cover'],
    ['is:lossless'],
    ['is:own'],
    ['list:liked'],
    ['muse'],
  ])('by %s', (query) => {
    expect(holds(query)).toBe(false);
  });
});

test('a file without tags has its name, and no number lies in a range', () => {
  expect(holds('noise', bare)).toBe(true);
  expect(holds('title:noise is:own is:broken', bare)).toBe(true);
  expect(holds('year:..3000', bare)).toBe(false);
  expect(holds('-year:..3000', bare)).toBe(true);
});

test('words of the shell are one term each, and a whole query in one word is taken apart', () => {
  expect(parseQuery(['artist:sigur ros']).matches(karma)).toBe(true);
  expect(parseQuery(['karma police']).matches(karma)).toBe(true);
  expect(parseQuery(['police karma']).matches(karma)).toBe(false);
  expect(parseQuery(['artist:radiohead year:1997']).matches(karma)).toBe(true);
  expect(parseQuery(['artist:radiohead year:1998']).matches(karma)).toBe(false);
});

test('a song is found by its path below the library, not by what the library is called', () => {
  expect(parseQuery(['music'], '/music').matches(karma)).toBe(false);
  expect(parseQuery(['path:music'], '/music').matches(karma)).toBe(false);
  expect(parseQuery(['path:radiohead/06'], '/music').matches(karma)).toBe(true);
  expect(parseQuery(['noise'], '/music').matches(bare)).toBe(true);
});

test('lists are read only where a query asks for them', () => {
  expect(parseQuery(['artist:x']).asksForLists).toBe(false);
  for (const query of ['list:x', '-list:x', 'has:list', 'missing:cover|list']) {
    expect(parseQuery([query]).asksForLists, query).toBe(true);
  }
});

describe('what was heard', () => {
  test.each<readonly [query: string, found: readonly (Verdict | 'never heard')[]]>([
    ['proven:yes', ['proven']],
    ['proven:no', ['doubtful', 'different', 'unchecked', 'never heard']],
    ['-proven:yes', ['doubtful', 'different', 'unchecked', 'never heard']],
    ['proven:unchecked', ['unchecked', 'never heard']],
    ['proven:Doubtful|different', ['doubtful', 'different']],
  ])('%s', (query, found) => {
    const all: readonly (Verdict | 'never heard')[] = [...verdicts, 'never heard'];
    const one = (verdict: Verdict | 'never heard') => (verdict === 'never heard' ? karma : heardAs(verdict));
    expect(all.filter((verdict) => holds(query, one(verdict)))).toEqual(found);
  });
});

describe('what is wrong is told', () => {
  test.each([
    ['atist:x', 'The field "atist" doesn\'t exist. Did you mean artist?'],
    ['year:soon', "year:soon isn't a number or a range such as year:1997..2003."],
    ['year:1..2..3', "year:1..2..3 isn't a number or a range such as year:1997..2003."],
    ['year:..', "year:.. isn't a number or a range such as year:1997..2003."],
    ['artist:', 'artist: has no value.'],
    ['missing:covers', /^missing: knows title, .*, not "covers"\. Did you mean cover\?$/],
    ['is:borken', /Did you mean broken\?$/],
    ['proven:maybe', 'proven: knows yes, no, doubtful, different, unchecked, not "maybe".'],
    ['album:"x', 'A quote isn\'t closed in album:"x.'],
    ['--dry', "The option --dry doesn't exist here."],
  ])('%s', (query, message) => {
    expect(() => holds(query)).toThrow(message);
  });
});

test.each(['constructor:x', '__proto__:x', 'has:constructor', 'missing:valueof', 'is:__proto__'])(
  'what every object has is no field and no state: %s',
  (query) => expect(() => parseQuery([query])).toThrow(HarmoniError),
);

test.each(['Road Trip', 'A|B', 'The "Best" of: 2020', '=Air', '-1'])(
  'playlists are meant by their whole names, whatever is in them: %s',
  (name) => {
    const query = parseQuery([termForLists(['Other', name])]);
    expect(query.asksForLists).toBe(true);
    expect(query.matches(song({}, {}, [name]))).toBe(true);
    for (const other of ['A', 'B', 'Road', `${name} 2`])
      expect(query.matches(song({}, {}, [other]))).toBe(false);
  },
);
