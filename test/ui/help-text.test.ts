import { expect, it } from 'vitest';
import { helpLines, helpTable } from '../../src/ui/help-text.ts';
import { createTheme } from '../../src/ui/theme.ts';

const theme = createTheme({ colour: false, unicode: true });
const rows = [
  ['Spotify', 'Your playlists and liked songs.'],
  ['Back', ''],
] as const;

it('puts the texts beside the names where there is room, else below them', () => {
  expect(helpTable(rows, 80, theme)).toEqual(['Spotify  Your playlists and liked songs.', 'Back']);
  expect(helpTable(rows, 30, theme)).toEqual(['Spotify\n    Your playlists and liked\n    songs.', 'Back']);
});

it('breaks a path that is longer than its column', () => {
  const [row = ''] = helpTable([['Log', `/${'folder'.repeat(20)}`]], 60, theme);
  expect(Math.max(...row.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
});

it('is cut with a sign that there was more, or left out', () => {
  const help = { about: 'What it is about.', rows };
  expect(helpLines(help, 80, 3, theme)).toHaveLength(3);
  expect(helpLines(help, 80, 2, theme)).toEqual(['What it is about.', '…']);
  expect(helpLines(help, 80, 1, theme)).toEqual([]);
});
