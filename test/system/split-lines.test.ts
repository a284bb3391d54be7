import { describe, expect, test } from 'vitest';
import { splitLines } from '../../src/system/split-lines.ts';

describe('splitting into lines', () => {
  const split = (
    chunks: readonly (string | Buffer)[],
    options: Parameters<typeof splitLines>[1] = {},
  ): string[] => {
    const lines: string[] = [];
    const splitter = splitLines((line) => lines.push(line), options);
    for (const chunk of chunks) splitter.add(Buffer.from(chunk));
    splitter.end();
    return lines;
  };

  test.each([
    [['a\nb\n'], ['a', 'b']],
    [
      ['a', '\n', 'b'],
      ['a', 'b'],
    ],
    [
      ['a\r', '\nb\r\n'],
      ['a', 'b'],
    ],
    [['\n\na'], ['', '', 'a']],
    [[], []],
    [[''], []],
  ])('%j gives %j', (chunks, lines) => {
    expect(split(chunks)).toEqual(lines);
  });

  test('a letter that is cut comes out whole', () => {
    const bytes = Buffer.from('😀\n');
    expect(split([bytes.subarray(0, 2), bytes.subarray(2)])).toEqual(['😀']);
  });

  test('a line without an end is cut, and the next one is whole', () => {
    expect(split(['x'.repeat(30), 'x'.repeat(30), '\nnext\n'], { most: 10 })).toEqual([
      'x'.repeat(10),
      'next',
    ]);
  });

  test('a carriage return ends a line where progress is written over itself', () => {
    expect(split(['a\rb\r', 'c\r\nd\n'], { returns: true })).toEqual(['a', 'b', 'c', '', 'd']);
  });

  test('a flood of small pieces without an end costs no more than its length', () => {
    // Looking through all that was kept at each piece takes a minute and more.
    const pieces = 4_000_000;
    const lines: string[] = [];
    const splitter = splitLines((line) => lines.push(line));
    const piece = Buffer.from('0123456789');
    for (let count = 0; count < pieces; count += 1) splitter.add(piece);
    splitter.end();
    expect(lines.map((line) => line.length)).toEqual([65_536]);
  });
});
