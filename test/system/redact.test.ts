import { expect, test } from 'vitest';
import { redact } from '../../src/system/redact.ts';

const secret = 'AQDx9-_zW7.q';

test.each([
  ['a query', `GET /callback?code=${secret}&state=${secret}`],
  ['a form', `grant_type=refresh_token&refresh_token=${secret}&client_id=abc`],
  ['a form with a secret', `client_id=abc&client_secret=${secret}`],
  ['a verifier', `code_verifier=${secret}`],
  ['an encoded query', `redirect=http%3A%2F%2F127.0.0.1%2Fcallback%3Fcode%3D${secret}%26state%3D${secret}`],
  ['JSON', JSON.stringify({ access_token: secret, refresh_token: secret, expires_in: 3600 })],
  ['JSON with spaces', JSON.stringify({ refresh_token: secret }, null, 2)],
  ['JSON within JSON', JSON.stringify({ message: JSON.stringify({ access_token: secret, n: 1 }) })],
  ['a code in JSON', JSON.stringify({ code: secret })],
  ['the secret of config.json', JSON.stringify({ spotify_client_secret: secret })],
  ['an environment variable', `SPOTIFY_CLIENT_SECRET=${secret} npm start`],
  ['a proof-of-origin token', `youtube:po_token=web+${secret}`],
  ['an object as Node shows it', `{ access_token: '${secret}', n: 1 }`],
  ['a bearer', `authorization: Bearer ${secret}`],
  ['a basic', `Basic ${secret}==`],
  [
    'JSON headers',
    JSON.stringify({ Authorization: `Bearer ${secret}`, 'Set-Cookie': `sp_dc=${secret}; Path=/` }),
  ],
  ['a cookie header', `Cookie: sp_dc=${secret}; sp_key=${secret}`],
  ['a cookie header within JSON', JSON.stringify({ message: `Cookie: sp_dc=${secret}; sp_key=${secret}` })],
  ['a device code', `device_code=${secret}`],
  ['a proxy', `http://user:${secret}@proxy.example:8080`],
  ['a proxy without a user', `http://:${secret}@proxy.example:8080`],
])('takes the secret out of %s', (_, text) => {
  expect(redact(text)).not.toContain(secret);
});

test.each([
  'yt-dlp ended with exit_code=1 and status_code=403',
  '{"code":"http-forbidden","stage":"download"}',
  '{"code":"internal"}',
  '{"code":"ENOENT","syscall":"spawn"}',
  'The state of the job: open',
  'https://www.youtube.com/watch?v=abcdefghijk&list=PL1',
  'http://127.0.0.1:8888/callback',
])('leaves %s as it is', (text) => {
  expect(redact(text)).toBe(text);
});

test('what stands beside a secret stays readable', () => {
  expect(redact('code=abc&error=denied')).toBe('code=***&error=denied');
  expect(redact('{"access_token":"abc","expires_in":3600}')).toBe('{"access_token":"***","expires_in":3600}');
});

test('redacted JSON is still JSON, also where a secret holds quotes', () => {
  const password = 'a"b\\c';
  const text = JSON.stringify({ password, nested: JSON.stringify({ password, n: 1 }), n: 2 });
  expect(JSON.parse(redact(text))).toEqual({ password: '***', nested: '{"password":"***","n":1}', n: 2 });
});
