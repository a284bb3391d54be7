import { describe, expect, it } from 'vitest';
import { displayWidth, fit, fitTo, safeLines, safeText } from '../../src/ui/safe-text.ts';

describe('safeText', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a cleared screen', 'a\u001b[2Jb', 'ab'],
    ['a window title (OSC, ended by BEL)', '\u001b]0;gotcha\u0007song', 'song'],
    [
      'a hyperlink (OSC, ended by ST)',
      '\u001b]8;;https://evil.example\u001b\\song\u001b]8;;\u001b\\',
      'song',
    ],
    ['8-bit control sequences', 'a\u009b31mb', 'ab'],
    ['a bare escape, a bell, a delete', 'a\u001bb\u0007c\u007fd', 'abcd'],
    ['bidi overrides and isolates', '\u202Eabc\u202C \u2067def\u2069', 'abc def'],
    ['zero-width fillers', 'ab\u200Bcd\uFEFF', 'abcd'],
    ['half a surrogate pair', 'a\uD83Db', 'a\uFFFDb'],
  ])('takes out %s', (_what, text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it('turns line breaks and tabs into one space', () => {
    expect(safeText('one\r\n\ttwo\u2028three')).toBe('one two three');
  });

  it.each(['Sigur Rós', '椎名林檎', '👩‍👩‍👧‍👦 🇮🇸 ❤️', 'فيروز', 'می‌خواهم', 'தமிழ்'])('keeps %s as it is', (text) => {
    expect(safeText(text)).toBe(text);
  });

  it('keeps the line breaks of a paragraph', () => {
    expect(safeLines('one\r\ntwo\u001b[1A\nthree')).toBe('one\ntwo\nthree');
  });
});

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['Rós', 3],
    ['Ro\u0301s', 3],
    ['椎名林檎', 8],
    ['한국어', 6],
    ['👩‍👩‍👧‍👦', 2],
    ['🇮🇸', 2],
    ['தமிழ்', 4],
  ])('of %s is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('fit', () => {
  it('leaves alone what fits', () => {
    expect(fit('Hoppípolla', 10)).toBe('Hoppípolla');
  });

  it('cuts by columns, not by characters', () => {
    expect(fit('椎名林檎の歌', 8)).toBe('椎名林…');
  });

  it('never cuts an emoji or an accent in two', () => {
    expect(fit('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…');
    expect(fit('Ro\u0301s Ro\u0301s', 3)).toBe('Ro\u0301…');
  });

  it('isolates right-to-left text, so a row keeps its order, and counts the isolate', () => {
    expect(fit('فيروز', 10)).toBe('\u2068فيروز\u2069');
    expect(displayWidth(fit('فيروز فيروز فيروز', 10))).toBeLessThanOrEqual(10);
  });

  it('is never wider than asked, whatever the text', () => {
    const texts = ['plain text', '椎名林檎', '👩‍👩‍👧‍👦x🇮🇸', 'فيروز abc', 'தமிழ்', '', '\u001b[31mx'];
    for (const text of texts) {
      for (let columns = 0; columns < 12; columns++) {
        expect(displayWidth(fit(text, columns))).toBeLessThanOrEqual(columns);
      }
    }
  });

  it('does not read a title of a megabyte to its end', () => {
    expect(fit('a'.repeat(1_000_000), 5)).toBe('aaaa…');
  });

  it('fills up to the width where asked', () => {
    expect(fitTo('椎名', 6)).toBe('椎名  ');
  });
});
