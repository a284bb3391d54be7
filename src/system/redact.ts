/** Names whose values are secrets wherever they occur, also behind a prefix (spotify_client_secret, po_token). */
const longNames =
  '(?:\\w+_)?(?:access_token|refresh_token|client[_-]secret|code_verifier|code_challenge|device_code|password|token)';
const headers = '[Aa]uthorization|(?:[Ss]et-)?[Cc]ookie';
/** "code" in JSON is also the kind of an error ("disk-full", "ENOENT"), which is told. */
const jsonCode = 'code(?!\\\\?"\\s*:\\s*\\\\?"(?:[a-z]+(?:-[a-z]+)*|[A-Z_]+)\\\\?")';
const jsonNames = `(?:${longNames}|${jsonCode}|state|${headers})`;

const patterns: readonly [RegExp, string][] = [
  // key=value in a URL, a form or an environment, percent-encoded too (%3Fcode%3D); exit_code=1 is none
  [
    new RegExp(
      `((?:(?<![\\w%])|(?<=%[0-9a-f]{2}))(?:${longNames}|code|state|${headers})(?:=|%3D))[^&\\s"'\\\\]+`,
      'gi',
    ),
    '$1***',
  ],
  // "key":"value" in JSON
  [new RegExp(`("${jsonNames}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'g'), '$1***'],
  // \"key\":\"value\" in JSON within JSON
  [new RegExp(`(\\\\"${jsonNames}\\\\"\\s*:\\s*\\\\")(?:[^"\\\\]|\\\\\\\\(?:\\\\.|[^\\\\]))*`, 'g'), '$1***'],
  // key: 'value', as Node shows objects
  [new RegExp(`\\b(${longNames}: ')[^']*`, 'gi'), '$1***'],
  // Authorization headers
  [/\b(Bearer|Basic)\s+[\w+/=.~-]+/gi, '$1 ***'],
  // Cookie headers
  [/\b((?:set-)?cookie:\s*)[^\r\n"\\]+/gi, '$1***'],
  // user:password@ in a proxy URL
  [/(\/\/[^/\s:@]*:)[^@\s/]+@/g, '$1***@'],
];

/** Takes tokens, codes, verifiers, secrets and cookies out of a text before it is kept or shown. Pure. */
export function redact(text: string): string {
  return patterns.reduce((safe, [pattern, replacement]) => safe.replace(pattern, replacement), text);
}
