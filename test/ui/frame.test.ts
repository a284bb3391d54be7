import { expect, it } from 'vitest';
import { frameOf, linesScrolledOut, rowsAbove } from '../../src/ui/frame.ts';

/** A picker: a title of 30 columns, the filter with the cursor, 20 rows of which one has 50 columns. */
const picker = frameOf(
  ['t'.repeat(30), '  Filter: ', 'x'.repeat(50), ...Array.from({ length: 19 }, () => 'row')].join('\n') +
    '\u001b[20A\u001b[11G',
);

it('reads the lines of a frame and the place of its cursor, without colours', () => {
  expect(frameOf('\u001b[36mab\u001b[39m\nc\u001b[1A\u001b[3G')).toEqual({
    widths: [2, 1],
    cursorLine: 0,
    cursorColumn: 2,
  });
  expect(picker).toMatchObject({ cursorLine: 1, cursorColumn: 10 });
});

it('counts the rows above the cursor as the terminal breaks them', () => {
  expect(rowsAbove(picker, 80)).toBe(1);
  expect(rowsAbove(picker, 20)).toBe(2);
});

it('knows which lines a lower terminal has scrolled out', () => {
  expect(linesScrolledOut(picker, 24, 80, 24)).toBe(0);
  // What is below the cursor goes first, then the row that has become two pushes the title out.
  expect(linesScrolledOut(picker, 22, 80, 12)).toBe(0);
  expect(linesScrolledOut(picker, 22, 40, 12)).toBe(1);
});
