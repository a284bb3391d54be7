import { expect, test } from 'vitest';
import { areSynced, cleanText, lrcField, timedLines, withoutTimes } from '../../../src/enrich/lyrics/lrc.ts';

const minute = 60_000;

test.each([
  ['lines in order', '[00:01.00] a\n[00:59.99] b', true],
  ['hours, and three digits', '[0:00:01.000]a\n[00:00:50.123]b', true],
  ['several times to a line', '[00:01.00][00:30.00] a\n[00:10.00] b', true],
  ['an empty line after the end, where the player clears', '[00:01.00] a\n[00:30.00] b\n[01:30.00]', true],
  ['the last line after the end of the song', '[00:01.00] a\n[01:02.00] b', false],
  ['all times 0', '[00:00.00] a\n[00:00.00] b\n[00:00.00] c', false],
  ['all times the same', '[00:05.00] a\n[00:05.00] b', false],
  ['one line', '[00:05.00] a', false],
  ['no times', 'a\nb', false],
  ['nothing', '', false],
])('synced lyrics with %s', (_name, lrc, isGood) => {
  expect(areSynced(lrc, minute)).toBe(isGood);
});

test('the text without times has each line as often as it is sung', () => {
  expect(withoutTimes('[ar:X]\n[00:01.00] One\n[00:02.00]\n[00:03.00] Two')).toBe('One\n\nTwo');
  expect(withoutTimes('[00:01.00][00:05.00] Chorus\n[00:03.00] Verse')).toBe('Chorus\nVerse\nChorus');
  expect(withoutTimes('[00:01.00] <00:01.10> Word <00:01.50> by <00:01.90> word')).toBe('Word by word');
});

test('fields of others go, the offset stays', () => {
  expect(timedLines('\ufeff[ti:Song]\r\n[by:somebody]\r\n[offset:+200]\r\nhello\r\n[00:01.00] One\r\n')).toBe(
    '[offset:+200]\n[00:01.00] One',
  );
});

test('text is made of lines, whatever it came as', () => {
  expect(cleanText('\ufeff\r\n One \r\nTwo\rThree\u2028Four\u0000\n\n\n\nFive\ud800\t\n')).toBe(
    'One\nTwo\nThree\nFour\n\nFive\ufffd',
  );
});

test('a field is one line without brackets', () => {
  expect(lrcField('ti', 'One [Live]\n(2)')).toBe('[ti:One Live (2)]');
});
