import { expect, test } from 'vitest';
import { pastClock, readAnswer, wallClock } from '../../src/spotify/api-error.ts';

const now = new Date(2026, 10, 21, 14, 0, 0).getTime();
const asked = { path: '/playlists/4uLU6hMCjMI75M1A2tKUQC/items', what: 'The playlist "Mix"' };
const json = (status: number, message: string, reason?: string): string =>
  JSON.stringify({ error: { status, message, reason } });
const read = (status: number, body: string, headers: Record<string, string> = {}, about = asked) =>
  readAnswer({ status, headers, body }, about, now);

test.each([
  [401, json(401, 'The access token expired'), 'token-refused', 'sign-in-needed'],
  [429, json(429, 'API rate limit exceeded'), 'too-fast', 'spotify-rate-limited'],
  [429, 'Too many requests', 'too-fast', 'spotify-rate-limited'],
  [429, json(429, 'Too many requests', 'QUOTA_EXCEEDED'), 'quota', 'spotify-quota-exceeded'],
  [500, json(500, 'Server error'), 'passing', 'spotify-unavailable'],
  [502, '<html>Bad gateway</html>', 'passing', 'spotify-unavailable'],
  [503, '', 'passing', 'spotify-unavailable'],
  [200, '{"items":[', 'passing', 'response-not-understood'],
  [200, '<html>hotel wifi</html>', 'passing', 'response-not-understood'],
  [200, '', 'passing', 'response-not-understood'],
  [403, json(403, 'Forbidden'), 'final', 'spotify-not-your-playlist'],
  [403, json(403, 'Active premium subscription required for the owner'), 'final', 'spotify-premium-lapsed'],
  [403, 'User not registered in the Developer Dashboard', 'final', 'spotify-user-not-registered'],
  [403, json(403, 'User not registered'), 'final', 'spotify-user-not-registered'],
  [403, json(403, 'Insufficient client scope'), 'final', 'spotify-scope-missing'],
  [404, json(404, 'Resource not found'), 'final', 'spotify-not-found'],
  [400, json(400, 'Invalid limit'), 'final', 'spotify-refused'],
  [302, '', 'final', 'spotify-refused'],
])('a %i with %s is %s (%s)', (status, body, kind, code) => {
  expect(read(status, body)).toMatchObject({ kind, error: { code } });
});

test("a 404 of an id of Spotify's own playlists says so", () => {
  const about = { path: '/playlists/37i9dQZF1DXcBWIGoYBM5M', what: 'The playlist X' };
  expect(read(404, json(404, 'Resource not found'), {}, about)).toMatchObject({
    error: { code: 'spotify-own-playlist' },
  });
});

test('a 403 elsewhere is no question of who owns a playlist', () => {
  expect(
    read(403, json(403, 'Forbidden'), {}, { path: '/me/tracks', what: 'Your liked songs' }),
  ).toMatchObject({
    error: {
      code: 'spotify-refused',
      message: 'Your liked songs can\'t be read: Spotify refused (HTTP 403). Spotify says: "Forbidden".',
    },
  });
});

test('the wait is read from seconds and from a date', () => {
  expect(read(429, '', { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7_000 });
  const date = new Date(now + 9_000).toUTCString();
  expect(read(429, '', { 'retry-after': date })).toMatchObject({ retryAfterMs: 9_000 });
  expect(read(429, '', { 'retry-after': 'soon' })).toMatchObject({ retryAfterMs: undefined });
});

test('a long wait is told as a time of the day, tomorrow with its date', () => {
  const at = (seconds: string) => read(429, json(429, 'x', 'QUOTA_EXCEEDED'), { 'retry-after': seconds });
  expect(at('3600')).toMatchObject({
    error: { message: 'The Spotify app has used up its quota, until 15:00.' },
  });
  expect(at('86207')).toMatchObject({
    error: { fix: 'Run the same command after 2026-11-22 13:57. It continues where it stopped.' },
  });
  expect(wallClock(now + 1, now)).toBe('14:01');
  expect(pastClock(now + 59_999, now + 60_000)).toBe('14:00');
});

test('what Spotify says is one short line without secrets', () => {
  const body = json(403, `no\n${'x'.repeat(500)}`);
  const answer = read(403, body, {}, { path: '/me', what: 'Your account' });
  expect(answer).toMatchObject({ kind: 'final' });
  expect(JSON.stringify(answer)).not.toContain('\\n');
  const leak = read(403, 'refused: Bearer BQDsecretsecret access_token=abc', {}, { path: '/me', what: 'X' });
  expect('error' in leak && leak.error.message).toBe(
    'X can\'t be read: Spotify refused (HTTP 403). Spotify says: "refused: Bearer *** access_token=***".',
  );
});
