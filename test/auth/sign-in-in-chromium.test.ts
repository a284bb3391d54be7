import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pkceMethod } from '../../src/auth/pkce-method.ts';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn, type SpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import { hasChromium, openTab, type Tab } from './chromium.ts';
import { setUp, type SetUp } from './set-up.ts';

describe.skipIf(!hasChromium)('a sign-in with a real browser at the stand-in of Spotify', () => {
  let tab: Tab;
  let spotify: SpotifyStandIn;
  let parts: SetUp;
  beforeAll(async () => {
    tab = await openTab();
  });
  afterAll(() => tab.close());
  beforeEach(async () => {
    spotify = await startSpotifyStandIn({ catalogue: createCatalogue([]), refreshRule: 'rotate' });
    parts = setUp({ spotify_client_id: demoClient.id, spotify_accounts_url: spotify.url });
  });
  afterEach(async () => {
    parts.secret(...spotify.secrets);
    await spotify.close();
    await parts.end();
  });

  const heading = () => tab.value('document.querySelector("h1").innerText');
  const signal = new AbortController().signal;

  test('Agree signs in, and the token can be renewed', async () => {
    const signing = pkceMethod.signIn(parts.deps, signal);
    await tab.open((await parts.person.sees('authorise')).url);
    await tab.click('agree');
    const token = await signing;
    expect(await heading()).toBe("You're signed in");
    expect(token.scopes).toEqual(parts.deps.config.spotify_scopes);
    const renewed = await pkceMethod.refresh(token, parts.deps, signal);
    expect(new Set([token.refreshToken, renewed.refreshToken, undefined]).size).toBe(3);
    expect(await parts.codeOf(pkceMethod.refresh(token, parts.deps, signal))).toBe('sign-in-expired');
  });

  test('Cancel ends it, on the page and in the terminal', async () => {
    const signing = parts.codeOf(pkceMethod.signIn(parts.deps, signal));
    await tab.open((await parts.person.sees('authorise')).url);
    await tab.click('cancel');
    expect(await signing).toBe('sign-in-denied');
    expect(await heading()).toBe("Sign-in didn't work");
  });
});
