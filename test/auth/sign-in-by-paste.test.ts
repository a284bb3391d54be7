import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { SignInScreen } from '../../src/auth/sign-in-method.ts';
import { HarmoniError } from '../../src/errors.ts';
import { code, expectNobodyListens, setUpSignIn, type SignInSetUp } from './sign-in-set-up.ts';
import { grant, type TokenReply } from './token-service.ts';

let sign: SignInSetUp;
beforeEach(async () => {
  sign = await setUpSignIn();
});
afterEach(() => sign.end());

describe('the way by pasting', () => {
  test.each([
    ['the whole address', (state: string, redirect: string) => `${redirect}?code=${code}&state=${state}`],
    ['code=', () => `code=${code}`],
    ['the bare code', () => code],
  ])('%s', async (_name, paste) => {
    const screen: SignInScreen = {
      ...sign.parts.person.screen,
      answer: async () => {
        const { redirectUri, state } = await sign.seeUrl();
        return { type: 'pasted', text: paste(state, redirectUri) };
      },
    };
    await sign.start({ screen });
    expect(sign.service.calls[0]?.form.get('code')).toBe(code);
    const { redirectUri } = await sign.seeUrl();
    await expectNobodyListens(redirectUri);
  });

  test('what is not understood is said, and the next paste counts', async () => {
    sign.parts.person.plan(
      { type: 'pasted', text: 'hello' },
      { type: 'pasted', text: 'http://127.0.0.1/callback?code=CODE-EVIL-SECRET&state=guessed' },
      { type: 'pasted', text: code },
    );
    await sign.start();
    const said = sign.parts.person.events.flatMap((event) =>
      event.type === 'not-accepted' ? [event.error.code] : [],
    );
    expect(said).toEqual(['sign-in-paste-not-understood', 'sign-in-state-mismatch']);
    expect(sign.service.calls.map(({ form }) => form.get('code'))).toEqual([code]);
  });

  test('a busy port is said, and pasting works', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    sign.parts.person.plan({ type: 'pasted', text: code });
    await sign.start({}, { spotify_redirect_uri: `http://127.0.0.1:${port}/callback` });
    const { listening, redirectUri } = await sign.parts.person.sees('authorise');
    expect(listening instanceof HarmoniError && listening.code).toBe('callback-port-busy');
    expect(redirectUri).toBe(`http://127.0.0.1:${port}/callback`);
    other.close();
    await once(other, 'close');
  });

  test('an https redirect URI is sent as it is and waits for a paste', async () => {
    sign.parts.person.plan({ type: 'pasted', text: code });
    await sign.start({}, { spotify_redirect_uri: 'https://example.com/back' });
    expect(sign.service.calls[0]?.form.get('redirect_uri')).toBe('https://example.com/back');
  });

  test('without a server and without anybody to paste it ends at once', async () => {
    sign.parts.person.plan({ type: 'none' });
    expect(
      await sign.parts.codeOf(sign.start({}, { spotify_redirect_uri: 'https://example.com/back' })),
    ).toBe('callback-not-possible');
  });

  test('without anybody to paste the server alone waits', async () => {
    sign.parts.person.plan({ type: 'none' });
    const signing = sign.start();
    const { state, answer } = await sign.seeUrl();
    await answer(`code=${code}&state=${state}`);
    expect((await signing).accessToken).toBe('ACCESS-1-SECRET');
  });

  test('a browser that comes second, while the pasted code is exchanged, is not told of a success', async () => {
    const reply = Promise.withResolvers<TokenReply>();
    sign.replies.push(reply.promise);
    sign.parts.person.plan({ type: 'pasted', text: code });
    const signing = sign.start();
    const { state, answer } = await sign.seeUrl();
    await sign.asked.promise;
    const second = answer(`code=${code}&state=${state}`);
    // A later request to the same server shows that the second answer is with it.
    await answer('probe');
    reply.resolve({ body: grant(1) });
    await signing;
    expect((await second).status).toBe(409);
  });
});
