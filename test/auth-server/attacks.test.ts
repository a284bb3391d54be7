import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeAlphabet } from '../../src/auth-server/pairing-code.ts';
import { proxyUrl, setUpServer, type ServerSetUp } from './set-up.ts';

let world: ServerSetUp;
beforeEach(async () => {
  world = await setUpServer({ publicUrl: proxyUrl }, { requestTimeoutMs: 200 });
});
afterEach(() => world.end());

/** Codes that are not this one. */
function* otherCodes(code: string, count: number, prefix = ''): Generator<string> {
  for (let number = 0; count > 0; number += 1) {
    let rest = '';
    for (let left = number; rest.length < 6 - prefix.length; left = Math.floor(left / 23)) {
      rest += codeAlphabet.charAt(left % 23);
    }
    if (prefix + rest === code) continue;
    count -= 1;
    yield prefix + rest;
  }
}

/** Tries so many codes, some at a time; how often each status came. */
async function guess(codes: Iterable<string>, from: (index: number) => string) {
  const statuses = new Map<number, number>();
  const rest = [...codes].entries();
  const agent = new Agent({ keepAlive: true });
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (const [index, code] of rest) {
        const status = await tryCode(code, from(index), agent);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }),
  );
  agent.destroy();
  return Object.fromEntries(statuses);
}

/** As quick as a guesser would be: fetch takes three times as long. */
async function tryCode(code: string, from: string, agent: Agent): Promise<number> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': from };
  const sent = request(`${world.url}/pair`, { method: 'POST', agent, headers });
  sent.end(`code=${code}`);
  // The event hands over the answer alone.
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode ?? 0;
}

describe('guessing codes', () => {
  test('1,000 tries from one address: ten are looked at, the rest is locked out, the box waits on', async () => {
    const box = await world.startBox();
    expect(await guess(otherCodes(box.userCode, 1_000), () => '192.0.2.66')).toEqual({
      400: 10,
      429: 990,
    });
    expect((await world.enterCode(box.userCode, '192.0.2.66')).status).toBe(429);
    expect((await world.enterCode(box.userCode, '192.0.2.7')).status).toBe(303);
  });

  test('a forged X-Forwarded-For does not help: only what the proxy added counts', async () => {
    const box = await world.startBox();
    const forged = (index: number) => `203.0.113.${index % 250}, 192.0.2.66`;
    expect(await guess(otherCodes(box.userCode, 50), forged)).toEqual({ 400: 10, 429: 40 });
  });

  test('from many addresses: five tries that begin like a code kill it', async () => {
    const box = await world.startBox();
    const other = await world.startBox();
    const near = otherCodes(box.userCode, 5, box.userCode.slice(0, 3));
    expect(await guess(near, (index) => `192.0.2.${index}`)).toEqual({ 400: 5 });
    expect((await world.enterCode(box.userCode, '192.0.2.99')).status).toBe(400);
    expect((await world.poll(box.deviceCode)).body).toEqual({ error: 'expired_token' });
    expect((await world.poll(other.deviceCode)).body).toEqual({ error: 'authorization_pending' });
  });

  test('one household with many IPv6 addresses is one', async () => {
    const from = (index: number) => `2001:db8:1:2::${index.toString(16)}`;
    expect(await guess(otherCodes('', 50), from)).toEqual({ 400: 10, 429: 40 });
  });
});

test('a sixth start within a minute is refused', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1) statuses.push((await world.ask('/pair/start', {})).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});

describe('replay', () => {
  test('a code that was entered is used up', async () => {
    const box = await world.startBox();
    expect((await world.enterCode(box.userCode)).status).toBe(303);
    expect((await world.enterCode(box.userCode, '192.0.2.9')).status).toBe(400);
  });

  test('a state works once, and tokens are handed out once', async () => {
    const box = await world.startBox();
    const { location, cookie } = await world.enterCode(box.userCode);
    const back = await world.agree(location);
    const statuses = [];
    for (let count = 0; count < 2; count += 1) {
      const answer = await world.ask(back, undefined, undefined, cookie);
      await answer.text();
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 400]);
    expect(world.spotify.count(/token/)).toBe(1);
    expect((await world.poll(box.deviceCode)).status).toBe(200);
    expect((await world.poll(box.deviceCode)).body).toEqual({ error: 'invalid_grant' });
  });
});

test('who polls without the secret of the box gets nothing, with its code neither', async () => {
  const box = await world.startBox();
  const { location, cookie } = await world.enterCode(box.userCode);
  await (await world.ask(await world.agree(location), undefined, undefined, cookie)).text();
  for (const secret of ['', box.userCode, box.deviceCode.slice(0, -1), `${box.deviceCode}x`]) {
    expect((await world.poll(secret)).body).toEqual({ error: 'invalid_grant' });
  }
  expect((await world.poll(box.deviceCode)).status).toBe(200);
});

describe('the callback', () => {
  test('with a code of another account and no state of ours, or a doubled one, reaches no box', async () => {
    const box = await world.startBox();
    const { location, cookie } = await world.enterCode(box.userCode);
    const state = new URL(location).searchParams.get('state') ?? '';
    const tries = ['code=evil', 'code=evil&state=guess', `code=evil&state=${state}&state=${state}`];
    for (const query of tries) {
      expect((await world.ask(`/callback?${query}`, undefined, undefined, cookie)).status).toBe(400);
    }
    expect((await world.poll(box.deviceCode)).body).toEqual({ error: 'authorization_pending' });
    expect(world.spotify.count(/token/)).toBe(0);
  });

  test('in a browser that did not enter the code is not accepted', async () => {
    const box = await world.startBox();
    const back = await world.agree((await world.enterCode(box.userCode)).location);
    expect((await world.ask(back)).status).toBe(400);
    const stranger = `__Host-harmoni-pairing=${'A'.repeat(43)}`;
    expect((await world.ask(back, undefined, undefined, stranger)).status).toBe(400);
    expect((await world.poll(box.deviceCode)).body).toEqual({ error: 'authorization_pending' });
  });
});

test.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
])('a form on another site cannot enter a code for who looks at it (%o)', async (headers) => {
  const box = await world.startBox();
  const body = new URLSearchParams({ code: box.userCode });
  const answer = await fetch(`${world.url}/pair`, { method: 'POST', redirect: 'manual', headers, body });
  expect([answer.status, answer.headers.get('location')]).toEqual([403, null]);
  expect((await world.enterCode(box.userCode)).status).toBe(303);
});

test('nothing that is sent along changes where the phone is led: no open redirect, no forged host', async () => {
  const box = await world.startBox();
  const evil = new URLSearchParams({ next: 'https://evil.example', redirect_uri: 'https://evil.example' });
  const answer = await fetch(`${world.url}/pair?${evil.toString()}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '192.0.2.1',
    },
    body: new URLSearchParams({ code: box.userCode, redirect_uri: 'https://evil.example' }),
  });
  const location = new URL(answer.headers.get('location') ?? '');
  expect(location.origin).toBe(world.spotify.url);
  expect(location.searchParams.get('redirect_uri')).toBe(`${proxyUrl}/callback`);
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    '/pair//evil.example',
    '/callback/../..//evil.example',
  ]) {
    expect((await world.ask(new URL(world.url + path).href)).headers.get('location')).toBeNull();
  }
});

describe('text from outside on a page', () => {
  const nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

  test.each([
    ['the code of a link', () => world.ask(`/pair?code=${encodeURIComponent(nasty)}`)],
    ['a typed code', () => world.ask('/pair', { code: nasty })],
    ['a typed code that is too long', () => world.ask('/pair', { code: nasty.repeat(9) })],
    [
      'error',
      () => world.ask(`/callback?error=${encodeURIComponent(nasty)}&state=${encodeURIComponent(nasty)}`),
    ],
    ['the path', () => world.ask(`/${encodeURIComponent(nasty)}`)],
    [
      'error with the right state',
      async () => {
        const { location, cookie } = await world.enterCode((await world.startBox()).userCode);
        const state = new URL(location).searchParams.get('state') ?? '';
        const query = new URLSearchParams({ state, error: nasty });
        return world.ask(`/callback?${query.toString()}`, undefined, undefined, cookie);
      },
    ],
  ])('%s is not repeated', async (_where, send) => {
    const answer = await send();
    expect(await answer.text()).not.toMatch(/<script|<img|alert\(/);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';style-src 'sha256-/);
  });
});

test('every answer has the headers that keep a page to itself', async () => {
  const { headers } = await world.ask('/pair');
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'strict-transport-security': expect.stringContaining('max-age') as string,
  });
  const { cookie } = await world.enterCode((await world.startBox()).userCode);
  expect(cookie).toMatch(/^__Host-harmoni-pairing=/);
});

describe('a line break in a value', () => {
  test('brings no header of its own', async () => {
    const { location, cookie } = await world.enterCode((await world.startBox()).userCode);
    const state = new URL(location).searchParams.get('state') ?? '';
    const broken = `%0d%0aset-cookie:%20evil=1`;
    const answers = [
      await world.ask(`/callback?state=${state}${broken}&error=x${broken}`, undefined, undefined, cookie),
      await world.ask(`/pair?code=${broken}`),
      await world.ask('/pair', { code: 'A\r\nset-cookie: evil=1' }),
      await world.ask('/swap', { code: 'a\r\nx-evil: 1' }),
    ];
    expect(answers.map(({ headers }) => headers.get('set-cookie'))).toEqual([null, null, null, null]);
  });
});

/** Sends the text as it is; what came back before the server hung up. */
async function sendRaw(text: string): Promise<string> {
  const socket = connect(world.server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('requests that are too much', () => {
  const post = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`;

  test('a large body is refused before it is read', async () => {
    const answer = await world.ask('/swap', { code: 'a'.repeat(100_000) });
    expect([answer.status, await answer.json()]).toEqual([413, { error: 'request_too_large' }]);
    expect((await world.ask('/pair', { code: 'a'.repeat(5_000) })).status).toBe(413);
  });

  test('a long address and large headers are refused', async () => {
    expect((await world.ask(`/callback?state=${'a'.repeat(9_000)}`)).status).toBe(431);
  });

  test('a body that never comes, and headers that never end, are hung up on', async () => {
    expect(await sendRaw(`${post('/swap', 1_000)}code=`)).toMatch(/^HTTP\/1.1 408|^$/);
    expect(await sendRaw('GET /pair HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toMatch(/^HTTP\/1.1 408|^$/);
    expect((await world.ask('/healthz')).status).toBe(200);
  });

  test('other content types and broken JSON are refused with a name', async () => {
    const send = async (type: string, body: string) => {
      const answer = await fetch(`${world.url}/swap`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      return [answer.status, await answer.json()];
    };
    expect(await send('text/xml', '<code/>')).toEqual([415, { error: 'invalid_request' }]);
    expect(await send('application/json', '{"code":')).toEqual([400, { error: 'invalid_request' }]);
    expect(await send('application/json', '{"__proto__":{"code":"x"}}')).toEqual([
      400,
      { error: 'invalid_request' },
    ]);
  });
});
