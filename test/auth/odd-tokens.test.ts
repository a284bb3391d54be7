import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTokenAnswer } from '../../src/auth/token-answer.ts';
import { isFresh, longestLifeMs } from '../../src/auth/token-info.ts';
import { createFileTokenStore, isReadableByOthers } from '../../src/auth/token-store.ts';
import { HarmoniError } from '../../src/errors.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { setUpSession, type SessionSetUp } from './session-set-up.ts';

let own: SessionSetUp;
let path: string;
beforeEach(async () => {
  own = await setUpSession();
  path = own.parts.tokenPath;
  mkdirSync(dirname(path), { recursive: true });
});
afterEach(() => own.end());

const good = {
  access_token: 'ACCESS-0-SECRET',
  token_type: 'Bearer',
  expires_at: 4_000_000_000,
  refresh_token: 'REFRESH-0-SECRET',
  scope: 'one',
  method: 'pkce',
  client_id: 'abc',
};

function write(file: unknown): void {
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
}

test.each([1e308, -1e308, 8.64e12 + 1, 4_102_444_800, 0, -5])(
  'a token whose end is %d is renewed, and its end can be shown',
  async (expires_at) => {
    write({ ...good, expires_at });
    const session = own.openSession();
    const before = await session.current();
    expect(new Date(before?.expiresAtMs ?? NaN).toISOString()).toMatch(/Z$/);
    expect(await session.getAccessToken()).toBe('ACCESS-1-SECRET');
    const after = await session.current();
    expect(isFresh(after ?? never(), own.parts.time.now())).toBe(true);
  },
);

test('a clock that is set back does not make a token of the future trusted', () => {
  const token = { accessToken: 'a', tokenType: 'Bearer', expiresAtMs: 10 ** 12, scopes: [], method: 'pkce' };
  expect(isFresh(token, 10 ** 12 - 3_600_000)).toBe(true);
  expect(isFresh(token, 10 ** 12 - longestLifeMs - 1)).toBe(false);
  expect(isFresh(token, 10 ** 12 + 1)).toBe(false);
});

test.each([
  { ...good, access_token: 'ACCESS\r\nX-Evil: 1' },
  { ...good, access_token: 'ACCESS\u0000' },
  { ...good, access_token: 'ACCÉSS' },
  { ...good, refresh_token: 'REFRESH\r\n' },
])('a token that no header can hold needs a new sign-in: %j', async (file) => {
  write(file);
  expect(await own.parts.codeOf(own.openSession().getAccessToken())).toBe('sign-in-needed');
});

test.each(['a\r\nb', 'a\nb', 'é', ''])(
  'a server that grants the token %j has granted none',
  (access_token) => {
    const answer = readTokenAnswer(200, JSON.stringify({ access_token }), undefined, 0);
    expect(answer.type).toBe('passing');
  },
);

test.each([1e308, 1e15, '1e300', 999_999])('a life of %s is no more than a token lives', (expires_in) => {
  const answer = readTokenAnswer(200, JSON.stringify({ access_token: 'a', expires_in }), undefined, 0);
  expect(answer).toMatchObject({ type: 'granted', grant: { expires_in: longestLifeMs / 1000 } });
});

describe('the file', () => {
  test('that others may read is closed to them when it is read', async () => {
    write(good);
    chmodSync(path, 0o644);
    expect(isReadableByOthers(path)).toBe(true);
    await createFileTokenStore(path).load();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(isReadableByOthers(path)).toBe(false);
  });

  test('that is a pipe is not waited for', async () => {
    execFileSync('mkfifo', [path]);
    expect(await own.parts.codeOf(createFileTokenStore(path).load())).toBe('sign-in-needed');
  });

  test('that is a folder, or far too large, is said', async () => {
    write('x'.repeat(100_000));
    expect(await own.parts.codeOf(createFileTokenStore(path).load())).toBe('sign-in-needed');
    rmSync(path);
    mkdirSync(path);
    expect(await own.parts.codeOf(createFileTokenStore(path).load())).toBe('sign-in-needed');
  });

  test(`of any shape gives a usable token, none, or a sentence (seed ${testSeed})`, async () => {
    const random = createRandom(testSeed);
    const values: readonly unknown[] = [
      null,
      true,
      0,
      -1,
      1.5,
      1e308,
      -1e308,
      2 ** 53,
      '',
      ' ',
      'text',
      'a\r\nb',
      '\u0000',
      '\ud800',
      'é',
      'x'.repeat(5_000),
      [],
      [1],
      {},
      { a: 1 },
      4_000_000_000,
      '4000000000',
      undefined,
    ];
    let usable = 0;
    for (let round = 0; round < 400; round += 1) {
      const file: Record<string, unknown> = { ...good };
      for (const key of Object.keys(file))
        if (random.next() < 0.4) file[key] = values[random.between(0, values.length - 1)];
      let text = JSON.stringify(file);
      if (random.next() < 0.2) text = text.slice(0, random.between(0, text.length - 1));
      if (random.next() < 0.1) text = `\ufeff${text}`;
      write(text);
      try {
        const token = await createFileTokenStore(path).load();
        if (token === undefined) continue;
        usable += 1;
        expect(token.accessToken, text).toMatch(/^[\x20-\x7e]+$/);
        expect(new Date(token.expiresAtMs).toISOString(), text).toMatch(/Z$/);
        expect(() => new Headers({ authorization: `Bearer ${token.accessToken}` })).not.toThrow();
      } catch (error) {
        if (!(error instanceof HarmoniError)) throw new Error(text, { cause: error });
      }
    }
    expect(usable).toBeGreaterThan(0);
  });
});

function never(): never {
  throw new Error('never');
}
