import { describe, expect, test } from 'vitest';
import { expectGrant, readTokenAnswer, toTokenInfo, type TokenAnswer } from '../../src/auth/token-answer.ts';
import { HarmoniError } from '../../src/errors.ts';
import { grant } from './token-service.ts';

function summary(answer: TokenAnswer): string {
  if (answer.type === 'passing') return `passing ${answer.error.code} ${answer.retryAfterMs ?? ''}`.trim();
  return answer.type === 'refused' ? `refused ${answer.error}` : 'granted';
}

describe('answers of the token endpoint', () => {
  const whole = JSON.stringify(grant(1));
  test.each([
    ['a grant', 200, whole, undefined, 'granted'],
    ['a life given as text', 200, JSON.stringify(grant(1, { expires_in: '3600' })), undefined, 'granted'],
    ['only an access token', 200, '{"access_token":"x"}', undefined, 'granted'],
    ['half of a grant', 200, whole.slice(0, 40), undefined, 'passing response-not-understood'],
    ['an empty body', 200, '', undefined, 'passing response-not-understood'],
    ['a grant without token', 200, '{"token_type":"Bearer"}', undefined, 'passing response-not-understood'],
    ['a web page', 200, '<html></html>', undefined, 'passing response-not-understood'],
    [
      'invalid_grant',
      400,
      '{"error":"invalid_grant","error_description":"Refresh token expired"}',
      undefined,
      'refused invalid_grant',
    ],
    ['invalid_client with 400', 400, '{"error":"invalid_client"}', undefined, 'refused invalid_client'],
    ['invalid_client with 401', 401, '{"error":"invalid_client"}', undefined, 'refused invalid_client'],
    ['device: not yet', 400, '{"error":"authorization_pending"}', undefined, 'refused authorization_pending'],
    ['an error that is no word', 400, '{"error":"<b>"}', undefined, 'refused unknown error'],
    ['plain text with 400', 400, 'Bad Request', undefined, 'passing response-not-understood'],
    [
      'an error of the Web API kind',
      400,
      '{"error":{"status":400}}',
      undefined,
      'passing response-not-understood',
    ],
    ['429 with seconds', 429, 'Too many requests', '7', 'passing spotify-unavailable 7000'],
    ['503', 503, 'upstream connect error', undefined, 'passing spotify-unavailable'],
    ['500 with an OAuth error', 500, '{"error":"server_error"}', undefined, 'passing spotify-unavailable'],
    ['a redirect', 302, '', undefined, 'passing response-not-understood'],
  ])('%s', (_name, status, body, retryAfter, expected) => {
    expect(summary(readTokenAnswer(status, body, retryAfter, 0))).toBe(expected);
  });
});

describe('a refusal', () => {
  test.each([
    ['invalid_grant', 'refresh', 'sign-in-expired', 'six months'],
    ['invalid_grant', 'exchange', 'token-refused', 'harmoni login'],
    ['invalid_client', 'exchange', 'client-refused', 'spotify_client_id'],
    ['unauthorized_client', 'refresh', 'client-refused', 'spotify_client_id'],
    ['invalid_request', 'exchange', 'token-refused', 'harmoni login'],
  ] as const)('%s during %s is %s', (error, during, code, fix) => {
    let thrown: unknown;
    try {
      expectGrant({ type: 'refused', status: 400, error }, during);
    } catch (caught) {
      thrown = caught;
    }
    expect(thrown instanceof HarmoniError && [thrown.code, thrown.fix.includes(fix)]).toEqual([code, true]);
  });
});

describe('what is kept of a grant', () => {
  const facts = { method: 'pkce', scopes: ['old'], refreshToken: 'OLD', nowMs: 1000 } as const;
  test('a new refresh token takes the place of the old one', () => {
    expect(toTokenInfo({ ...grant(1), refresh_token: 'NEW' }, facts).refreshToken).toBe('NEW');
  });
  test.each([undefined, null, ''])('%j as refresh token keeps the old one', (refresh_token) => {
    expect(toTokenInfo({ ...grant(1), refresh_token }, facts).refreshToken).toBe('OLD');
  });
  test('a grant without scope covers what was asked', () => {
    expect(toTokenInfo({ ...grant(1), scope: undefined }, facts).scopes).toEqual(['old']);
  });
  test('the life is counted from now', () => {
    expect(toTokenInfo(grant(1), facts).expiresAtMs).toBe(3_601_000);
  });
});
