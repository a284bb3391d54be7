import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { bindAddress, parseRedirectUri, withPort } from '../../src/auth/redirect-uri.ts';

describe('what Spotify takes', () => {
  test.each([
    ['http://127.0.0.1:8888/callback', { host: '127.0.0.1', port: 8888, path: '/callback' }],
    ['http://[::1]:8989/login', { host: '::1', port: 8989, path: '/login' }],
    ['http://127.0.0.1:80/callback', { host: '127.0.0.1', port: 80, path: '/callback' }],
    ['http://127.0.0.1/callback', { host: '127.0.0.1', port: 0, path: '/callback' }],
    ['http://127.0.0.1:8888', { host: '127.0.0.1', port: 8888, path: '/' }],
    ['https://example.com/callback', undefined],
    ['harmoni://callback', undefined],
  ])('%s', (text, loopback) => {
    expect(parseRedirectUri(text)).toEqual(loopback === undefined ? { text } : { text, loopback });
  });
});

describe('what Spotify refuses is said with the mend', () => {
  test.each([
    ['http://localhost:8888/callback', 'http://127.0.0.1:8888/callback'],
    ['https://localhost:8888/callback', 'https://127.0.0.1:8888/callback'],
    ['http://example.com/callback', 'https'],
    ['http://192.168.1.5:8888/callback', 'https'],
    ['http://127.0.0.1:8888/callback#x', 'http://127.0.0.1:8888/callback'],
    ['http://a:b@127.0.0.1:8888/', 'http://127.0.0.1:8888/callback'],
    ['nonsense', 'http://127.0.0.1:8888/callback'],
    ['', 'http://127.0.0.1:8888/callback'],
  ])('%s', (text, mend) => {
    let thrown: unknown;
    try {
      parseRedirectUri(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown instanceof HarmoniError && [thrown.code, thrown.fix.includes(mend)]).toEqual([
      'redirect-uri-invalid',
      true,
    ]);
  });
});

test.each([
  ['http://127.0.0.1/callback', 'http://127.0.0.1:5000/callback'],
  ['http://[::1]/callback', 'http://[::1]:5000/callback'],
  ['http://127.0.0.1', 'http://127.0.0.1:5000'],
  ['http://127.0.0.1:8888/callback/', 'http://127.0.0.1:8888/callback/'],
])('%s with the port 5000 is %s', (text, expected) => {
  expect(withPort(parseRedirectUri(text), 5000)).toBe(expected);
});

test.each([
  ['127.0.0.1', 'auto', false, '127.0.0.1'],
  ['::1', 'auto', false, '::1'],
  ['127.0.0.1', 'auto', true, '0.0.0.0'],
  ['::1', 'auto', true, '::'],
  ['127.0.0.1', '127.0.0.1', true, '127.0.0.1'],
  ['127.0.0.1', '0.0.0.0', false, '0.0.0.0'],
] as const)(
  '%s with spotify_callback_host %s, in a container: %s, binds %s',
  (host, setting, inside, expected) => {
    expect(bindAddress({ host, port: 1, path: '/' }, setting, inside)).toBe(expected);
  },
);
