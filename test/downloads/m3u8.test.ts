import { expect, test } from 'vitest';
import { renderM3u8 } from '../../src/downloads/m3u8.ts';

test('a playlist has its name and, for each file, length, title and path', () => {
  expect(
    renderM3u8('Mine', [
      { path: 'Björk - Jóga.opus', durationMs: 305_499, artist: 'Björk', track: 'Jóga' },
      { path: '../Other/x.mp3', durationMs: undefined, artist: '', track: 'Bare' },
    ]),
  ).toBe(
    [
      '#EXTM3U',
      '#EXTENC:UTF-8',
      '#PLAYLIST:Mine',
      '#EXTINF:305,Björk - Jóga',
      'Björk - Jóga.opus',
      '#EXTINF:-1,Bare',
      '../Other/x.mp3',
      '',
    ].join('\n'),
  );
});

test('a name with line breaks makes no line of its own', () => {
  const text = renderM3u8('a\r\n#EXTM3U', [
    { path: 'x.mp3', durationMs: 1_000, artist: 'b\n/etc/passwd', track: 'c\u2028d' },
  ]);
  expect(text.split('\n')).toHaveLength(6);
  expect(text).toContain('#PLAYLIST:a #EXTM3U\n');
  expect(text).toContain('#EXTINF:1,b /etc/passwd - c d\n');
});

test('a file that begins with # is no comment', () => {
  expect(renderM3u8('x', [{ path: '#1.mp3', durationMs: 1_000, artist: 'A', track: '#1' }])).toContain(
    '\n./#1.mp3\n',
  );
});

test('a file whose name holds a line break is left out', () => {
  const text = renderM3u8('x', [{ path: 'a\n/etc/passwd', durationMs: 1_000, artist: 'A', track: 'T' }]);
  expect(text).toBe('#EXTM3U\n#EXTENC:UTF-8\n#PLAYLIST:x\n');
});
