/** What settings may name outside of this machine. */

/** Secrets are sent there, so plain http only where it cannot be overheard. */
export function isSafeUrl(value: string): boolean {
  const url = URL.parse(value);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

/** For servers of the user's own, of which there may be none. */
export function isSafeUrlOrEmpty(value: string): boolean {
  return value === '' || isSafeUrl(value);
}

export const browsers = [
  'brave',
  'chrome',
  'chromium',
  'edge',
  'firefox',
  'opera',
  'safari',
  'vivaldi',
  'whale',
];

/** BROWSER[+KEYRING][:PROFILE][::CONTAINER], as yt-dlp reads it. */
export function isBrowser(value: string): boolean {
  const [, name = ''] = /^(\w+)(?:\+\w+)?(?::.*)?$/.exec(value) ?? [];
  return browsers.includes(name.toLowerCase());
}

/** What both yt-dlp and undici can use. */
export function isProxy(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && ['http:', 'https:', 'socks5:'].includes(url.protocol) && url.hostname !== '';
}
