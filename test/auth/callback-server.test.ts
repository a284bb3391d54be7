import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signedInPage } from '../../src/auth/callback-page.ts';
import { startCallbackServer, type CallbackServer } from '../../src/auth/callback-server.ts';
import { parseRedirectUri } from '../../src/auth/redirect-uri.ts';
import { HarmoniError } from '../../src/errors.ts';

const state = 'S'.repeat(43);
const good = `code=CODE-1-SECRET&state=${state}`;
let server: CallbackServer;
let refusals: string[];

function start(uri = 'http://127.0.0.1/callback', address = '127.0.0.1', requestTimeoutMs?: number) {
  const redirect = parseRedirectUri(uri);
  if (redirect.loopback === undefined) throw new Error('no loopback');
  return startCallbackServer({
    redirect: { ...redirect, loopback: redirect.loopback },
    address,
    state,
    onNotAccepted: (error) => void refusals.push(error.code),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  });
}

beforeEach(async () => {
  refusals = [];
  server = await start();
});
afterEach(() => server.close());

interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A request with any Host, which fetch does not allow. */
async function get(target: string, options: { host?: string; method?: string } = {}): Promise<Page> {
  const { hostname, port, host } = new URL(server.redirectUri);
  const asked = request({
    host: hostname.replace(/[[\]]/g, ''),
    port,
    path: target,
    method: options.method ?? 'GET',
    headers: { host: options.host ?? host },
  }).end();
  // Node's own event types carry `any`; "response" brings one IncomingMessage.
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  return { status: response.statusCode ?? 0, body: await text(response), headers: response.headers };
}

async function tcp(): Promise<Socket> {
  const socket = connect(server.listening.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** The real answer still comes through, and its page is shown. */
async function expectStillUp(): Promise<void> {
  const page = get(`/callback?${good}`);
  const arrival = await server.arrival;
  expect(arrival.response).toEqual({ type: 'code', code: 'CODE-1-SECRET' });
  await arrival.reply(signedInPage);
  expect(await page).toMatchObject({
    status: 200,
    body: expect.stringContaining('You&#39;re signed in') as string,
  });
}

test('the browser waits for its page until the sign-in is decided', expectStillUp);

test.each([
  ['a favicon', '/favicon.ico', {}],
  ['a probe of the root', '/', {}],
  ['a longer path', '/callback/x', {}],
  ['another case', '/Callback', {}],
  ['an address of its own', 'http://evil.example/callback?x', {}],
  ['two slashes', '//evil.example/callback', {}],
  ['HEAD', `/callback?${good}`, { method: 'HEAD' }],
  ['POST', `/callback?${good}`, { method: 'POST' }],
  ['the Host of somebody else', `/callback?${good}`, { host: 'evil.example' }],
  ['localhost as Host', `/callback?${good}`, { host: 'localhost' }],
  ['the Host with another port', `/callback?${good}`, { host: '127.0.0.1:1' }],
])('%s is answered with 404 and changes nothing', async (_name, target, options) => {
  expect((await get(target, options)).status).toBe(404);
  await expectStillUp();
});

test.each([
  ['missing', 'code=CODE-2-SECRET'],
  ['wrong', 'code=CODE-2-SECRET&state=wrong'],
  ['doubled', `${good}&state=${state}`],
  ['wrong, with an error', 'error=access_denied&state=wrong'],
])('a callback whose state is %s is refused on its page and changes nothing', async (_name, query) => {
  const page = await get(`/callback?${query}`);
  expect(page).toMatchObject({ status: 400, body: expect.stringContaining('wasn&#39;t accepted') as string });
  expect(page.body).not.toContain('SECRET');
  expect(refusals).toEqual(['sign-in-state-mismatch']);
  await expectStillUp();
});

test('a replayed answer gets a page that claims nothing', async () => {
  await expectStillUp();
  const again = await get(`/callback?${good}`);
  expect(again).toMatchObject({ status: 409, body: expect.stringContaining('was already used') as string });
});

test('a denial arrives', async () => {
  const page = get(`/callback?error=access_denied&state=${state}`);
  const { response, reply } = await server.arrival;
  expect(response).toMatchObject({ type: 'denied', error: { code: 'sign-in-denied' } });
  await reply({ mood: 'bad', heading: 'No', text: '<script>alert(1)</script>', next: '' });
  expect((await page).body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('markup in error never reaches the page', async () => {
  const page = get(`/callback?state=${state}&error=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
  const { response, reply } = await server.arrival;
  const message = response.type === 'denied' ? response.error.message : '';
  await reply({ mood: 'bad', heading: 'No', text: message, next: '' });
  expect((await page).body).not.toContain('onerror');
});

test('every page forbids scripts, frames, referrers and caches', async () => {
  const { headers } = await get('/favicon.ico');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; /);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

test('a request line of 1 MB is turned away', async () => {
  const socket = await tcp();
  socket.write(`GET /callback?x=${'a'.repeat(2 ** 20)} HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(await text(socket).catch(() => 'reset')).toMatch(/^HTTP\/1.1 431|^reset/);
  await expectStillUp();
});

test('a body of 1 MB is not read', async () => {
  const socket = await tcp();
  const { host } = new URL(server.redirectUri);
  socket.write(
    `POST /callback HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${2 ** 20}\r\n\r\n${'a'.repeat(2 ** 20)}`,
  );
  expect(await text(socket).catch(() => 'reset')).toMatch(/^HTTP\/1.1 404|^reset/);
  await expectStillUp();
});

test('slow clients keep nobody out and do not hold the end up', async () => {
  const slow = await Promise.all(Array.from({ length: 20 }, tcp));
  for (const socket of slow) socket.write('GET /callback HTTP/1.1\r\nHost: 127');
  const closed = Promise.all(slow.map((socket) => once(socket, 'close')));
  await expectStillUp();
  await server.close();
  await closed;
});

test('a client that never ends its request is cut off', async () => {
  await server.close();
  server = await start('http://127.0.0.1/callback', '127.0.0.1', 20);
  const socket = await tcp();
  socket.write('GET /callback HTTP/1.1\r\nHost: 127');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 408/);
});

test('rubbish is no request and changes nothing', async () => {
  const socket = await tcp();
  socket.end('\x16\x03\x01 hello\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 400/);
  await expectStillUp();
});

test('a browser that still waits at the end gets a page', async () => {
  const page = get(`/callback?${good}`);
  await server.arrival;
  await server.close();
  expect((await page).status).toBe(409);
});

test('the port is free again after the end', async () => {
  const { port } = server.listening;
  await server.close();
  const next = createServer().listen(port, '127.0.0.1');
  await once(next, 'listening');
  expect(next.address()).toMatchObject({ port });
  next.close();
  await once(next, 'close');
});

test('a busy port is said with the mend', async () => {
  const failure = await start(server.redirectUri).catch((error: unknown) => error);
  expect(failure instanceof HarmoniError && [failure.code, failure.message]).toEqual([
    'callback-port-busy',
    `Another program is already using port ${server.listening.port}.`,
  ]);
});

test('an address that this machine does not have is said', async () => {
  const failure = await start(undefined, '192.0.2.1').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'callback-not-possible' });
});

test('on all addresses the redirect URI stays 127.0.0.1', async () => {
  await server.close();
  server = await start('http://127.0.0.1/callback', '0.0.0.0');
  expect(server.redirectUri).toBe(`http://127.0.0.1:${server.listening.port}/callback`);
  await expectStillUp();
});

test('the server listens on [::1]', async (context) => {
  const addresses = Object.values(networkInterfaces()).flatMap((of) => of ?? []);
  if (!addresses.some(({ address }) => address === '::1')) context.skip('this machine has no IPv6');
  await server.close();
  server = await start('http://[::1]/login', '::1');
  const page = get(`/login?${good}`);
  await (await server.arrival).reply(signedInPage);
  expect((await page).status).toBe(200);
});
