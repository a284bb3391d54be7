import { expect, test } from 'vitest';
import { selectStepsOf } from '../../src/ui/select-keys.ts';

test.each([
  ['pagedown', 7],
  ['pageup', -7],
  ['end', 40],
  ['home', -40],
])('%s moves a menu of 40 items, 7 to a page, by %i', (name, steps) => {
  expect(selectStepsOf({ name }, undefined, 7, 40)).toBe(steps);
});

test('arrows, Enter and letters are left to the menu itself', () => {
  for (const name of ['up', 'down', 'return', 'a']) {
    expect(selectStepsOf({ name }, name.length === 1 ? name : undefined, 7, 40)).toBe('own');
  }
});

test('a key that means nothing moves nothing', () => {
  expect(selectStepsOf({ name: 'f5' }, undefined, 7, 40)).toBe(0);
});
