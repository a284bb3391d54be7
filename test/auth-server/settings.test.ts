import { describe, expect, test } from 'vitest';
import { createPairingCode, isNear, readPairingCode } from '../../src/auth-server/pairing-code.ts';
import { readSettings, type AuthServerFlags } from '../../src/auth-server/settings.ts';
import { configSchema } from '../../src/config/schema.ts';

const config = configSchema.parse({ spotify_client_id: 'id', spotify_client_secret: ' s ' });
const flags: AuthServerFlags = { port: 1, host: '127.0.0.1', redirectUris: ['x:/back'] };
const read = (change: Partial<AuthServerFlags>) => readSettings({ ...flags, ...change }, config, {});

test('on this machine nothing more is needed', () => {
  expect(read({})).toMatchObject({
    publicUrl: undefined,
    clientSecret: 's',
    redirectUris: ['http://127.0.0.1:8888/callback', 'x:/back'],
  });
});

test.each(['0.0.0.0', '::', '192.168.1.2', 'nas.local'])('at %s it wants a proxy with https', (host) => {
  expect(() => read({ host })).toThrow('could read the tokens');
  expect(read({ host, behindProxy: 'https://pair.example.org/' }).publicUrl).toBe('https://pair.example.org');
});

test.each(['http://pair.example.org', 'pair.example.org', 'https://a.example/path', 'https://u@a.example'])(
  'the proxy cannot be at %j',
  (behindProxy) => {
    expect(() => read({ behindProxy })).toThrow("isn't an https address");
  },
);

test('an empty address, as Docker Compose gives it, is missing', () => {
  expect(() => read({ behindProxy: '' })).toThrow("The proxy's https address is missing");
});

test('without a client id it does not start', () => {
  expect(() => readSettings(flags, configSchema.parse({}), {})).toThrow('No Spotify client ID');
});

describe('codes', () => {
  test('have six characters, all of the alphabet, and no byte makes some likelier', () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte);
    const letters = new Map<string, number>();
    for (const byte of bytes.slice(0, 253)) {
      const letter = createPairingCode(() => new Uint8Array(6).fill(byte)).charAt(0);
      letters.set(letter, (letters.get(letter) ?? 0) + 1);
    }
    expect(new Set(letters.values())).toEqual(new Set([253 / 23]));
    expect(letters.size).toBe(23);
  });

  test.each([
    ['k7m q3x', 'K7MQ3X'],
    [' K7M-Q3X ', 'K7MQ3X'],
    ['K7MQ3', undefined],
    ['K7MQ30', undefined],
    ['<b>K7M', undefined],
  ])('%j is read as %s', (typed, code) => {
    expect(readPairingCode(typed)).toBe(code);
  });

  test('a wrong one is near when its first half is right', () => {
    expect([isNear('K7MAAA', 'K7MQ3X'), isNear('K7AQ3X', 'K7MQ3X')]).toEqual([true, false]);
  });
});
