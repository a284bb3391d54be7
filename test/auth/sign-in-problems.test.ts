import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdirSync, writeFileSync } from 'node:fs';
import { code, setUpSignIn, type SignInSetUp } from './sign-in-set-up.ts';
import { grant } from './token-service.ts';

let sign: SignInSetUp;
beforeEach(async () => {
  sign = await setUpSignIn();
});
afterEach(() => sign.end());

describe('refusals reach the terminal and the browser alike', () => {
  test.each([
    ['a denial', 'error=access_denied', undefined, 'sign-in-denied', 'Access was denied'],
    [
      'markup as error',
      'error=%3Cscript%3Ealert(1)%3C/script%3E',
      undefined,
      'sign-in-refused',
      'unknown error',
    ],
    [
      'a used code',
      `code=${code}`,
      { status: 400, body: { error: 'invalid_grant' } },
      'token-refused',
      'already used',
    ],
    [
      'invalid_client with 400',
      `code=${code}`,
      { status: 400, body: { error: 'invalid_client' } },
      'client-refused',
      'client ID',
    ],
    [
      'invalid_client with 401',
      `code=${code}`,
      { status: 401, body: { error: 'invalid_client' } },
      'client-refused',
      'client ID',
    ],
  ])('%s', async (_name, query, reply, expected, words) => {
    if (reply !== undefined) sign.replies.push(reply);
    const signing = sign.parts.codeOf(sign.start());
    const { state, answer } = await sign.seeUrl();
    const page = await answer(`${query}&state=${state}`);
    const text = await page.text();
    expect([page.status, text.includes(words), text.includes('<script')]).toEqual([400, true, false]);
    expect(await signing).toBe(expected);
    expect(await sign.session.current()).toBeUndefined();
  });

  test('answers that are no token are asked for again, then said', async () => {
    sign.replies.push(
      { status: 200, body: 'ACCESS-9-SECRET in plain text' },
      { body: grant(9), torn: true },
      ...Array.from({ length: 4 }, () => ({ body: '{"access_token":"ACCESS-9-SECRET"' })),
    );
    sign.parts.person.plan({ type: 'pasted', text: code });
    expect(await sign.parts.codeOf(sign.start())).toBe('response-not-understood');
    expect(sign.service.calls).toHaveLength(6);
  });
});

describe('warnings', () => {
  const warnings = () =>
    sign.parts.person.events.flatMap((event) => (event.type === 'warning' ? [event.error] : []));

  test('fewer scopes than asked are named', async () => {
    sign.replies.push({ body: grant(1, { scope: 'playlist-read-private' }) });
    sign.parts.person.plan({ type: 'pasted', text: code });
    await sign.start();
    expect(warnings()).toMatchObject([
      { code: 'spotify-scope-missing', message: expect.stringContaining('user-library-read') as string },
    ]);
  });

  test.each([
    ['the folder is a file', (path: string) => writeFileSync(path.replace(/\/[^/]+$/, ''), '')],
    ['a folder has its name', (path: string) => mkdirSync(path, { recursive: true })],
  ])('a token that cannot be saved is said, and works for this run: %s', async (_name, spoil) => {
    spoil(sign.parts.tokenPath);
    sign.parts.person.plan({ type: 'pasted', text: code });
    await sign.start();
    expect(warnings().map((error) => error.code)).toEqual(['token-not-saved']);
    expect(await sign.session.getAccessToken()).toBe('ACCESS-1-SECRET');
  });

  test('a borrowed client id is said and used', async () => {
    sign.parts.person.plan({ type: 'pasted', text: code });
    await sign.start({}, { spotify_client_id: '', spotify_fallback_client_id: 'borrowed' });
    expect(warnings()).toHaveLength(1);
    expect(sign.service.calls[0]?.form.get('client_id')).toBe('borrowed');
  });
});

describe('settings that cannot work end it before anything opens', () => {
  test.each([
    ['no client id', { spotify_client_id: '' }, 'client-id-missing'],
    ['localhost', { spotify_redirect_uri: 'http://localhost:8888/callback' }, 'redirect-uri-invalid'],
    ['http elsewhere', { spotify_redirect_uri: 'http://example.com/callback' }, 'redirect-uri-invalid'],
  ])('%s', async (_name, settings, expected) => {
    expect(await sign.parts.codeOf(sign.start({}, settings))).toBe(expected);
    expect(sign.parts.person.events).toEqual([]);
  });
});
