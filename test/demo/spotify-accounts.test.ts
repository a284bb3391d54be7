import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { spotifyFaults } from '../stand-ins/spotify-faults.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import {
  startSpotifyStandIn,
  type SpotifyStandIn,
  type StandInOptions,
} from '../stand-ins/spotify-stand-in.ts';

const secretClient = { ...demoClient, id: 'secret-client', secret: 'the secret', deviceGrant: false };
const redirectUri = 'http://127.0.0.1:8888/callback';
const verifier = 'v'.repeat(64);
const challenge = createHash('sha256').update(verifier).digest('base64url');

let standIn: SpotifyStandIn;
afterEach(() => standIn.close());

async function start(options: Partial<StandInOptions> = {}): Promise<void> {
  standIn = await startSpotifyStandIn({
    catalogue: createCatalogue([]),
    clients: [demoClient, secretClient],
    approval: 'agree',
    ...options,
  });
}

function authorize(changes: Record<string, string | undefined> = {}): Promise<Response> {
  const asked: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: demoClient.id,
    redirect_uri: redirectUri,
    state: 'st',
    scope: 'user-library-read',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([key, value]): [string, string][] =>
      value === undefined ? [] : [[key, value]],
    ),
  );
  return fetch(`${standIn.url}/authorize?${query.toString()}`, { redirect: 'manual' });
}

async function codeOf(response: Response): Promise<string> {
  await response.body?.cancel();
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

async function post(
  path: string,
  form: Record<string, string>,
  basic?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${standIn.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const exchange = (code: string, changes: Record<string, string> = {}): ReturnType<typeof post> =>
  post('/api/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: demoClient.id,
    code_verifier: verifier,
    ...changes,
  });
const refresh = (token: unknown, basic?: string): ReturnType<typeof post> =>
  post(
    '/api/token',
    {
      grant_type: 'refresh_token',
      refresh_token: String(token),
      ...(basic === undefined ? { client_id: demoClient.id } : {}),
    },
    basic,
  );

test('Agree leads back with code and state, and the code is good for one exchange', async () => {
  await start();
  const response = await authorize();
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toMatch(
    /^http:\/\/127\.0\.0\.1:8888\/callback\?code=[^&]+&state=st$/,
  );
  const code = await codeOf(response);
  const first = await exchange(code);
  expect(first).toMatchObject({
    status: 200,
    body: { token_type: 'Bearer', expires_in: 3600, scope: 'user-library-read' },
  });
  expect(await exchange(code)).toEqual({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Invalid authorization code' },
  });
  for (const secret of [code, verifier, first.body['access_token'], first.body['refresh_token']]) {
    expect(standIn.secrets).toContain(secret);
  }
});

test('Cancel leads back with access_denied', async () => {
  await start({ approval: 'cancel' });
  expect((await authorize()).headers.get('location')).toBe(`${redirectUri}?error=access_denied&state=st`);
});

test('the consent page has two buttons that do the same', async () => {
  await start({ approval: 'ask' });
  for (const decision of ['agree', 'cancel']) {
    const page = await (await authorize({ scope: '<b>' })).text();
    expect(page).toContain('&#60;b&#62;');
    const escaped = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const request = escaped.replaceAll('&#38;', '&');
    const response = await fetch(`${standIn.url}/authorize/decision`, {
      method: 'POST',
      body: new URLSearchParams({ request, decision }),
      redirect: 'manual',
    });
    expect(response.headers.get('location')).toContain(
      decision === 'agree' ? 'code=' : 'error=access_denied',
    );
  }
});

test.each([
  [{ client_id: 'unknown' }, 'INVALID_CLIENT: Invalid client'],
  [{ redirect_uri: 'http://localhost:8888/callback' }, 'INVALID_CLIENT: Insecure redirect URI'],
  [{ redirect_uri: 'http://192.168.1.5/callback' }, 'INVALID_CLIENT: Insecure redirect URI'],
  [{ redirect_uri: 'nonsense' }, 'INVALID_CLIENT: Invalid redirect URI'],
  [{ redirect_uri: 'http://127.0.0.1:8888/Callback' }, 'redirect_uri: Not matching configuration'],
  [{ redirect_uri: 'https://example.org/callback' }, 'redirect_uri: Not matching configuration'],
  [{ response_type: 'token' }, 'response_type must be code'],
  [{ code_challenge_method: 'plain' }, 'code_challenge_method must be S256'],
])('with %j a page says what is wrong and nothing is sent back', async (changes, text) => {
  await start();
  const response = await authorize(changes);
  expect(response.headers.get('location')).toBeNull();
  expect(await response.text()).toContain(text);
});

test('a redirect URI that was registered with its port is good for that port only', async () => {
  await start({ clients: [{ ...demoClient, redirectUris: [redirectUri] }] });
  expect((await authorize()).status).toBe(303);
  expect((await authorize({ redirect_uri: 'http://127.0.0.1:9999/callback' })).status).toBe(400);
});

test.each([
  [{ code_verifier: 'w'.repeat(64) }, 'invalid_grant', 'code_verifier was incorrect'],
  [{ redirect_uri: 'http://127.0.0.1:1/callback' }, 'invalid_grant', 'Invalid redirect URI'],
  [{ client_id: secretClient.id }, 'invalid_grant', 'Invalid authorization code'],
  [{ client_id: 'unknown' }, 'invalid_client', 'Invalid client'],
  [{ client_id: '' }, 'invalid_client', undefined],
  [{ grant_type: 'password' }, 'unsupported_grant_type', 'grant_type parameter is missing or unsupported'],
])('an exchange with %j is refused', async (changes, error, description) => {
  await start();
  expect(await exchange(await codeOf(await authorize()), changes)).toEqual({
    status: 400,
    body: { error, ...(description === undefined ? {} : { error_description: description }) },
  });
});

test('without PKCE the code needs the client secret', async () => {
  await start();
  const asked = { client_id: secretClient.id, code_challenge: undefined, code_challenge_method: undefined };
  const form = async (): Promise<Record<string, string>> => ({
    grant_type: 'authorization_code',
    code: await codeOf(await authorize(asked)),
    redirect_uri: redirectUri,
  });
  expect(await post('/api/token', await form(), 'secret-client:the secret')).toMatchObject({ status: 200 });
  expect(await post('/api/token', await form(), 'secret-client:wrong')).toMatchObject({
    body: { error: 'invalid_client' },
  });
  expect(await post('/api/token', { ...(await form()), client_id: secretClient.id })).toMatchObject({
    body: { error: 'invalid_client' },
  });
  expect(standIn.secrets).toContain('the secret');
});

test('with PKCE a refresh brings a new refresh token and the old one is dead', async () => {
  await start();
  const { refresh_token: token } = (await exchange(await codeOf(await authorize()))).body;
  const next = await refresh(token);
  expect(next.body['refresh_token']).not.toBe(token);
  expect(await refresh(token)).toEqual({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Refresh token revoked' },
  });
  expect(await refresh(next.body['refresh_token'])).toMatchObject({ status: 200 });
});

test('refresh tokens may be kept or left out of the answer', async () => {
  await start({ refreshRule: 'keep' });
  const { refresh_token: kept } = standIn.signIn();
  expect((await refresh(kept)).body['refresh_token']).toBe(kept);
  await standIn.close();
  await start({ refreshRule: 'omit' });
  const { refresh_token: token } = standIn.signIn();
  expect((await refresh(token)).body).not.toHaveProperty('refresh_token');
  expect(await refresh(token)).toMatchObject({ status: 200 });
});

test('refresh tokens end after their life, by revocation, and for other clients', async () => {
  let now = 0;
  await start({ now: () => now, refreshLifeMs: 1_000 });
  const first = standIn.signIn().refresh_token;
  const second = (await refresh(first)).body['refresh_token'];
  now = 1_000;
  expect((await refresh(second)).body['error_description']).toBe('Refresh token expired');
  const third = standIn.signIn().refresh_token;
  standIn.tokens.endRefresh('revoked');
  expect((await refresh(third)).body['error_description']).toBe('Refresh token revoked');
  expect((await refresh('unknown')).body['error_description']).toBe('Invalid refresh token');
  const other = standIn.signIn({ clientId: secretClient.id }).refresh_token;
  expect((await refresh(other)).body['error_description']).toBe('Invalid refresh token');
});

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const poll = (deviceCode: unknown): ReturnType<typeof post> =>
  post('/api/token', { grant_type: deviceGrant, client_id: demoClient.id, device_code: String(deviceCode) });

test('a device waits until its code is typed and agreed to', async () => {
  await start({ approval: 'ask', deviceIntervalSeconds: 0 });
  const { body } = await post('/oauth2/device/authorize', {
    client_id: demoClient.id,
    scope: 'user-library-read',
  });
  expect(body).toMatchObject({ verification_uri: `${standIn.url}/pair`, expires_in: 3599, interval: 0 });
  expect((await poll(body['device_code'])).body).toEqual({ error: 'authorization_pending' });
  const page = await (await fetch(String(body['verification_uri_complete']))).text();
  expect(page).toContain('id="agree"');
  const form = { request: String(body['user_code']), decision: 'agree' };
  await fetch(`${standIn.url}/pair`, { method: 'POST', body: new URLSearchParams(form) });
  expect(await poll(body['device_code'])).toMatchObject({
    status: 200,
    body: { scope: 'user-library-read' },
  });
  expect((await poll(body['device_code'])).body).toEqual({ error: 'invalid_grant' });
});

test('a device is told to slow down, of a refusal, and when its code has expired', async () => {
  let now = 0;
  await start({ approval: 'ask', now: () => now });
  const begin = async (): Promise<Record<string, unknown>> =>
    (await post('/oauth2/device/authorize', { client_id: demoClient.id })).body;
  const first = await begin();
  await poll(first['device_code']);
  now = 4_000;
  expect((await poll(first['device_code'])).body).toEqual({ error: 'slow_down' });
  now = 13_000;
  expect((await poll(first['device_code'])).body).toEqual({ error: 'slow_down' });
  now = 40_000;
  expect(standIn.decideDevice(String(first['user_code']), 'cancel')).toBe(true);
  expect((await poll(first['device_code'])).body).toEqual({ error: 'access_denied' });
  const second = await begin();
  now += 3_599_000;
  expect((await poll(second['device_code'])).body).toEqual({ error: 'expired_token' });
});

test('clients that are not on the list may not use the device grant', async () => {
  await start();
  expect(await post('/oauth2/device/authorize', { client_id: secretClient.id })).toEqual({
    status: 400,
    body: { error: 'unauthorized_client' },
  });
});

test('faults are played on the token endpoint too', async () => {
  await start();
  standIn.play(spotifyFaults.serverError(503), { when: /token/ });
  expect((await exchange('x')).status).toBe(503);
  expect((await exchange('x')).status).toBe(400);
});
