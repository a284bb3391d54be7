import { expect, test } from 'vitest';
import { errorTable } from '../../src/error-table.ts';
import { remedyOf } from '../../src/ui/remedy.ts';

test.each(Object.entries(errorTable))('a command that ended with %s is not told to retry songs', (_, row) => {
  expect(remedyOf(row)).not.toContain('harmoni retry');
});

test('what is to be done before stays', () => {
  expect(remedyOf(errorTable['network-unreachable'])).toBe('Check your internet connection, then try again.');
});
