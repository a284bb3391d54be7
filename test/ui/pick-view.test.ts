import { expect, it } from 'vitest';
import { createPickList } from '../../src/ui/pick-state.ts';
import { drawPicker, pageSizeOf } from '../../src/ui/pick-view.ts';
import { displayWidth } from '../../src/ui/safe-text.ts';
import { createTheme } from '../../src/ui/theme.ts';

const theme = createTheme({ colour: false, unicode: true });
const rows = [
  { value: 0, name: 'Queen - Bohemian Rhapsody', checked: true },
  { value: 1, name: 'Sigur Rós - Hoppípolla', checked: false, mark: 'already there' },
  { value: 2, name: 'An episode', checked: false, disabled: 'Not a song.' },
];
const list = createPickList(rows);

it('shows the count, the filter, the rows, the reason of the row and the keys', () => {
  const state = list.update(list.start, { type: 'move', by: 2 });
  const [top, bottom] = drawPicker('Songs of Road trip', rows, state, { columns: 80, rows: 24 }, theme);
  expect(`${top}\n${bottom}`).toMatchInlineSnapshot(`
    "? Songs of Road trip  1 of 3 selected
      Filter: 
      [x] Queen - Bohemian Rhapsody
      [ ] Sigur Rós - Hoppípolla  already there
    ❯  -  An episode
      Not a song.
    space select · type to find · ^A all · ^N none · enter ok · esc back · ? help"
  `);
});

it('shows in one line at 80 columns what each key does, also while filtering', () => {
  const state = list.update(list.start, { type: 'filter', text: 'ros' });
  const [, bottom] = drawPicker('Songs', rows, state, { columns: 80, rows: 24 }, theme);
  expect(bottom.split('\n').at(-1)).toMatchInlineSnapshot(
    `"tab select · type to find · ^A all · ^N none · ^R invert · enter ok · esc clear"`,
  );
});

const long = Array.from({ length: 10_000 }, (_, value) => ({
  value,
  name: value % 2 === 0 ? `椎名林檎 ${'👩‍👩‍👧‍👦'.repeat(30)}` : `فيروز ${'long '.repeat(40)}`,
  checked: true,
  mark: 'already there, and a mark that is far too long for any terminal',
}));

it.each([
  { columns: 80, rows: 24 },
  { columns: 40, rows: 24 },
  { columns: 40, rows: 10 },
  { columns: 20, rows: 10 },
])('never draws more than a screen of %j', (screen) => {
  const pick = createPickList(long);
  const state = pick.update(pick.start, { type: 'move', by: 5000 });
  const [top, bottom] = drawPicker('A message '.repeat(20), long, state, screen, theme);
  const lines = `${top}\n${bottom}`.split('\n');
  expect(lines.length).toBeLessThan(screen.rows + 1);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThan(Math.max(screen.columns, 30));
});

it('gives the list less room when the filter takes a second line', () => {
  expect(pageSizeOf({ columns: 40, rows: 24 }, 'x'.repeat(40))).toBe(
    pageSizeOf({ columns: 40, rows: 24 }, '') - 1,
  );
});

it('says so when nothing matches', () => {
  const state = list.update(list.start, { type: 'filter', text: 'xyz' });
  expect(drawPicker('Songs', rows, state, { columns: 80, rows: 24 }, theme)[1]).toContain('No matches');
});
