import { expect, test } from 'vitest';
import { isrcCode, readIsrc } from '../../src/tracks/isrc.ts';
import { numberedName } from '../../src/tracks/numbered-name.ts';
import { songName } from '../../src/tracks/song-name.ts';

test.each([
  [['Queen', 'Radio Ga Ga'], 'Queen - Radio Ga Ga'],
  [['', 'Radio Ga Ga'], 'Radio Ga Ga'],
  [['Queen', ''], 'Queen'],
  [[''], ''],
])('%j is the song %j', (names, text) => expect(songName(...names)).toBe(text));

test.each([
  ['us-rc1-76-07839', 'USRC17607839'],
  ['US RC1 76 07839', 'USRC17607839'],
  ['USRC176', undefined],
  ['', undefined],
])('"%s" is the ISRC %s', (text, code) => expect(readIsrc(text)).toBe(code));

test('a text that is no ISRC has a code to compare by all the same', () =>
  expect(isrcCode('ab-1')).toBe('AB1'));

test.each([
  [1, '', 'Song'],
  [2, '', 'Song (2)'],
  [1, '.mp3', 'Song.mp3'],
  [12, '.mp3', 'Song (12).mp3'],
])('the name number %d with "%s" is %s', (number, extension, name) =>
  expect(numberedName('Song', number, extension)).toBe(name),
);
