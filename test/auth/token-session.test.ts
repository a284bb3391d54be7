import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findSignInMethod } from '../../src/auth/methods.ts';
import type { TokenInfo } from '../../src/auth/token-info.ts';
import { createTokenSession, type TokenSession } from '../../src/auth/token-session.ts';
import { createFileTokenStore, type TokenStore } from '../../src/auth/token-store.ts';
import { setUp, type SetUp } from './set-up.ts';
import { grant, startTokenService, type TokenReply, type TokenService } from './token-service.ts';

let parts: SetUp;
let service: TokenService;
let replies: (TokenReply | Promise<TokenReply>)[];
let store: TokenStore;
let warnings: string[];

beforeEach(async () => {
  replies = [];
  warnings = [];
  service = await startTokenService((_call, count) => replies.shift() ?? { body: grant(count) });
  parts = setUp({ spotify_accounts_url: service.url });
  store = createFileTokenStore(parts.tokenPath);
});
afterEach(async () => {
  await service.close();
  await parts.end();
});

function token(livesMs: number, change: Partial<TokenInfo> = {}): TokenInfo {
  return {
    accessToken: 'ACCESS-0-SECRET',
    tokenType: 'Bearer',
    expiresAtMs: parts.time.clock.now() + livesMs,
    refreshToken: 'REFRESH-0-SECRET',
    scopes: ['one'],
    method: 'pkce',
    clientId: 'issued-to-this-id',
    ...change,
  };
}

function openSession(): TokenSession {
  return createTokenSession({
    store,
    deps: parts.deps,
    findMethod: findSignInMethod,
    warn: (error) => void warnings.push(error.code),
  });
}

const ended = -1;

describe('access tokens', () => {
  test('nobody is signed in', async () => {
    expect(await parts.codeOf(openSession().getAccessToken())).toBe('sign-in-needed');
  });

  test('a token that lasts longer than a minute is used as it is', async () => {
    await store.save(token(61_000));
    expect(await openSession().getAccessToken()).toBe('ACCESS-0-SECRET');
    expect(service.calls).toHaveLength(0);
  });

  test('a token in its last minute is renewed, by the client id that it was issued to', async () => {
    await store.save(token(60_000));
    expect(await openSession().getAccessToken()).toBe('ACCESS-1-SECRET');
    expect(Object.fromEntries(service.calls[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'REFRESH-0-SECRET',
      client_id: 'issued-to-this-id',
    });
  });

  test('a token of the first version is renewed by the client id of config.json', async () => {
    const { clientId, ...old } = token(ended);
    expect(clientId).toBeDefined();
    await store.save(old);
    await openSession().getAccessToken();
    expect(service.calls[0]?.form.get('client_id')).toBe('a'.repeat(32));
  });

  test('a refused token is renewed although its time is not over', async () => {
    await store.save(token(3_600_000));
    expect(await openSession().getAccessToken({ forceRefresh: true })).toBe('ACCESS-1-SECRET');
  });

  test('with spotify_auto_refresh off an ended token is said', async () => {
    parts = setUp({ spotify_auto_refresh: false });
    store = createFileTokenStore(parts.tokenPath);
    await store.save(token(ended));
    expect(await parts.codeOf(openSession().getAccessToken())).toBe('sign-in-expired');
    expect(await store.load()).toBeDefined();
  });

  test('a token that came without a refresh token ends', async () => {
    const { refreshToken, ...bare } = token(ended);
    expect(refreshToken).toBeDefined();
    await store.save(bare);
    expect(await parts.codeOf(openSession().getAccessToken())).toBe('sign-in-expired');
  });
});

describe('rotation', () => {
  test('a new refresh token is in the file before the access token is handed out', async () => {
    await store.save(token(ended));
    const session = openSession();
    await session.getAccessToken();
    expect((await store.load())?.refreshToken).toBe('REFRESH-1-SECRET');
    await session.getAccessToken({ forceRefresh: true });
    expect(service.calls.map(({ form }) => form.get('refresh_token'))).toEqual([
      'REFRESH-0-SECRET',
      'REFRESH-1-SECRET',
    ]);
  });

  test('without a new one the old one stays', async () => {
    replies = [{ body: grant(1, { refresh_token: undefined, scope: undefined }) }];
    await store.save(token(ended));
    await openSession().getAccessToken();
    expect(await store.load()).toMatchObject({
      accessToken: 'ACCESS-1-SECRET',
      refreshToken: 'REFRESH-0-SECRET',
      scopes: ['one'],
    });
  });

  test('a new one that cannot be saved is said, and used from memory', async () => {
    await store.save(token(ended));
    const session = openSession();
    await session.current();
    rmSync(parts.tokenPath);
    await store.save(token(ended));
    const { save } = store;
    store.save = async (fresh) => {
      rmSync(parts.tokenPath, { force: true });
      mkdirSync(parts.tokenPath, { recursive: true });
      await save(fresh);
    };
    expect(await session.getAccessToken()).toBe('ACCESS-1-SECRET');
    expect(warnings).toEqual(['token-not-saved']);
    await session.getAccessToken({ forceRefresh: true });
    expect(service.calls[1]?.form.get('refresh_token')).toBe('REFRESH-1-SECRET');
  });
});

describe('refusals and failures', () => {
  test('invalid_grant asks for a new sign-in, with the six months, and discards the token alone', async () => {
    replies = [{ status: 400, body: { error: 'invalid_grant', error_description: 'Refresh token expired' } }];
    await store.save(token(ended));
    const failure = openSession().getAccessToken();
    await expect(failure).rejects.toMatchObject({
      code: 'sign-in-expired',
      fix: expect.stringContaining('six months') as string,
    });
    expect(await store.load()).toBeUndefined();
    expect(service.calls).toHaveLength(1);
    expect(existsSync(parts.folder)).toBe(true);
  });

  test.each([
    ['invalid_client with 400', { status: 400, body: { error: 'invalid_client' } }, 'client-refused'],
    ['invalid_client with 401', { status: 401, body: { error: 'invalid_client' } }, 'client-refused'],
    ['an unknown refusal', { status: 400, body: { error: 'invalid_request' } }, 'token-refused'],
  ])('%s keeps the token', async (_name, reply, code) => {
    replies = [reply];
    await store.save(token(ended));
    expect(await parts.codeOf(openSession().getAccessToken())).toBe(code);
    expect(await store.load()).toBeDefined();
  });

  test('plain text, a torn answer and a busy server cost nobody the sign-in', async () => {
    replies = [
      { status: 400, body: 'ACCESS-7-SECRET is not JSON' },
      { body: grant(8), torn: true },
      { status: 503, body: 'busy' },
    ];
    await store.save(token(ended));
    expect(await openSession().getAccessToken()).toBe('ACCESS-4-SECRET');
  });

  test('nothing but rubbish is given up, and the token kept', async () => {
    replies = Array.from({ length: 6 }, () => ({ body: '{"access_token":"ACCESS-7-SECRET",' }));
    await store.save(token(ended));
    expect(await parts.codeOf(openSession().getAccessToken())).toBe('response-not-understood');
    expect(await store.load()).toBeDefined();
  });
});

describe('one refresh at a time', () => {
  test('in the process', async () => {
    await store.save(token(ended));
    const session = openSession();
    const tokens = await Promise.all(Array.from({ length: 10 }, () => session.getAccessToken()));
    expect(new Set(tokens)).toEqual(new Set(['ACCESS-1-SECRET']));
    expect(service.calls).toHaveLength(1);
  });

  test('one caller leaves, the other still gets the token', async () => {
    const reply = Promise.withResolvers<TokenReply>();
    replies = [reply.promise];
    await store.save(token(ended));
    const session = openSession();
    const cancel = new AbortController();
    const leaving = session.getAccessToken({ signal: cancel.signal });
    const staying = session.getAccessToken();
    cancel.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    reply.resolve({ body: grant(1) });
    expect(await staying).toBe('ACCESS-1-SECRET');
  });

  test('all callers leave, and the answer on its way is saved all the same', async () => {
    const asked = Promise.withResolvers<undefined>();
    const reply = Promise.withResolvers<TokenReply>();
    await service.close();
    service = await startTokenService(() => {
      asked.resolve(undefined);
      return reply.promise;
    });
    parts = setUp({ spotify_accounts_url: service.url });
    store = createFileTokenStore(parts.tokenPath);
    await store.save(token(ended));
    const session = openSession();
    const cancel = new AbortController();
    const leaving = expect(session.getAccessToken({ signal: cancel.signal })).rejects.toThrow('left');
    await asked.promise;
    cancel.abort(new Error('left'));
    await leaving;
    reply.resolve({ body: grant(5) });
    // The lock is free when the refresh is through.
    await session.signOut();
    expect(service.calls).toHaveLength(1);
  });

  test('what another process has renewed is taken over, also after a 401', async () => {
    await store.save(token(3_600_000));
    const session = openSession();
    await session.getAccessToken();
    await store.save(token(3_600_000, { accessToken: 'ACCESS-77-SECRET' }));
    expect(await session.getAccessToken({ forceRefresh: true })).toBe('ACCESS-77-SECRET');
    expect(service.calls).toHaveLength(0);
  });

  test('after another process signed out, nothing is renewed', async () => {
    await store.save(token(3_600_000));
    const session = openSession();
    await session.getAccessToken();
    await store.clear();
    expect(await parts.codeOf(session.getAccessToken({ forceRefresh: true }))).toBe('sign-in-needed');
    expect(service.calls).toHaveLength(0);
    expect(await session.current()).toBeUndefined();
  });

  test('a process that never ends its refresh is said', async () => {
    await store.save(token(ended));
    const lock = store.tryLock();
    expect(await parts.codeOf(openSession().getAccessToken())).toBe('token-busy');
    lock?.release();
  });

  test('across processes', async () => {
    const both = Promise.withResolvers<undefined>();
    await service.close();
    service = await startTokenService(async (_call, count) => {
      await both.promise;
      return { body: grant(count) };
    });
    await store.save(token(ended));
    const script = join(import.meta.dirname, 'refresh-in-a-process.ts');
    const children = [1, 2].map(() =>
      spawn(process.execPath, [script, parts.tokenPath, service.url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    const ends = children.map((child) => once(child, 'close'));
    const lines = children.map((child) => createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    // Both have read the ended token before the first answer goes out.
    await Promise.all(lines.map((child) => child.next()));
    both.resolve(undefined);
    const results = await Promise.all(lines.map(async (child) => (await child.next()).value));
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(results).toEqual(['got 1', 'got 1']);
    expect(service.calls).toHaveLength(1);
  });
});

describe('sign-out', () => {
  test('it says whether somebody was signed in', async () => {
    await store.save(token(ended));
    const session = openSession();
    expect([await session.signOut(), await session.signOut()]).toEqual([true, false]);
    expect(await session.current()).toBeUndefined();
  });

  test('it waits for a refresh, which cannot bring the token back', async () => {
    const reply = Promise.withResolvers<TokenReply>();
    replies = [reply.promise];
    parts.deps.clock.sleep = () => new Promise((resolve) => setImmediate(resolve));
    await store.save(token(ended));
    const session = openSession();
    const renewing = session.getAccessToken();
    const signingOut = session.signOut();
    reply.resolve({ body: grant(1) });
    await renewing;
    expect(await signingOut).toBe(true);
    expect(await store.load()).toBeUndefined();
  });
});
