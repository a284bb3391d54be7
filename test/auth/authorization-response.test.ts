import { describe, expect, test } from 'vitest';
import {
  readCallback,
  readPasted,
  type AuthorizationResponse,
} from '../../src/auth/authorization-response.ts';

const state = 'S'.repeat(43);
const code = 'AQDx_long-enough-code';

function summary(response: AuthorizationResponse): string {
  return response.type === 'code' ? `code ${response.code}` : `${response.type} ${response.error.code}`;
}

describe('the query of a callback', () => {
  test.each([
    ['code and state', `code=${code}&state=${state}`, `code ${code}`],
    ['no state', `code=${code}`, 'not-accepted sign-in-state-mismatch'],
    ['an empty state', `code=${code}&state=`, 'not-accepted sign-in-state-mismatch'],
    ['another state', `code=${code}&state=${'T'.repeat(43)}`, 'not-accepted sign-in-state-mismatch'],
    ['a longer state', `code=${code}&state=${state}S`, 'not-accepted sign-in-state-mismatch'],
    ['the state twice', `code=${code}&state=${state}&state=${state}`, 'not-accepted sign-in-state-mismatch'],
    ['a denial', `error=access_denied&state=${state}`, 'denied sign-in-denied'],
    ['a denial without a state', 'error=access_denied', 'not-accepted sign-in-state-mismatch'],
    ['another error', `error=server_error&state=${state}`, 'denied sign-in-refused'],
    ['an error and a code', `error=access_denied&code=${code}&state=${state}`, 'denied sign-in-denied'],
    ['two codes', `code=${code}&code=evil&state=${state}`, 'not-accepted sign-in-paste-not-understood'],
    ['an empty code', `code=&state=${state}`, 'not-accepted sign-in-paste-not-understood'],
    ['a code with a line break', `code=a%0Ab&state=${state}`, 'not-accepted sign-in-paste-not-understood'],
    ['nothing', '', 'not-accepted sign-in-state-mismatch'],
  ])('%s', (_name, query, expected) => {
    expect(summary(readCallback(new URLSearchParams(query), state))).toBe(expected);
  });

  test('an error text from outside is not repeated', () => {
    const query = new URLSearchParams({ error: '<script>alert(1)</script>', state });
    const response = readCallback(query, state);
    expect(response.type === 'denied' && response.error.message).toBe(
      'Spotify cancelled the sign-in (unknown error).',
    );
  });
});

describe('a pasted text', () => {
  const url = `http://127.0.0.1:8888/callback?code=${code}&state=${state}`;
  test.each([
    ['the whole address', url, `code ${code}`],
    ['the address with spaces around', `  ${url}\n`, `code ${code}`],
    ['the address in quotes', `"${url}"`, `code ${code}`],
    ['an address of https', url.replace('http:', 'https:'), `code ${code}`],
    ['the query alone', `?code=${code}&state=${state}`, `code ${code}`],
    ['code=', `code=${code}`, `code ${code}`],
    ['the bare code', code, `code ${code}`],
    ['a bare code with =', `${code}==`, `code ${code}==`],
    [
      'an address without state',
      `http://127.0.0.1:8888/callback?code=${code}`,
      'not-accepted sign-in-state-mismatch',
    ],
    ['an address of another sign-in', `${url}x`, 'not-accepted sign-in-state-mismatch'],
    ['code= with a wrong state', `code=${code}&state=wrong`, 'not-accepted sign-in-state-mismatch'],
    ['a denial', url.replace(`code=${code}`, 'error=access_denied'), 'denied sign-in-denied'],
    ['an error without a state', 'error=access_denied', 'not-accepted sign-in-state-mismatch'],
    [
      'the address to sign in at',
      `https://accounts.spotify.com/authorize?response_type=code&state=${state}`,
      'not-accepted sign-in-paste-not-understood',
    ],
    ['a word', 'yes', 'not-accepted sign-in-paste-not-understood'],
    ['a sentence', 'I do not know what to do here', 'not-accepted sign-in-paste-not-understood'],
    ['nothing', '', 'not-accepted sign-in-paste-not-understood'],
    ['the beginning of an address', 'http://', 'not-accepted sign-in-paste-not-understood'],
  ])('%s', (_name, text, expected) => {
    expect(summary(readPasted(text, state))).toBe(expected);
  });
});
