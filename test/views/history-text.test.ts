import { expect, test } from 'vitest';
import { undoLines } from '../../src/views/history-text.ts';

test('a playlist file that was moved and written is one, whether it comes back or is left alone', () => {
  const at = (path: string) => ({ id: 1, path: `/m/${path}`, from: undefined, isPlaylist: true });
  const lines = undoLines(
    [
      { ...at('A.m3u8'), way: 'renew' },
      { ...at('A.m3u8'), way: 'renew' },
      { ...at('B.m3u8'), obstacle: 'changed' },
      { ...at('B.m3u8'), obstacle: 'changed' },
    ],
    '/m',
  );
  expect(lines.map(({ text }) => text)).toEqual([
    '  1 playlist brought up to date',
    '  1 file is left alone:',
    '    B.m3u8: changed since then',
  ]);
});
