import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TokenInfo } from '../../src/auth/token-info.ts';
import { tokenSwapMethod } from '../../src/auth/token-swap-method.ts';
import { configSchema } from '../../src/config/schema.ts';
import { setUp, type SetUp } from './set-up.ts';
import { grant, startTokenService, type TokenReply, type TokenService } from './token-service.ts';

let service: TokenService;
let parts: SetUp;
let replies: TokenReply[];
const signal = new AbortController().signal;
beforeEach(async () => {
  replies = [];
  service = await startTokenService((_call, count) => replies.shift() ?? { body: grant(count) });
  parts = setUp({
    spotify_token_swap_url: `${service.url}/swap`,
    spotify_token_refresh_url: `${service.url}/refresh`,
  });
});
afterEach(async () => {
  await service.close();
  await parts.end();
});

async function signIn(reply: TokenReply): Promise<TokenInfo> {
  replies.push(reply);
  const signing = tokenSwapMethod.signIn(parts.deps, signal);
  const { url, redirectUri } = await parts.person.sees('authorise');
  const state = new URL(url).searchParams.get('state') ?? '';
  const browser = fetch(`${redirectUri}?${new URLSearchParams({ code: 'CODE-1-SECRET', state }).toString()}`);
  try {
    return await signing;
  } finally {
    await (await browser).text();
  }
}

test('sends the code and nothing else, and no challenge to the authorise page', async () => {
  const token = await signIn({ body: grant(1) });
  expect(token).toMatchObject({ method: 'token-swap', refreshToken: 'REFRESH-1-SECRET' });
  expect(service.calls[0]?.form.toString()).toBe('code=CODE-1-SECRET');
  const { url } = await parts.person.sees('authorise');
  expect([...new URL(url).searchParams.keys()]).not.toContain('code_challenge');
});

test('takes the documented answer: a text for expires_in, no type, no scope, no content type of JSON', async () => {
  const body = JSON.stringify({
    access_token: 'ACCESS-1-SECRET',
    expires_in: '3600',
    refresh_token: 'NQ==.opaque~REFRESH-1-SECRET',
  });
  const token = await signIn({ body, headers: { 'content-type': 'text/html' } });
  expect(token).toMatchObject({
    tokenType: 'Bearer',
    refreshToken: 'NQ==.opaque~REFRESH-1-SECRET',
    expiresAtMs: parts.time.now() + 3_600_000,
    scopes: parts.deps.config.spotify_scopes,
  });
});

test.each<[string, TokenReply, string, number]>([
  ['an OAuth error', { status: 400, body: { error: 'invalid_grant' } }, 'token-refused', 1],
  ['a plain text', { status: 400, body: 'invalid_grant' }, 'token-refused', 1],
  ['a secret that is wrong', { status: 401, body: { error: 'invalid_client' } }, 'client-refused', 1],
  ['a web page', { status: 404, body: '<h1>Not found</h1>' }, 'token-refused', 1],
  ['an answer without a token', { body: 'ok' }, 'token-server-failed', 2],
  ['a bare 500', { status: 500, body: '' }, 'token-server-failed', 2],
])('%s ends the sign-in with a name', async (_what, reply, code, calls) => {
  replies.push(reply);
  expect(await parts.codeOf(signIn(reply))).toBe(code);
  expect(service.calls).toHaveLength(calls);
});

describe('refresh', () => {
  const old: TokenInfo = {
    accessToken: 'ACCESS-0-SECRET',
    tokenType: 'Bearer',
    expiresAtMs: 0,
    refreshToken: 'REFRESH-0-SECRET',
    scopes: ['one'],
    method: 'token-swap',
  };
  const refresh = () => tokenSwapMethod.refresh(old, parts.deps, signal);

  test('sends the refresh token, and keeps it where none comes back', async () => {
    replies.push({ body: { access_token: 'ACCESS-1-SECRET', expires_in: 3600 } });
    expect(await refresh()).toMatchObject({
      accessToken: 'ACCESS-1-SECRET',
      refreshToken: 'REFRESH-0-SECRET',
      scopes: ['one'],
    });
    expect(service.calls[0]?.form.toString()).toBe('refresh_token=REFRESH-0-SECRET');
  });

  test('only invalid_grant costs the sign-in', async () => {
    replies.push({ status: 400, body: { error: 'invalid_grant' } });
    expect(await parts.codeOf(refresh())).toBe('sign-in-expired');
    replies.push({ status: 403, body: 'go away' });
    expect(await parts.codeOf(refresh())).toBe('token-refused');
    replies.push({ status: 500, body: '' }, { status: 500, body: '' });
    expect(await parts.codeOf(refresh())).toBe('token-server-failed');
  });
});

test('plain http is taken only on this machine', () => {
  const take = (url: string) => configSchema.safeParse({ spotify_token_swap_url: url }).success;
  expect(['https://a.example/swap', 'http://127.0.0.1:1/swap', ''].every(take)).toBe(true);
  expect(['http://a.example/swap', 'http://10.0.0.2/swap', 'ftp://a.example'].some(take)).toBe(false);
});
