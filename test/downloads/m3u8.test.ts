import { expect, test } from 'vitest';
import { entriesOfUnmarked, isMarkOf, originIn, renderM3u8 } from '../../src/downloads/m3u8.ts';

test('a playlist has its name and, for each file, length, title and path', () => {
  expect(
    renderM3u8({ name: 'Mine', origin: 'spotify:playlist:1' }, [
      { path: 'Björk - Jóga.opus', durationMs: 305_499, artist: 'Björk', track: 'Jóga' },
      { path: '../Other/x.mp3', durationMs: undefined, artist: '', track: 'Bare' },
    ]),
  ).toBe(
    [
      '#EXTM3U',
      '#EXTENC:UTF-8',
      '#PLAYLIST:Mine',
      '#HARMONI:spotify:playlist:1',
      '#EXTINF:305,Björk - Jóga',
      'Björk - Jóga.opus',
      '#EXTINF:-1,Bare',
      '../Other/x.mp3',
      '',
    ].join('\n'),
  );
});

test('a name with line breaks makes no line of its own', () => {
  const text = renderM3u8({ name: 'a\r\n#EXTM3U', origin: 'x\ny' }, [
    { path: 'x.mp3', durationMs: 1_000, artist: 'b\n/etc/passwd', track: 'c\u2028d' },
  ]);
  expect(text.split('\n')).toHaveLength(7);
  expect(text).toContain('#PLAYLIST:a #EXTM3U\n');
  expect(text).toContain('#EXTINF:1,b /etc/passwd - c d\n');
});

test('a file that begins with # is no comment', () => {
  expect(
    renderM3u8({ name: 'x', origin: 'o' }, [{ path: '#1.mp3', durationMs: 1_000, artist: 'A', track: '#1' }]),
  ).toContain('\n./#1.mp3\n');
});

test('a file whose name holds a line break is left out', () => {
  const text = renderM3u8({ name: 'x', origin: 'o' }, [
    { path: 'a\n/etc/passwd', durationMs: 1_000, artist: 'A', track: 'T' },
  ]);
  expect(text).toBe('#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:x\n#HARMONI:o\n');
});

test('a playlist file says whose it is', () => {
  const text = renderM3u8({ name: 'x', origin: 'name:a\u202e\nb' }, []);
  expect(isMarkOf(originIn(text), 'name:a\u202e\nb')).toBe(true);
  expect(isMarkOf(originIn(text), 'name:a')).toBe(false);
  expect(originIn('#EXTM3U\n#PLAYLIST:x\n')).toBeUndefined();
  expect(isMarkOf(undefined, 'x')).toBe(false);
});

test('a name cannot turn the text around', () => {
  expect(renderM3u8({ name: 'a\u202eb', origin: 'o' }, [])).toContain('#PLAYLIST:ab\n');
});

test('what HARMONI 2.0 wrote is known by its exact form, and by nothing like it', () => {
  const old = '#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:Mine\n#EXTINF:3,A - B\nA - B.opus\n';
  expect(entriesOfUnmarked(old, 'Mine')).toEqual(['A - B.opus']);
  expect(entriesOfUnmarked(old, 'Other')).toBeUndefined();
  expect(entriesOfUnmarked(`${old}C - D.opus\n`, 'Mine')).toBeUndefined();
  expect(entriesOfUnmarked('#EXTM3U\nA - B.opus\n', 'Mine')).toBeUndefined();
  expect(entriesOfUnmarked('#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:Mine\n', 'Mine')).toBeUndefined();
});
