import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renamePaths } from '../../src/downloads/playlist-bytes.ts';

const folder = '/music/Mix';
const renamed = new Map([
  ['/music/Mix/Beyoncé - Halo.mp3', '/music/Mix/Beyoncé - Halo.opus'],
  ['/music/Other/x.mp3', '/music/Other/x (2).opus'],
]);
const put = (content: Buffer): Buffer | undefined => renamePaths(content, folder, renamed);

describe('only the bytes of the path change', () => {
  test('in UTF-8, with and without a mark at its head, whatever ends the lines', () => {
    for (const mark of ['', '\ufeff']) {
      for (const end of ['\n', '\r\n']) {
        const lines = ['#EXTM3U', 'Beyoncé - Halo.mp3', '../Other/x.mp3', 'Beyoncé - Halo.mp3.bak', ''];
        const text = mark + lines.join(end);
        expect(put(Buffer.from(text))?.toString()).toBe(
          text.replace('Halo.mp3' + end, 'Halo.opus' + end).replace('x.mp3', 'x (2).opus'),
        );
      }
    }
  });

  test('in Latin-1, where the other lines are no UTF-8', () => {
    const text = '#EXTM3U\r\nBeyoncé - Halo.mp3\r\nCafé.mp3\r\n';
    const expected = Buffer.from(text.replace('Halo.mp3', 'Halo.opus'), 'latin1');
    expect(put(Buffer.from(text, 'latin1'))?.equals(expected)).toBe(true);
  });

  test('in Latin-1 and UTF-8 in one file', () => {
    const latin = Buffer.from('Café.mp3\n', 'latin1');
    const content = Buffer.concat([latin, Buffer.from('Beyoncé - Halo.mp3\n'), latin]);
    const expected = Buffer.concat([latin, Buffer.from('Beyoncé - Halo.opus\n'), latin]);
    expect(put(content)?.equals(expected)).toBe(true);
  });

  test('in UTF-16', () => {
    // A line feed half in one letter and half in the next (U+0A0A) ends no line.
    const text = '\ufeff#EXTM3U\r\n\u0a0a.mp3\r\nBeyoncé - Halo.mp3\r\n';
    const expected = Buffer.from(text.replace('Halo.mp3', 'Halo.opus'), 'utf16le');
    expect(put(Buffer.from(text, 'utf16le'))?.equals(expected)).toBe(true);
  });

  test('in a file that ends without a line end, and one with a path from the root or with backslashes', () => {
    expect(put(Buffer.from('/music/Other/x.mp3'))?.toString()).toBe('/music/Other/x (2).opus');
    expect(put(Buffer.from('..\\Other\\x.mp3\n'))?.toString()).toBe('..\\Other\\x (2).opus\n');
  });
});

test('a file that names none of them is left alone', () => {
  for (const text of ['', '\n\n', '#EXTM3U\n#Beyoncé - Halo.mp3\n', 'Halo.mp3\n', join('deep', 'x.mp3')]) {
    expect(put(Buffer.from(text)), text).toBeUndefined();
  }
});
