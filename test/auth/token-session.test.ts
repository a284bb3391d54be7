import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileTokenStore } from '../../src/auth/token-store.ts';
import { setUpSession, type SessionSetUp } from './session-set-up.ts';
import { grant, type TokenReply } from './token-service.ts';

let own: SessionSetUp;
beforeEach(async () => {
  own = await setUpSession();
});
afterEach(() => own.end());

describe('access tokens', () => {
  test('nobody is signed in', async () => {
    expect(await own.parts.codeOf(own.openSession().getAccessToken())).toBe('sign-in-needed');
  });

  test('a token that lasts longer than a minute is used as it is', async () => {
    await own.store.save(own.token(61_000));
    expect(await own.openSession().getAccessToken()).toBe('ACCESS-0-SECRET');
    expect(own.service.calls).toHaveLength(0);
  });

  test('a token in its last minute is renewed, by the client id that it was issued to', async () => {
    await own.store.save(own.token(60_000));
    expect(await own.openSession().getAccessToken()).toBe('ACCESS-1-SECRET');
    expect(Object.fromEntries(own.service.calls[0]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'REFRESH-0-SECRET',
      client_id: 'issued-to-this-id',
    });
  });

  test('a token of the first version is renewed by the client id of config.json', async () => {
    const { clientId, ...old } = own.token();
    expect(clientId).toBeDefined();
    await own.store.save(old);
    await own.openSession().getAccessToken();
    expect(own.service.calls[0]?.form.get('client_id')).toBe('a'.repeat(32));
  });

  test('a refused token is renewed although its time is not over', async () => {
    await own.store.save(own.token(3_600_000));
    expect(await own.openSession().getAccessToken({ forceRefresh: true })).toBe('ACCESS-1-SECRET');
  });

  test('with spotify_auto_refresh off an ended token is said', async () => {
    await own.store.save(own.token());
    const config = { ...own.parts.deps.config, spotify_auto_refresh: false };
    expect(await own.parts.codeOf(own.openSession({ config }).getAccessToken())).toBe('sign-in-expired');
    expect(await own.store.load()).toBeDefined();
  });

  test('a token that came without a refresh token ends', async () => {
    const { refreshToken, ...bare } = own.token();
    expect(refreshToken).toBeDefined();
    await own.store.save(bare);
    expect(await own.parts.codeOf(own.openSession().getAccessToken())).toBe('sign-in-expired');
  });
});

describe('rotation', () => {
  test('a new refresh token is in the file before the access token is handed out', async () => {
    await own.store.save(own.token());
    const session = own.openSession();
    await session.getAccessToken();
    expect((await own.store.load())?.refreshToken).toBe('REFRESH-1-SECRET');
    await session.getAccessToken({ forceRefresh: true });
    expect(own.service.calls.map(({ form }) => form.get('refresh_token'))).toEqual([
      'REFRESH-0-SECRET',
      'REFRESH-1-SECRET',
    ]);
  });

  test('without a new one the old one stays', async () => {
    own.replies.push({ body: grant(1, { refresh_token: undefined, scope: undefined }) });
    await own.store.save(own.token());
    await own.openSession().getAccessToken();
    expect(await own.store.load()).toMatchObject({
      accessToken: 'ACCESS-1-SECRET',
      refreshToken: 'REFRESH-0-SECRET',
      scopes: ['one'],
    });
  });

  test('a new one that cannot be saved is said, and used from memory', async () => {
    await own.store.save(own.token());
    const elsewhere = createFileTokenStore('/dev/null/spotify_tokens.json');
    const session = own.openSession({}, { ...own.store, save: (fresh) => elsewhere.save(fresh) });
    expect(await session.getAccessToken()).toBe('ACCESS-1-SECRET');
    expect(own.warnings).toEqual(['token-not-saved']);
    await session.getAccessToken({ forceRefresh: true });
    expect(own.service.calls[1]?.form.get('refresh_token')).toBe('REFRESH-1-SECRET');
  });
});

describe('refusals and failures', () => {
  test('invalid_grant asks for a new sign-in, with the six months, and discards the token alone', async () => {
    own.replies.push({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Refresh token expired' },
    });
    await own.store.save(own.token());
    const failure = own.openSession().getAccessToken();
    await expect(failure).rejects.toMatchObject({
      code: 'sign-in-expired',
      fix: expect.stringContaining('six months') as string,
    });
    expect(await own.store.load()).toBeUndefined();
    expect(own.service.calls).toHaveLength(1);
    expect(existsSync(own.parts.folder)).toBe(true);
  });

  test.each([
    ['invalid_client with 400', { status: 400, body: { error: 'invalid_client' } }, 'client-refused'],
    ['invalid_client with 401', { status: 401, body: { error: 'invalid_client' } }, 'client-refused'],
    ['an unknown refusal', { status: 400, body: { error: 'invalid_request' } }, 'token-refused'],
  ])('%s keeps the token', async (_name, reply, code) => {
    own.replies.push(reply);
    await own.store.save(own.token());
    expect(await own.parts.codeOf(own.openSession().getAccessToken())).toBe(code);
    expect(await own.store.load()).toBeDefined();
  });

  test('plain text, a torn answer and a busy server cost nobody the sign-in', async () => {
    own.replies.push(
      { status: 400, body: 'ACCESS-7-SECRET is not JSON' },
      { body: grant(8), torn: true },
      { status: 503, body: 'busy' },
    );
    await own.store.save(own.token());
    expect(await own.openSession().getAccessToken()).toBe('ACCESS-4-SECRET');
  });

  test('nothing but rubbish is given up, and the token kept', async () => {
    own.replies.push(...Array.from({ length: 6 }, () => ({ body: '{"access_token":"ACCESS-7-SECRET",' })));
    await own.store.save(own.token());
    expect(await own.parts.codeOf(own.openSession().getAccessToken())).toBe('response-not-understood');
    expect(await own.store.load()).toBeDefined();
  });
});

describe('sign-out', () => {
  test('it says whether somebody was signed in', async () => {
    await own.store.save(own.token());
    const session = own.openSession();
    expect([await session.signOut(), await session.signOut()]).toEqual([true, false]);
    expect(await session.current()).toBeUndefined();
  });

  test('it waits for a refresh, which cannot bring the token back', async () => {
    const reply = Promise.withResolvers<TokenReply>();
    own.replies.push(reply.promise);
    await own.store.save(own.token());
    const session = own.openSession({ clock: own.patientClock });
    const renewing = session.getAccessToken();
    await own.asked.promise;
    const signingOut = session.signOut();
    reply.resolve({ body: grant(1) });
    await renewing;
    expect(await signingOut).toBe(true);
    expect(await own.store.load()).toBeUndefined();
  });
});
