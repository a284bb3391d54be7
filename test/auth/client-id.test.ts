import { expect, test } from 'vitest';
import { effectiveClientId, looksLikeClientId } from '../../src/auth/client-id.ts';
import { configSchema } from '../../src/config/schema.ts';

test.each([
  ['own', 'theirs', 'own', 'own'],
  ['  own ', '', 'own', 'own'],
  ['', ' theirs ', 'fallback', 'theirs'],
  ['', '', 'missing', undefined],
])('client id "%s" and fallback "%s": %s', (own, fallback, type, clientId) => {
  const config = configSchema.parse({ spotify_client_id: own, spotify_fallback_client_id: fallback });
  const chosen = effectiveClientId(config);
  expect([chosen.type, chosen.type === 'missing' ? undefined : chosen.clientId]).toEqual([type, clientId]);
});

test.each([
  ['0123456789abcdef0123456789abcdef', true],
  [' 0123456789ABCDEF0123456789ABCDEF\n', true],
  ['0123456789abcdef', false],
  ['http://127.0.0.1:8888/callback', false],
])('%j looks like a client id: %s', (text, expected) => {
  expect(looksLikeClientId(text)).toBe(expected);
});
