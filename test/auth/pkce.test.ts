import { expect, test } from 'vitest';
import { authorizeUrl } from '../../src/auth/authorize-url.ts';
import { codeChallenge, toBase64Url } from '../../src/auth/pkce.ts';

// RFC 7636, appendix B.
const bytes = Uint8Array.from([
  116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
  240, 91, 88, 5, 88, 83, 132, 141, 121,
]);

test('the verifier of the RFC comes from its bytes', () => {
  expect(toBase64Url(bytes)).toBe('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
});

test('the challenge of the RFC comes from its verifier', async () => {
  expect(await codeChallenge(toBase64Url(bytes))).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('the authorise URL asks for a code, for all scopes, and with the dialog', () => {
  const url = new URL(
    authorizeUrl({
      accountsUrl: 'https://accounts.spotify.com/',
      clientId: 'abc',
      redirectUri: 'http://127.0.0.1:8888/callback',
      scopes: ['one', 'two'],
      state: 'the-state',
      extra: { code_challenge_method: 'S256', code_challenge: 'x' },
    }),
  );
  expect(url.origin + url.pathname).toBe('https://accounts.spotify.com/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'abc',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:8888/callback',
    scope: 'one two',
    state: 'the-state',
    show_dialog: 'true',
    code_challenge_method: 'S256',
    code_challenge: 'x',
  });
});
