/** Names whose values are secrets wherever they occur: in a query string, a form, JSON or a header. */
const secretNames =
  'access_token|refresh_token|client_secret|code_verifier|code_challenge|code|state|device_code|authorization|cookie|set-cookie|password|token';

const patterns: readonly [RegExp, string][] = [
  // key=value in a URL or form
  [new RegExp(`\\b(${secretNames})=([^&\\s"'\\\\]+)`, 'gi'), '$1=***'],
  // "key":"value" in JSON, also escaped once
  [new RegExp(`(\\\\?"(?:${secretNames})\\\\?"\\s*:\\s*\\\\?")((?:[^"\\\\]|\\\\(?!"))*)`, 'gi'), '$1***'],
  // Authorization headers
  [/\b(Bearer|Basic)\s+[\w+/=.~-]+/gi, '$1 ***'],
  // user:password@ in a proxy URL
  [/(\/\/[^/\s:@]+:)[^@\s/]+@/g, '$1***@'],
];

/** Takes tokens, codes, verifiers, secrets and cookies out of a text before it is kept or shown. Pure. */
export function redact(text: string): string {
  return patterns.reduce((safe, [pattern, replacement]) => safe.replace(pattern, replacement), text);
}
