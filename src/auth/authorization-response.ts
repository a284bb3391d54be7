import { HarmoniError } from '../errors.ts';

/**
 * What came back from the authorise page (RFC 6749, 4.1.2). `not-accepted` says nothing about the sign-in: the answer
 * belongs to another one, or to none, and the wait goes on.
 */
export type AuthorizationResponse =
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'denied'; readonly error: HarmoniError }
  | { readonly type: 'not-accepted'; readonly error: HarmoniError };

/**
 * Reads the query of a request to the redirect URI. The state decides first: without the right one neither `error`
 * nor `code` is looked at, so that nobody can slip in a code or end the sign-in from outside (RFC 6749, 10.12).
 */
export function readCallback(query: URLSearchParams, state: string): AuthorizationResponse {
  const given = query.getAll('state');
  // RFC 6749, 3.1: no parameter may come twice.
  const [only] = given;
  if (given.length !== 1 || only === undefined || !equalInConstantTime(only, state)) {
    const what = given.length === 0 ? 'without a state' : 'for another sign-in';
    return notAccepted('sign-in-state-mismatch', `HARMONI ignored an answer ${what}.`);
  }
  const errors = query.getAll('error');
  if (errors.length > 0) return { type: 'denied', error: denial(errors[0] ?? '') };
  const codes = query.getAll('code');
  const code = codes[0] ?? '';
  if (codes.length !== 1 || !codePattern.test(code)) {
    return notAccepted('sign-in-paste-not-understood', "Spotify's answer has no code.");
  }
  return { type: 'code', code };
}

/**
 * Reads what a person pasted: the whole redirect URL, its query, `code=...`, or the bare code. A bare code has no
 * state; the person vouches for it, which is why only a paste may bring one.
 */
export function readPasted(pasted: string, state: string): AuthorizationResponse {
  const text = pasted.trim().replace(/^(["'<])(.*)["'>]$/, '$2');
  if (/^[a-z][\w+.-]*:\/\//i.test(text)) return readPastedUrl(text, state);
  const query = new URLSearchParams(text.replace(/^\?/, ''));
  if (query.has('state') || query.has('error')) return readCallback(query, state);
  const code = query.get('code') ?? text;
  // A bare word is a slip of the keyboard; Spotify's codes are far longer.
  const bareTooShort = !query.has('code') && text.length < 16;
  if (bareTooShort || !codePattern.test(code)) {
    return notAccepted('sign-in-paste-not-understood', "That isn't a Spotify address or code.");
  }
  return { type: 'code', code };
}

/** Visible ASCII (RFC 6749, A.11), of a length that fits into a request. */
const codePattern = /^[\x21-\x7e]{1,4096}$/;

function readPastedUrl(text: string, state: string): AuthorizationResponse {
  const url = URL.parse(text);
  if (url === null) return notAccepted('sign-in-paste-not-understood', "That address isn't complete.");
  if (url.pathname.endsWith('/authorize') && url.searchParams.has('response_type')) {
    return notAccepted(
      'sign-in-paste-not-understood',
      "That's the address to sign in at. Paste the one you land on afterwards.",
    );
  }
  return readCallback(url.searchParams, state);
}

function denial(error: string): HarmoniError {
  if (error === 'access_denied') {
    return new HarmoniError('sign-in-denied', "Access was denied on Spotify's page.");
  }
  return new HarmoniError('sign-in-refused', `Spotify cancelled the sign-in (${errorName(error)}).`);
}

/** The error names of OAuth are plain words; anything else is not repeated to anybody. */
export function errorName(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'unknown error';
}

function notAccepted(
  code: 'sign-in-state-mismatch' | 'sign-in-paste-not-understood',
  message: string,
): AuthorizationResponse {
  return { type: 'not-accepted', error: new HarmoniError(code, message) };
}

/** Looks at every character whatever came before. The length of a state is no secret. */
function equalInConstantTime(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
