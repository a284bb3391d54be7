import { expect, test } from 'vitest';
import { findSignInMethod, signInMethods } from '../../src/auth/methods.ts';
import { signInKinds } from '../../src/config/schema.ts';
import { HarmoniError } from '../../src/errors.ts';

test('every method has a title, says when to use it, and is found by its name', () => {
  for (const method of signInMethods) {
    expect([method.title, method.description].every((text) => text.length > 10)).toBe(true);
    expect(findSignInMethod(method.kind)).toBe(method);
  }
  expect(new Set(signInMethods.map(({ kind }) => kind)).size).toBe(signInMethods.length);
});

test('a method that is not there is said with those that are', () => {
  const missing = signInKinds.filter((kind) => signInMethods.every((method) => method.kind !== kind));
  for (const kind of missing) {
    expect(() => findSignInMethod(kind)).toThrow(HarmoniError);
  }
});
