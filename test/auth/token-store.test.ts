import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TokenInfo } from '../../src/auth/token-info.ts';
import { createFileTokenStore, createMemoryTokenStore } from '../../src/auth/token-store.ts';
import { setUp, type SetUp } from './set-up.ts';

const token: TokenInfo = {
  accessToken: 'ACCESS-1-SECRET',
  tokenType: 'Bearer',
  expiresAtMs: 1_800_000_000_000,
  refreshToken: 'REFRESH-1-SECRET',
  scopes: ['one', 'two'],
  method: 'pkce',
  clientId: 'abc',
};
let parts: SetUp;

beforeEach(() => {
  parts = setUp();
});
afterEach(() => parts.end());

function writeTokenFile(text: string): void {
  mkdirSync(dirname(parts.tokenPath), { recursive: true });
  writeFileSync(parts.tokenPath, text);
}

test('the file has the fields of the first version, and nobody else may read it', async () => {
  await createFileTokenStore(parts.tokenPath).save(token);
  expect(JSON.parse(readFileSync(parts.tokenPath, 'utf8'))).toEqual({
    access_token: 'ACCESS-1-SECRET',
    token_type: 'Bearer',
    expires_at: 1_800_000_000,
    refresh_token: 'REFRESH-1-SECRET',
    scope: 'one two',
    method: 'pkce',
    client_id: 'abc',
  });
  expect(statSync(parts.tokenPath).mode & 0o777).toBe(0o600);
});

test('a file that others could read is closed to them by the next save', async () => {
  writeTokenFile('{}');
  await createFileTokenStore(parts.tokenPath).save(token);
  expect(statSync(parts.tokenPath).mode & 0o777).toBe(0o600);
});

test('what was saved comes back, and nothing else is left in the folder', async () => {
  await createFileTokenStore(parts.tokenPath).save(token);
  expect(await createFileTokenStore(parts.tokenPath).load()).toEqual(token);
  expect(readdirSync(dirname(parts.tokenPath))).toEqual(['spotify_tokens.json']);
});

test('a file of the first version is read', async () => {
  const old = {
    access_token: 'ACCESS-1-SECRET',
    token_type: 'Bearer',
    expires_at: 1_800_000_000.5,
    refresh_token: null,
    scope: null,
  };
  writeTokenFile(JSON.stringify(old));
  expect(await createFileTokenStore(parts.tokenPath).load()).toEqual({
    accessToken: 'ACCESS-1-SECRET',
    tokenType: 'Bearer',
    expiresAtMs: 1_800_000_000_500,
    scopes: [],
    method: 'pkce',
  });
});

test.each(['', '{"access_token":"ACCESS-1-SEC', '[]', '{"expires_at":1}', 'null'])(
  '%j is no token',
  async (text) => {
    writeTokenFile(text);
    expect(await createFileTokenStore(parts.tokenPath).load()).toBeUndefined();
  },
);

test("a file that can't be read is said", async () => {
  mkdirSync(parts.tokenPath, { recursive: true });
  expect(await parts.codeOf(createFileTokenStore(parts.tokenPath).load())).toBe('sign-in-needed');
});

test.each([
  ['the folder is a file', (path: string) => writeFileSync(dirname(path), '')],
  ['a folder has its name', (path: string) => mkdirSync(path, { recursive: true })],
])('that it cannot be saved is said: %s', async (_name, spoil) => {
  spoil(parts.tokenPath);
  expect(await parts.codeOf(createFileTokenStore(parts.tokenPath).save(token))).toBe('token-not-saved');
});

test('forgetting says whether there was something', async () => {
  for (const store of [createFileTokenStore(parts.tokenPath), createMemoryTokenStore()]) {
    await store.save(token);
    expect([await store.clear(), await store.clear(), await store.load()]).toEqual([true, false, undefined]);
  }
});

test('only one at a time holds the lock', () => {
  const store = createFileTokenStore(join(parts.folder, 'tokens.json'));
  const first = store.tryLock();
  expect([first === undefined, store.tryLock()]).toEqual([false, undefined]);
  first?.release();
  const second = store.tryLock();
  expect(second).toBeDefined();
  second?.release();
});
