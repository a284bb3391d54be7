import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { codeChallenge } from '../../src/auth/pkce.ts';
import { code, expectNobodyListens, setUpSignIn, type SignInSetUp } from './sign-in-set-up.ts';

let sign: SignInSetUp;
beforeEach(async () => {
  sign = await setUpSignIn();
});
afterEach(() => sign.end());

describe('the way through the browser', () => {
  test('a code and a verifier that fits the challenge become a saved token', async () => {
    const signing = sign.start();
    const { url, redirectUri, state, answer } = await sign.seeUrl();
    const page = await answer(`code=${code}&state=${state}`);
    expect((await signing).accessToken).toBe('ACCESS-1-SECRET');
    expect([page.status, (await page.text()).includes('You&#39;re signed in')]).toEqual([200, true]);
    const form = Object.fromEntries(sign.service.calls[0]?.form ?? []);
    expect(form).toMatchObject({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: 'a'.repeat(32),
    });
    expect(url.searchParams.get('redirect_uri')).toBe(redirectUri);
    expect(url.searchParams.get('code_challenge')).toBe(await codeChallenge(form['code_verifier'] ?? ''));
    expect([state.length, form['code_verifier']?.length]).toEqual([43, 43]);
    expect(await sign.session.getAccessToken()).toBe('ACCESS-1-SECRET');
    expect(readFileSync(sign.parts.tokenPath, 'utf8')).toContain('"method": "pkce"');
    expect(sign.parts.person.withdrawn()).toBe(1);
    await expectNobodyListens(redirectUri);
  });

  test('two sign-ins never share a state, a verifier or a challenge', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 2; round += 1) {
      sign.parts.person.events.length = 0;
      const signing = sign.start();
      const { url, state, answer } = await sign.seeUrl();
      await answer(`code=${code}&state=${state}`);
      await signing;
      seen.add(state).add(url.searchParams.get('code_challenge') ?? '');
      seen.add(sign.service.calls[round]?.form.get('code_verifier') ?? '');
    }
    expect(seen.size).toBe(6);
  });

  test('favicons, probes, wrong states and injected codes change nothing', async () => {
    const signing = sign.start();
    const { redirectUri, state, answer } = await sign.seeUrl();
    await fetch(new URL('/favicon.ico', redirectUri));
    for (let time = 0; time < 3; time += 1) {
      expect((await answer('code=CODE-EVIL-SECRET&state=guessed')).status).toBe(400);
    }
    expect((await answer('error=access_denied')).status).toBe(400);
    await answer(`code=${code}&state=${state}`);
    await signing;
    expect(sign.service.calls.map(({ form }) => form.get('code'))).toEqual([code]);
    // Said once, so that nobody can flood the screen.
    expect(sign.parts.person.events.filter(({ type }) => type === 'not-accepted')).toHaveLength(1);
  });

  test('Enter opens the browser, and the question stays', async () => {
    sign.parts.person.plan({ type: 'open-browser' });
    const signing = sign.start();
    const { url, state, answer } = await sign.seeUrl();
    expect((await sign.parts.person.sees('browser')).opened).toBe(true);
    expect(sign.parts.opened).toEqual([url.href]);
    await answer(`code=${code}&state=${state}`);
    await signing;
    expect(sign.parts.person.asked()).toBe(2);
  });

  test('in a container the server listens on all addresses, and the redirect URI stays', async () => {
    const signing = sign.start({ inContainer: () => true });
    const { listening } = await sign.parts.person.sees('authorise');
    const { redirectUri, state, answer } = await sign.seeUrl();
    expect(listening).toMatchObject({ address: '0.0.0.0' });
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    await answer(`code=${code}&state=${state}`);
    await signing;
  });
});
