import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sayLeftOut } from '../helpers/left-out.ts';
import { clientSecret, setUpServer, type ServerSetUp } from './set-up.ts';

/** curl is a client that shares no line of code with ours. */
const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) sayLeftOut('the token server as curl sees it', 'curl is not installed');
const curlTest = test.runIf(hasCurl);

let world: ServerSetUp;
beforeEach(async () => {
  world = await setUpServer({
    tokenKey: new Uint8Array(32).fill(1),
    redirectUris: ['http://127.0.0.1/callback', 'http://127.0.0.1:4000/callback'],
  });
});
afterEach(() => world.end());

async function curl(...args: string[]) {
  const { stdout } = await promisify(execFile)('curl', [
    '-sS',
    '-w',
    '\n%{http_code} %{content_type}',
    ...args,
  ]);
  const lines = stdout.split('\n');
  const [status, type] = (lines.at(-1) ?? '').split(' ', 2);
  return {
    status: Number(status),
    type,
    body: JSON.parse(lines.slice(0, -1).join('\n')) as Record<string, unknown>,
  };
}

/** A code as the app of such a client gets it. */
async function getCode(redirectUri = 'http://127.0.0.1/callback'): Promise<string> {
  const query = new URLSearchParams({
    client_id: 'demo-client',
    response_type: 'code',
    redirect_uri: redirectUri,
  });
  const path = await world.agree(`${world.spotify.url}/authorize?${query.toString()}`);
  return new URL(path, 'http://app').searchParams.get('code') ?? '';
}

curlTest(
  'a form with the code, as iOS and SpotifyAPI-NET send it, brings tokens; a form renews them',
  async () => {
    const swapped = await curl('-d', `code=${await getCode()}`, `${world.url}/swap`);
    expect(swapped).toMatchObject({
      status: 200,
      type: 'application/json;',
      body: { token_type: 'Bearer', expires_in: 3600, access_token: expect.any(String) as string },
    });
    const sealed = String(swapped.body['refresh_token']);
    expect(world.spotify.secrets).not.toContain(sealed);
    const renewed = await curl('--data-urlencode', `refresh_token=${sealed}`, `${world.url}/refresh`);
    expect(renewed.status).toBe(200);
    expect(world.spotify.secrets).toContain(renewed.body['access_token']);
  },
);

curlTest('JSON is taken as well', async () => {
  const json = ['-H', 'content-type: application/json', '-d', JSON.stringify({ code: await getCode() })];
  expect((await curl(...json, `${world.url}/swap`)).status).toBe(200);
});

curlTest('a redirect URI is taken only from the list', async () => {
  const swap = async (uri: string) => {
    const code = await getCode('http://127.0.0.1:4000/callback');
    return (await curl('-d', `code=${code}`, '--data-urlencode', `redirect_uri=${uri}`, `${world.url}/swap`))
      .status;
  };
  expect(await swap('http://127.0.0.1:4000/callback')).toBe(200);
  expect(await swap('http://127.0.0.1:4001/callback')).toBe(400);
  expect(await swap('https://evil.example/callback')).toBe(400);
});

curlTest('refusals of Spotify come through with status and name alone', async () => {
  expect(await curl('-d', 'code=wrong', `${world.url}/swap`)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  expect((await curl('-d', 'refresh_token=bare', `${world.url}/refresh`)).body).toEqual({
    error: 'invalid_grant',
  });
  expect((await curl('-d', 'x=y', `${world.url}/swap`)).body).toEqual({ error: 'invalid_request' });
  expect((await curl('-d', 'code=a&code=b', `${world.url}/swap`)).status).toBe(400);
});

curlTest('when Spotify is down it is said', async () => {
  world.spotify.play({ kind: 'answer', answer: { status: 503, headers: {}, body: 'busy' } }, { times: 9 });
  expect((await curl('-d', 'code=x', `${world.url}/swap`)).body).toEqual({
    error: 'temporarily_unavailable',
  });
});

curlTest('without a secret there is no swap', async () => {
  await world.end();
  world = await setUpServer({ clientSecret: '' });
  expect((await curl('-d', 'code=x', `${world.url}/swap`)).body).toEqual({ error: 'unauthorized_client' });
});

test('the secret is in no answer', async () => {
  const texts = await Promise.all(
    ['/swap', '/refresh', '/pair', '/callback', '/healthz'].map(async (path) =>
      (await world.ask(path)).text(),
    ),
  );
  expect(texts.join('\n')).not.toContain(clientSecret);
});
