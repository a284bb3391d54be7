/** Proof Key for Code Exchange (RFC 7636). Pure: the random bytes come in. */

/** 32 bytes make a verifier of 43 characters (RFC 7636, 4.1), and a state that nobody can guess. */
const secretBytes = 32;

/** Base64url without padding (RFC 7636, appendix A). */
export function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** A text that nobody can guess: a code verifier, or the state of a sign-in. */
export function createSecret(randomBytes: (size: number) => Uint8Array): string {
  return toBase64Url(randomBytes(secretBytes));
}

/** The S256 challenge of a verifier (RFC 7636, 4.2). */
export async function codeChallenge(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return toBase64Url(new Uint8Array(digest));
}
