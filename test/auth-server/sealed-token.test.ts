import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTokenSeal, readTokenKey } from '../../src/auth-server/sealed-token.ts';

const key = randomBytes(32);
const seal = createTokenSeal(key, randomBytes);
const token = 'AQ_refresh-token/é';

test('what was sealed can be opened, and looks different each time', () => {
  const sealed = seal.seal(token);
  expect(sealed).not.toContain(token);
  expect(sealed).toMatch(/^h1\.[\w-]+$/);
  expect(seal.open(sealed)).toBe(token);
  expect(seal.seal(token)).not.toBe(sealed);
});

test('no bit of it can be changed', () => {
  const sealed = seal.seal(token);
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  const opened = Array.from(bytes, (byte, at) => {
    const forged = Buffer.from(bytes);
    forged[at] = byte ^ 1;
    return seal.open(`h1.${forged.toString('base64url')}`);
  });
  expect(opened.filter((text) => text !== undefined)).toEqual([]);
});

test.each(['', token, 'h1.', 'h1.AAAA', `h2.${seal.seal(token).slice(3)}`])('%j is not opened', (text) => {
  expect(seal.open(text)).toBeUndefined();
});

test('another key opens nothing', () => {
  expect(createTokenSeal(randomBytes(32), randomBytes).open(seal.seal(token))).toBeUndefined();
});

test('a key is 64 hexadecimal digits', () => {
  expect(readTokenKey(key.toString('hex'))).toEqual(key);
  for (const wrong of ['', 'secret', 'ab'.repeat(31), 'zz'.repeat(32), `${'ab'.repeat(32)}xy`]) {
    expect(() => readTokenKey(wrong)).toThrow("isn't a 32-byte key");
  }
});
