import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestToken, tokenUrl } from '../../src/auth/token-endpoint.ts';
import { setUp, type SetUp } from './set-up.ts';
import { grant, startTokenService, type TokenReply, type TokenService } from './token-service.ts';

let parts: SetUp;
let service: TokenService;
let replies: TokenReply[];

beforeEach(async () => {
  parts = setUp();
  replies = [];
  service = await startTokenService((_call, count) => replies.shift() ?? { body: grant(count) });
});
afterEach(async () => {
  await service.close();
  await parts.end();
});

const ask = (signal = new AbortController().signal) => {
  const form = { grant_type: 'refresh_token', refresh_token: 'REFRESH-0-SECRET', client_id: 'abc' };
  return requestToken({ url: `${service.url}/api/token`, form }, parts.deps, signal);
};

test('the form is sent as a form, without an Authorization header', async () => {
  expect((await ask()).type).toBe('granted');
  const [call] = service.calls;
  expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(call?.headers.authorization).toBeUndefined();
  expect(call?.form.get('refresh_token')).toBe('REFRESH-0-SECRET');
});

test('what passes is tried again, with growing waits', async () => {
  replies = [
    { status: 503, body: 'upstream' },
    { status: 400, body: 'Bad Request' },
    { body: JSON.stringify(grant(9)).slice(0, 30) },
    { body: grant(9), torn: true },
  ];
  expect((await ask()).type).toBe('granted');
  expect(service.calls).toHaveLength(5);
  expect(parts.time.slept).toEqual([...parts.time.slept].sort((one, other) => one - other));
});

test('after six tries it gives up', async () => {
  replies = Array.from({ length: 9 }, () => ({ status: 502, body: 'bad gateway' }));
  expect(await parts.codeOf(ask())).toBe('spotify-unavailable');
  expect(service.calls).toHaveLength(6);
});

test('a refusal is not tried again', async () => {
  replies = [{ status: 401, body: { error: 'invalid_client' } }];
  expect(await ask()).toEqual({ type: 'refused', status: 401, error: 'invalid_client' });
  expect(service.calls).toHaveLength(1);
});

test('a short Retry-After is waited for, a long one is said', async () => {
  replies = [
    { status: 429, body: 'Too many requests', headers: { 'retry-after': '3' } },
    { status: 429, body: 'Too many requests', headers: { 'retry-after': '86207' } },
  ];
  const failure = ask();
  await expect(failure).rejects.toMatchObject({
    code: 'spotify-unavailable',
    fix: expect.stringContaining('Try again after') as string,
  });
  expect(parts.time.slept).toEqual([3000]);
});

test('an unreachable service is said', async () => {
  const form = { grant_type: 'refresh_token' };
  const signal = new AbortController().signal;
  expect(
    await parts.codeOf(requestToken({ url: 'http://127.0.0.1:1/api/token', form }, parts.deps, signal)),
  ).toBe('network-unreachable');
});

test('a cancelled exchange ends at once', async () => {
  const cancel = new AbortController();
  const asked = Promise.withResolvers<undefined>();
  await service.close();
  service = await startTokenService(() => {
    asked.resolve(undefined);
    return new Promise(() => undefined);
  });
  const failure = expect(ask(cancel.signal)).rejects.toThrow('enough');
  await asked.promise;
  cancel.abort(new Error('enough'));
  await failure;
});

test('the endpoint lies below the accounts URL', () => {
  expect(tokenUrl({ ...parts.deps.config, spotify_accounts_url: 'http://127.0.0.1:9/x/' })).toBe(
    'http://127.0.0.1:9/x/api/token',
  );
});
