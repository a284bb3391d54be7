import { expect, test } from 'vitest';
import { readChoice, readSelection, readYesNo } from '../../src/ui/plain-answers.ts';

test.each([
  ['1', { at: 0 }],
  [' 12 ', { at: 11 }],
  ['p3', { at: 2, key: 'p' }],
  ['O 3', { at: 2, key: 'o' }],
  ['0', undefined],
  ['13', undefined],
  ['x 3', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['', undefined],
  ['three', undefined],
])('a choice of 12, typed as %j, is %j', (text, expected) => {
  expect(readChoice(text, 12, ['o', 'p'])).toEqual(expected);
});

test.each([
  ['', '.x..x'],
  ['all', 'xxxxx'],
  ['NONE', '.....'],
  ['1', 'x....'],
  ['1-3, 5', 'xxx.x'],
  [' 2 - 4 ', '.xxx.'],
  ['not 2', '....x'],
  ['not 1-4', '....x'],
  ['6', undefined],
  ['0-2', undefined],
  ['3-1', undefined],
  ['1,,2', undefined],
  ['1 2', undefined],
  ['some', undefined],
  ['not', undefined],
])('of the ticks .x..x, %j takes %s', (text, expected) => {
  const ticks = Array.from('.x..x', (sign) => sign === 'x');
  expect(
    readSelection(text, ticks)
      ?.map((tick) => (tick ? 'x' : '.'))
      .join(''),
  ).toBe(expected);
});

test.each([
  ['', true, true],
  ['', false, false],
  ['Y', false, true],
  ['no', true, false],
  ['maybe', true, undefined],
])('%j, where Enter is %s, is %s', (text, given, expected) => {
  expect(readYesNo(text, given)).toBe(expected);
});
