import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createAuthorizationCodeClient,
  type AuthorizationCodeClient,
  type AuthorizationCodeOptions,
} from '../../src/auth/authorization-code-client.ts';
import { createFileTokenStore } from '../../src/auth/token-store.ts';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import { setUp, type SetUp } from './set-up.ts';
import { grant, startTokenService, type TokenReply, type TokenService } from './token-service.ts';

let service: TokenService;
let parts: SetUp;
let client: AuthorizationCodeClient;
let replies: TokenReply[];
const env = {
  SPOTIFY_CLIENT_ID: 'id-of-env',
  SPOTIFY_CLIENT_SECRET: 'SECRET-OF-ENV',
  SPOTIFY_REDIRECT_URI: 'http://127.0.0.1:9876/back',
};
beforeEach(async () => {
  replies = [];
  service = await startTokenService((_call, count) => replies.shift() ?? { body: grant(count) });
  parts = setUp();
  parts.secret(env.SPOTIFY_CLIENT_SECRET);
  client = create();
});
afterEach(async () => {
  await client.close();
  await service.close();
  await parts.end();
});

function create(options: Partial<AuthorizationCodeOptions> = {}): AuthorizationCodeClient {
  return createAuthorizationCodeClient({ env, accountsUrl: service.url, deps: parts.deps, ...options });
}

describe('the authorisation URL', () => {
  const query = (scope?: string | readonly string[]) => {
    const request = { state: 's', ...(scope === undefined ? {} : { scope }) };
    return new URL(client.authorizationUrl(request)).searchParams;
  };

  test('names the app, the redirect URI and the state of the caller, and sends nothing', () => {
    expect(Object.fromEntries(query())).toEqual({
      client_id: 'id-of-env',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:9876/back',
      state: 's',
    });
    expect(service.calls).toEqual([]);
  });

  test.each([
    ['a b', 'a b'],
    [['a', 'b'], 'a b'],
    ['', null],
  ])('takes the scope %j', (scope, sent) => {
    expect(query(scope).get('scope')).toBe(sent);
  });

  test('asks again only when told so', () => {
    expect(client.authorizationUrl({ state: 's', showDialog: true })).toContain('show_dialog=true');
  });
});

test.each([
  ['http://127.0.0.1:9876/back?code=abc&state=right', 'abc'],
  ['?state=right&code=abc', 'abc'],
  ['?state=wrong&code=abc', 'sign-in-state-mismatch'],
  ['?code=abc', 'sign-in-state-mismatch'],
  ['a-long-bare-code-without-state', 'sign-in-state-mismatch'],
  ['?state=right', 'sign-in-paste-not-understood'],
  ['?state=right&error=access_denied', 'sign-in-denied'],
  ['?state=right&error=server_error', 'sign-in-refused'],
])('the response %s gives %s', async (response, wanted) => {
  const parsed = (async () => client.parseResponse(response, 'right'))();
  expect(wanted === 'abc' ? await parsed : await parts.codeOf(parsed)).toBe(wanted);
});

test('the exchange proves the app with Basic and names it nowhere else', async () => {
  const token = await client.exchange('CODE-1-SECRET');
  const [call] = service.calls;
  expect(call?.headers['authorization']).toBe(`Basic ${btoa('id-of-env:SECRET-OF-ENV')}`);
  expect([...(call?.form.keys() ?? [])]).toEqual(['grant_type', 'code', 'redirect_uri']);
  expect(token).toMatchObject({ method: 'authorization-code', clientId: 'id-of-env' });
  expect(await client.accessToken()).toBe('ACCESS-1-SECRET');
});

test.each<[string, TokenReply[], string, number]>([
  ['invalid_grant', [{ status: 400, body: { error: 'invalid_grant' } }], 'token-refused', 1],
  ['invalid_client', [{ status: 400, body: { error: 'invalid_client' } }], 'client-refused', 1],
  ['5xx for good', Array.from({ length: 5 }, () => ({ status: 502, body: '' })), 'spotify-unavailable', 4],
  ['a torn connection, once', [{ body: 'x', torn: true }], 'no error', 2],
])('%s: %#', async (_what, answers, code, calls) => {
  replies.push(...answers);
  expect(await parts.codeOf(client.exchange('CODE-1-SECRET'))).toBe(code);
  expect(service.calls).toHaveLength(calls);
});

test('no connection is another error than a refusal', async () => {
  const lost = create({ accountsUrl: 'http://127.0.0.1:1' });
  expect(await parts.codeOf(lost.exchange('CODE-1-SECRET'))).toBe('network-unreachable');
});

test('many callers cause one refresh, half a minute before the end, and the refresh token stays', async () => {
  await client.exchange('CODE-1-SECRET');
  replies.push({ body: grant(2, { refresh_token: undefined }) });
  parts.time.pass(3_569_000);
  expect(await client.accessToken()).toBe('ACCESS-1-SECRET');
  parts.time.pass(2_000);
  const got = await Promise.all(Array.from({ length: 20 }, () => client.accessToken()));
  expect(new Set(got)).toEqual(new Set(['ACCESS-2-SECRET']));
  expect(service.calls).toHaveLength(2);
  await client.refresh();
  expect(service.calls.map(({ form }) => form.get('refresh_token'))).toEqual([
    null,
    'REFRESH-1-SECRET',
    'REFRESH-1-SECRET',
  ]);
});

test('starts from a refresh token, once for all callers; a refused one is named', async () => {
  const started = create({ refreshToken: 'REFRESH-0-SECRET' });
  await Promise.all([started.accessToken(), started.accessToken()]);
  expect(service.calls.map(({ form }) => form.get('refresh_token'))).toEqual(['REFRESH-0-SECRET']);
  replies.push({ status: 400, body: { error: 'invalid_grant' } });
  expect(await parts.codeOf(create({ refreshToken: 'REFRESH-9-SECRET' }).accessToken())).toBe(
    'sign-in-expired',
  );
});

test('a token in the cache is used by the next one', async () => {
  const cache = createFileTokenStore(parts.tokenPath);
  await create({ cache }).exchange('CODE-1-SECRET');
  expect(await create({ cache: createFileTokenStore(parts.tokenPath) }).accessToken()).toBe(
    'ACCESS-1-SECRET',
  );
  expect(service.calls).toHaveLength(1);
});

test('id and secret are required', async () => {
  const without = async (missing: string) => create({ env: { ...env, [missing]: '' } });
  expect(await parts.codeOf(without('SPOTIFY_CLIENT_ID'))).toBe('client-id-missing');
  expect(await parts.codeOf(without('SPOTIFY_CLIENT_SECRET'))).toBe('client-secret-missing');
});

test('signs in on loopback at the stand-in, whose refresh brings no new refresh token', async () => {
  const secret = 'SECRET-OF-THE-APP';
  const spotify = await startSpotifyStandIn({
    catalogue: createCatalogue([]),
    clients: [{ ...demoClient, secret }],
    approval: 'agree',
  });
  parts.secret(secret, ...spotify.secrets);
  const whole = create({
    accountsUrl: spotify.url,
    clientId: demoClient.id,
    clientSecret: secret,
    redirectUri: 'http://127.0.0.1/callback',
  });
  const signing = whole.signIn(parts.deps);
  await (await fetch((await parts.person.sees('authorise')).url)).text();
  const token = await signing;
  expect(await whole.refresh()).not.toBe(token.accessToken);
  await spotify.close();
});
