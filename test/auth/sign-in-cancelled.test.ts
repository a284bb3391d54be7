import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { code, expectNobodyListens, setUpSignIn, type SignInSetUp } from './sign-in-set-up.ts';

let sign: SignInSetUp;
beforeEach(async () => {
  sign = await setUpSignIn();
});
afterEach(() => sign.end());

describe('cancelling', () => {
  test('before it begins', async () => {
    sign.cancel.abort();
    expect(await sign.parts.codeOf(sign.start())).toBe('sign-in-cancelled');
  });

  test('with Esc while it waits', async () => {
    sign.parts.person.plan({ type: 'cancel' });
    expect(await sign.parts.codeOf(sign.start())).toBe('sign-in-cancelled');
    await expectNobodyListens((await sign.seeUrl()).redirectUri);
  });

  test('from outside while it waits: the question goes and the port is free', async () => {
    const signing = sign.parts.codeOf(sign.start());
    const { redirectUri } = await sign.seeUrl();
    sign.cancel.abort();
    expect(await signing).toBe('sign-in-cancelled');
    expect(sign.parts.person.withdrawn()).toBe(1);
    await expectNobodyListens(redirectUri);
  });

  test('while the browser is being opened', async () => {
    sign.parts.person.plan({ type: 'open-browser' });
    const opening = Promise.withResolvers<undefined>();
    const openBrowser = (): Promise<boolean> => {
      opening.resolve(undefined);
      return new Promise(() => undefined);
    };
    const signing = sign.parts.codeOf(sign.start({ openBrowser }));
    await opening.promise;
    sign.cancel.abort();
    expect(await signing).toBe('sign-in-cancelled');
  });

  test('during the exchange: the browser hears of it too', async () => {
    sign.replies.push(new Promise(() => undefined));
    const signing = sign.parts.codeOf(sign.start());
    const { state, answer, redirectUri } = await sign.seeUrl();
    const page = answer(`code=${code}&state=${state}`);
    await sign.asked.promise;
    sign.cancel.abort(new HarmoniError('cancelled', 'Stopped.'));
    expect(await signing).toBe('sign-in-cancelled');
    expect(await (await page).text()).toContain('The sign-in was cancelled.');
    await expectNobodyListens(redirectUri);
  });

  test('five minutes end it, and the port is free', async () => {
    const signing = sign.parts.codeOf(sign.start());
    const { redirectUri } = await sign.seeUrl();
    expect(sign.parts.time.slept).toEqual([300_000]);
    sign.parts.endWait();
    expect(await signing).toBe('sign-in-timeout');
    expect(sign.parts.person.withdrawn()).toBe(1);
    await expectNobodyListens(redirectUri);
  });
});
