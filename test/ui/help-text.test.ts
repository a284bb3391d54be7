import { expect, it } from 'vitest';
import { helpLines, helpTable } from '../../src/ui/help-text.ts';
import { viewConfirm } from '../../src/ui/select-view.ts';
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

it('a text with lines of its own keeps them beside its name and below it', () => {
  const rows = [['One', 'Fits: length\nDoubts: title']] as const;
  expect(helpTable(rows, 80, theme)).toEqual(['One  Fits: length\n     Doubts: title']);
  expect(helpTable(rows, 20, theme)).toEqual(['One\n    Fits: length\n    Doubts: title']);
});

it("the help of a question says what Esc does, where that isn't the same as no", () => {
  const question = { message: 'Compare them?', default: true };
  const helpOf = (more: { escHelp?: string }) =>
    viewConfirm({ ...question, ...more }, { columns: 80, rows: 24 }, theme, true).help;
  expect(helpOf({})).toContain('go back (same as no)');
  const own = helpOf({ escHelp: 'decide later' });
  expect(own).toContain('decide later');
  expect(own).not.toContain('same as no');
});
