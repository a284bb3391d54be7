import { z } from 'zod';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pairingMethod } from '../../src/auth/pairing-method.ts';
import type { TokenInfo } from '../../src/auth/token-info.ts';
import { hasChromium, openTab, type Tab } from '../auth/chromium.ts';
import { createBox, setUpServer, type ServerSetUp } from './set-up.ts';

describe.skipIf(!hasChromium)('a real browser as the phone', () => {
  let tab: Tab;
  let world: ServerSetUp;
  beforeAll(async () => {
    tab = await openTab();
  });
  afterAll(() => tab.close());
  beforeEach(async () => {
    world = await setUpServer({ clientSecret: '' }, { spotify: { approval: 'ask' } });
  });
  afterEach(() => world.end());

  const text = () => tab.value('document.querySelector("main").innerText');

  /** Types as a person does, by the keyboard. */
  async function typeCode(code: string): Promise<void> {
    await tab.send('Runtime.evaluate', { expression: 'document.getElementById("code").select()' });
    await tab.send('Input.insertText', { text: code });
    await tab.click('continue');
  }

  /** A box that signs in, and polls when its token is asked for. */
  function signInBox() {
    const { parts, deps, mayPoll } = createBox(world.url);
    const signing = pairingMethod.signIn(deps, new AbortController().signal);
    return {
      parts,
      seesCode: () => parts.person.sees('enter-code'),
      async token(): Promise<TokenInfo> {
        mayPoll();
        const token = await signing;
        parts.secret(token.accessToken, token.refreshToken ?? '');
        await parts.end();
        return token;
      },
    };
  }

  test('two boxes at once get tokens of their own', async () => {
    const [one, two] = [signInBox(), signInBox()];
    const [first, second] = [await one.seesCode(), await two.seesCode()];
    expect(first.userCode).not.toBe(second.userCode);

    await tab.open(first.url);
    await typeCode(first.userCode.toLowerCase());
    await tab.click('agree');
    expect(await text()).toContain("You're signed in");

    // The link of the QR code has the code in it; the person still presses the button.
    await tab.open(`${second.url}?code=${second.userCode}`);
    await tab.click('continue');
    await tab.click('agree');
    expect(await text()).toContain("You're signed in");

    const tokens = [await two.token(), await one.token()];
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(2);
    expect(tokens.every(({ accessToken }) => world.spotify.secrets.has(accessToken))).toBe(true);
    expect(world.server.waiting()).toBe(0);
  });

  test('a wrong code is said on the page, and the next try works, all without JavaScript', async () => {
    await tab.send('Emulation.setScriptExecutionDisabled', { value: true });
    const box = signInBox();
    const { url, userCode } = await box.seesCode();
    await tab.open(url);
    await typeCode('AAAAAA');
    expect(await text()).toContain("That code doesn't match");
    await tab.send('Emulation.setScriptExecutionDisabled', { value: false });
    await typeCode(userCode);
    await tab.click('cancel');
    expect(await text()).toContain('Access denied');
    await expect(box.token()).rejects.toMatchObject({ code: 'sign-in-denied' });
    await box.parts.end();
  });

  test.each(['light', 'dark'])('the page fits a narrow phone and can be read (%s)', async (scheme) => {
    const from = tab.events.length;
    await tab.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
    await tab.send('Emulation.setDeviceMetricsOverride', {
      width: 320,
      height: 640,
      deviceScaleFactor: 2,
      mobile: true,
    });
    await tab.open(`${world.url}/pair?code=ACDEFG`);
    expect(await tab.value('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await tab.value('document.activeElement.id')).toBe('code');
    expect(await tab.value('document.getElementById("code").labels[0].innerText')).toBe('Code');
    const sizes = z
      .array(z.number())
      .parse(
        await tab.value(
          '["code", "continue"].map((id) => document.getElementById(id).getBoundingClientRect().height)',
        ),
      );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    expect(await tab.value('getComputedStyle(document.body).backgroundColor')).toBe(
      scheme === 'light' ? 'rgb(246, 242, 234)' : 'rgb(23, 21, 29)',
    );
    const asked = tab.events
      .slice(from)
      .filter(({ method }) => method === 'Network.requestWillBeSent' || method === 'Log.entryAdded');
    expect(asked).toHaveLength(1);
  });
});
