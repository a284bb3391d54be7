import { expect, test } from 'vitest';
import { signInKinds } from '../../src/auth/method-kinds.ts';
import { findSignInMethod, signInMethods } from '../../src/auth/methods.ts';
import { recommendedMethod } from '../../src/auth/recommended-method.ts';
import { configSchema, type Config } from '../../src/config/schema.ts';
import { HarmoniError } from '../../src/errors.ts';

test('every method has a title, says when to use it, and is found by its name', () => {
  for (const method of signInMethods) {
    expect([method.title, method.description].every((text) => text.length > 10)).toBe(true);
    expect(findSignInMethod(method.kind)).toBe(method);
  }
  expect(new Set(signInMethods.map(({ kind }) => kind)).size).toBe(signInMethods.length);
  expect(signInMethods.map(({ kind }) => kind)).toEqual(signInKinds);
});

test('a method that is not there is said with those that are', () => {
  expect(() => findSignInMethod('carrier-pigeon')).toThrow(HarmoniError);
});

const server = { spotify_auth_server_url: 'https://auth.example.org' };
const swap = { spotify_token_swap_url: 'https://example.org/swap' };

test.each<[string, Partial<Config>, boolean, string]>([
  ['nothing set, with a desktop', {}, true, 'pkce'],
  ['nothing set, over SSH', {}, false, 'pkce'],
  ['a helper of the own, over SSH', server, false, 'pairing'],
  ['a helper of the own, with a desktop', server, true, 'pkce'],
  ['a token server', swap, true, 'token-swap'],
  ['a choice of the own', { ...swap, spotify_sign_in_method: 'device' }, true, 'device'],
])('%s: %s', (_name, set, desktop, kind) => {
  const config = configSchema.parse(set);
  expect(recommendedMethod(config, desktop)).toBe(kind);
  expect(findSignInMethod(kind).kind).toBe(kind);
});
