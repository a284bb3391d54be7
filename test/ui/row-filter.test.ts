import { expect, it } from 'vitest';
import { createRowFilter, foldForFilter } from '../../src/ui/row-filter.ts';

const names = [
  'Sigur Rós - Hoppípolla',
  'MØ - Lean On',
  'AC/DC - Thunderstruck',
  'Queen - Radio Ga Ga',
  '椎名林檎 - 本能',
];
const filter = createRowFilter(names);

it.each([
  ['sigur ros', [0]],
  ['HOPPIPOLLA sigur', [0]],
  ['mo lean', [1]],
  ['ac/dc', [2]],
  ['林檎', [4]],
  ['n', [1, 2, 3]],
  ['radio queen xyz', []],
  ['   ', [0, 1, 2, 3, 4]],
])('"%s" shows %j', (text, shown) => {
  expect(filter(text)).toEqual(shown);
});

it.each([
  ['Straße', 'strasse'],
  ['Łódź', 'lodz'],
  ['Ｆｕｌｌ', 'full'],
  ['Ænima', 'aenima'],
])('folds %s to %s', (text, folded) => {
  expect(foldForFilter(text)).toBe(folded);
});
