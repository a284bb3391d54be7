import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isFresh, type TokenInfo } from '../../src/auth/token-info.ts';
import { createFileTokenStore } from '../../src/auth/token-store.ts';
import { HarmoniError } from '../../src/errors.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

const folder = mkdtempSync(join(tmpdir(), 'harmoni-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'tokens.json');
const store = createFileTokenStore(path);

/** What RFC 6749 allows in a token (A.12) and a scope (A.4). */
const secret = fc.stringMatching(/^[\x21-\x7e]{1,80}$/);
const scope = fc.stringMatching(/^[a-z-]{1,20}$/);
const token: fc.Arbitrary<TokenInfo> = fc
  .record({
    accessToken: secret,
    expiresAtMs: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
    refreshToken: fc.option(secret, { nil: undefined }),
    scopes: fc.uniqueArray(scope, { maxLength: 4 }),
    method: fc.constantFrom('pkce', 'authorization-code', 'token-swap', 'device'),
    clientId: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/), { nil: undefined }),
  })
  .map(({ refreshToken, clientId, ...rest }) => ({
    tokenType: 'Bearer',
    ...rest,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(clientId === undefined ? {} : { clientId }),
  }));

test('a token that was saved is the one that is loaded, and its file is for its user alone', async () => {
  await fc.assert(
    fc.asyncProperty(token, async (saved) => {
      await store.save(saved);
      expect(await store.load()).toEqual(saved);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }),
    { numRuns: 100 },
  );
});

test('a file with anything in it is a token that can be used, none, or a failure with a sentence', async () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), hostileText, fc.double(), fc.constant(1e308));
  const content = fc.oneof(
    fc.json(),
    hostileText,
    fc
      .record({
        access_token: value,
        expires_at: value,
        refresh_token: value,
        scope: value,
        method: value,
        client_id: value,
      })
      .map((file) => JSON.stringify(file)),
    fc
      .record({
        access_token: hostileText,
        expires_at: fc.double(),
        token_type: hostileText,
        scope: hostileText,
      })
      .map((file) => JSON.stringify(file)),
  );
  let usable = 0;
  await fc.assert(
    fc.asyncProperty(content, async (text) => {
      writeFileSync(path, text);
      const loaded = await store.load().catch((error: unknown) => error);
      if (loaded === undefined || loaded instanceof HarmoniError) return;
      usable += 1;
      const found = loaded as TokenInfo;
      expect(typeof isFresh(found, 0)).toBe('boolean');
      // status shows it as a date, and a request carries it in a header.
      expect(Number.isNaN(new Date(found.expiresAtMs).getTime()), `expires at ${found.expiresAtMs}`).toBe(
        false,
      );
      expect(found.accessToken).toMatch(/^[\x20-\x7e]+$/);
    }),
    { numRuns: 500 },
  );
  expect(usable).toBeGreaterThan(0);
});

test('saved by several at once, it is one of theirs and whole; no other file is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(token, { minLength: 2, maxLength: 6 }), async (tokens) => {
      const found: (TokenInfo | undefined)[] = [];
      await Promise.all(
        tokens.map(async (mine) => {
          await createFileTokenStore(path).save(mine);
          found.push(await store.load());
        }),
      );
      for (const loaded of [...found, await store.load()]) expect(tokens).toContainEqual(loaded);
      expect(readdirSync(folder)).toEqual(['tokens.json']);
    }),
    { numRuns: 40 },
  );
});
