import { expect, test } from 'vitest';
import { errnoOf, errorCodes, exitCodeOf, HarmoniError, toHarmoniError } from '../src/errors.ts';

test.each(errorCodes)('%s says what to do and has an exit code of the documented ones', (code) => {
  const { fix, message } = new HarmoniError(code, 'It failed.');
  expect(message).toBe('It failed.');
  expect(fix).toMatch(/^[A-Z].{8,}[.!]$/s);
  expect(fix.split('\n')).toHaveLength(1);
  expect([1, 2, 4, 130]).toContain(exitCodeOf(code));
});

test('a fix of its own replaces the one of the code', () => {
  expect(new HarmoniError('usage', 'No.', { fix: 'Do this.' }).fix).toBe('Do this.');
});

test('the cause is kept', () => {
  const cause = new Error('deeper');
  expect(new HarmoniError('usage', 'No.', { cause }).cause).toBe(cause);
});

test('an error of ours stays what it is', () => {
  const error = new HarmoniError('disk-full', 'Full.');
  expect(toHarmoniError(error)).toBe(error);
});

test.each([
  [new TypeError('x is not a function'), 'x is not a function'],
  ['a text', 'a text'],
  [undefined, 'undefined'],
])('anything else that is thrown is a fault of HARMONI (%s)', (thrown, message) => {
  const error = toHarmoniError(thrown);
  expect(error).toMatchObject({ code: 'internal', message });
  expect(error.cause).toBe(thrown);
});

test.each([
  [Object.assign(new Error('no such file'), { code: 'ENOENT' }), 'ENOENT'],
  [new Error('plain'), ''],
  [{ code: 'ENOENT' }, ''],
  [undefined, ''],
])('the system name of %o is "%s"', (thrown, name) => expect(errnoOf(thrown)).toBe(name));
