import { afterEach, expect, test } from 'vitest';
import { pairingMethod } from '../../src/auth/pairing-method.ts';
import { createBox, setUpServer, type ServerSetUp } from './set-up.ts';

let world: ServerSetUp;
afterEach(() => world.end());

const signal = new AbortController().signal;

test.each([
  ['with a client secret', {}],
  ['with PKCE', { clientSecret: '' }],
  ['with sealed refresh tokens', { tokenKey: new Uint8Array(32).fill(7) }],
])('a box gets its tokens and can renew them, %s', async (_how, change) => {
  world = await setUpServer(change);
  const box = createBox(world.url);
  const signing = pairingMethod.signIn(box.deps, signal);
  const { url, userCode } = await box.parts.person.sees('enter-code');
  expect(url).toBe(`${world.url}/pair`);
  const { location, cookie } = await world.enterCode(userCode);
  const page = await world.ask(await world.agree(location), undefined, undefined, cookie);
  expect(await page.text()).toContain('You&#39;re signed in');
  box.mayPoll();
  const token = await signing;
  expect(token.method).toBe('pairing');
  const bare = world.spotify.secrets.has(token.refreshToken ?? '');
  expect(bare).toBe(!('tokenKey' in change));
  const renewed = await pairingMethod.refresh(token, box.deps, signal);
  const again = await pairingMethod.refresh(renewed, box.deps, signal);
  expect(world.spotify.secrets).toContain(again.accessToken);
  expect(world.server.waiting()).toBe(0);
  box.parts.secret(token.accessToken, token.refreshToken ?? '');
  await box.parts.end();
});

test('Cancel at Spotify is told to the phone and to the box', async () => {
  world = await setUpServer({}, { spotify: { approval: 'cancel' } });
  const box = createBox(world.url);
  const signing = box.parts.codeOf(pairingMethod.signIn(box.deps, signal));
  const { location, cookie } = await world.enterCode((await box.parts.person.sees('enter-code')).userCode);
  const page = await world.ask(await world.agree(location), undefined, undefined, cookie);
  expect(await page.text()).toContain('Access denied');
  box.mayPoll();
  expect(await signing).toBe('sign-in-denied');
  await box.parts.end();
});

test('a code ends after ten minutes, and the box gets a new one', async () => {
  world = await setUpServer();
  const box = await world.startBox();
  expect((await world.poll(box.deviceCode)).body).toEqual({ error: 'authorization_pending' });
  world.parts.time.pass(600_000);
  expect((await world.enterCode(box.userCode)).status).toBe(400);
  expect((await world.poll(box.deviceCode)).status).toBe(400);
  const next = await world.startBox();
  expect(world.server.waiting()).toBe(1);
  expect(next.userCode).not.toBe(box.userCode);
});

test('tokens that nobody fetches are forgotten', async () => {
  world = await setUpServer();
  const box = await world.startBox();
  const { location, cookie } = await world.enterCode(box.userCode);
  await (await world.ask(await world.agree(location), undefined, undefined, cookie)).text();
  world.parts.time.pass(600_000);
  await world.startBox();
  expect((await world.poll(box.deviceCode)).body).toEqual({ error: 'invalid_grant' });
});

test('healthz answers, and everything else is a page with nothing on it', async () => {
  world = await setUpServer();
  expect(await (await world.ask('/healthz')).json()).toEqual({ status: 'ok' });
  const lost = await world.ask('/admin');
  expect([lost.status, await lost.text()]).toEqual([404, expect.stringContaining('Nothing here')]);
});
