import { writeFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeholders } from '../../src/config/layouts.ts';
import { namePartsOf, numbered, safeName } from '../../src/downloads/file-names.ts';
import type { Track } from '../../src/tracks/track.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const hostile: readonly string[] = [
  'x'.repeat(400),
  '椎'.repeat(400),
  '😀'.repeat(400),
  '👩‍👩‍👧‍👦'.repeat(100),
  `Z${'\u0301'.repeat(400)}algo`,
  '../../x',
  '/etc/passwd',
  '..\\..\\x',
  'C:\\Windows\\x',
  'C:x',
  '\\\\server\\share',
  '-rf',
  '--exec rm',
  '\u001b[31mred\u001b[0m',
  '\u202egpj.3pm',
  '\u2066mixed\u2069 \u061c',
  'שלום עולם',
  'CON',
  'con.txt',
  'Nul .x',
  'COM¹',
  'LPT9.tar.gz',
  'trailing dots...',
  'trailing spaces   ',
  ' leading',
  '.hidden',
  '...',
  '. . .',
  '.',
  '..',
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  'two\nlines\ttab\u2028sep\u00a0nbsp',
  '\u200b\u200e\ufeff\u00ad',
  '\ud800',
  'a\udc00\udc00b',
  'e\u0301 combining',
  'a/b\\c:d|e<f>g"h?i*j',
  '???',
  '*** / ***',
  '$(touch x) `id` ; rm & | %PATH% ~',
  "it's #1 & 100%",
  'ﬁ ＡＢＣ ⁄ ∕ ／',
];

/** What a part of a path must be on every system. */
function expectGood(name: string, limit = 240): void {
  expect(name).not.toBe('');
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(limit);
  expect(name).not.toMatch(/[/\\:|<>"?*]/);
  expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u);
  expect(name).not.toMatch(/^[\s.-]|[\s.]$/);
  expect(name).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i);
  expect(name.isWellFormed()).toBe(true);
  expect(name).toBe(name.normalize('NFC'));
}

describe('a safe name', () => {
  test.each(hostile)('of %j is one part of a path on every system, and stays itself', (text) => {
    const name = safeName(text);
    expectGood(name);
    expect(safeName(name)).toBe(name);
    expectGood(safeName(text, 20), 20);
  });

  test('of each of them is a file that can be made and found', () => {
    const folder = tempFolder();
    const names = new Set(hostile.map((text) => safeName(text)));
    for (const name of names) writeFileSync(join(folder, name), '');
    expect(new Set(readdirSync(folder))).toEqual(names);
  });

  test.each([
    ['AC/DC', 'AC-DC'],
    ['What?', 'What'],
    ['Title: Subtitle', 'Title - Subtitle'],
    ['"Heroes"', "'Heroes'"],
    ['P!nk', 'P!nk'],
    ['Sigur Rós', 'Sigur Rós'],
    ['e\u0301', 'é'],
    ['椎名林檎', '椎名林檎'],
    ['R.E.M.', 'R.E.M'],
    ['...Baby One More Time', 'Baby One More Time'],
    ['-M-', '_-M-'],
    ['CON', '_CON'],
    ['Contact', 'Contact'],
    ['../../x', '_-..-x'],
    ['???', '_'],
    ['a  \n b', 'a b'],
  ])('of "%s" reads "%s"', (text, name) => {
    expect(safeName(text)).toBe(name);
  });

  test('is never cut inside an emoji or an accent', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(safeName(`ab${family}`, 26)).toBe('ab');
    expect(safeName(`ab${family}`, 27)).toBe(`ab${family}`);
    expect(safeName('ab😀', 5)).toBe('ab');
  });
});

const track: Track = {
  artists: ['AC/DC', 'Guest'],
  artist: 'AC/DC, Guest',
  track: 'T.N.T.',
  album: 'High Voltage',
  albumArtists: ['AC/DC'],
  releaseDate: '1975-12-20',
  trackNumber: 3,
  discNumber: 1,
};
const bare: Track = { artists: [], artist: '', track: 'Song' };

describe('a template', () => {
  const fill = (template: string, of: Track = track): string =>
    namePartsOf(template, of, 'My list', 'mp3').join('/');

  test.each([
    ['{artist} - {track}', 'AC-DC, Guest - T.N.T'],
    ['{mainArtist}/{album}/{number} {track}', 'AC-DC/High Voltage/03 T.N.T'],
    ['{list}/{disc}-{number} {track} ({year})', 'My list/1-03 T.N.T. (1975)'],
    ['{albumArtist}/[{year}] {album}/{track}', 'AC-DC/[1975] High Voltage/T.N.T'],
    ['/{track}', 'T.N.T'],
    ['//{track}//', 'T.N.T'],
    ['../{track}', '_/T.N.T'],
    ['{artist}/../../{track}', 'AC-DC, Guest/_/_/T.N.T'],
    ['C:\\{track}', 'C --T.N.T'],
    ['My songs/{track}', 'My songs/T.N.T'],
  ])('%s is filled: %s', (template, path) => {
    expect(fill(template)).toBe(path);
  });

  test.each([
    ['{artist} - {track}', 'Song'],
    ['{track} - {artist}', 'Song'],
    ['{artist} - {album} - {track}', 'Song'],
    ['{number} {track}', 'Song'],
    ['{disc}-{number} {track}', 'Song'],
    ['{disc}-{number}. {track}', 'Song'],
    ['{track} ({year})', 'Song'],
    ['{track} [{album}] (live)', 'Song (live)'],
    ['{album}/{track}', 'Unknown/Song'],
    ['CD{disc}/{track}', 'CD/Song'],
    ['{album} - {artist}', 'Unknown'],
  ])('%s leaves no trace of what is unknown: %s', (template, path) => {
    expect(fill(template, bare)).toBe(path);
  });

  test('keeps what stands between two known ones where a third is unknown', () => {
    expect(fill('{artist} - {album} - {track}', { ...bare, artists: ['A'], artist: 'A' })).toBe('A - Song');
  });

  test.each(['-M-', '(-)', '_Intro', '- - -'])(
    'leaves an artist who begins with a sign alone: %s',
    (artist) => {
      expect(fill('x {artist} - {track}', { ...bare, artists: [artist], artist })).toBe(`x ${artist} - Song`);
    },
  );

  test('with a placeholder that does not exist leaves it out', () => {
    expect(fill('{foo}{constructor}{toString}{__proto__}{track}', bare)).toBe('Song');
    expect(fill('{}{ track }{track', bare)).toBe('{}{ track }{track');
  });

  test('does not fill a placeholder that a title holds', () => {
    expect(fill('{track}', { ...bare, track: '{artist} {list}' })).toBe('{artist} {list}');
  });

  test.each(['', '/', ' / '])('of nothing (%j) still gives a name', (template) => {
    expect(numbered(namePartsOf(template, bare, '', 'mp3'), 'mp3', 1)).toEqual(['_.mp3']);
  });

  test.each(hostile)('filled with %j never leaves the folder', (text) => {
    const evil: Track = {
      artists: [text],
      artist: text,
      track: text,
      album: text,
      albumArtists: [text],
      releaseDate: text,
    };
    const template = placeholders.map((name) => `{${name}}`).join('/');
    const parts = namePartsOf(template, evil, text, 'flac');
    expect(parts).toHaveLength(placeholders.length);
    for (const part of parts) expectGood(part);
    const path = join('/music', ...numbered(parts, 'flac', 12));
    expect(relative('/music', path).split(sep)).toHaveLength(placeholders.length);
    expect(relative('/music', path)).not.toMatch(/^\.\./);
    for (const part of path.split(sep)) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(240);
  });
});

test('names that are taken are counted', () => {
  expect([1, 2, 10].map((attempt) => numbered(['A', 'Song'], 'mp3', attempt).join('/'))).toEqual([
    'A/Song.mp3',
    'A/Song (2).mp3',
    'A/Song (10).mp3',
  ]);
});

test('a long name keeps its number and its ending', () => {
  const [name = ''] = numbered([safeName('é'.repeat(300))], 'flac', 123);
  expect(name).toMatch(/é \(123\)\.flac$/);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
});

test('an accent finds its letter, also where something invisible stood between them', () => {
  expect(safeName('e\u200b\u0301')).toBe('é');
});
