import { expect, test } from 'vitest';
import { checkValue } from '../../src/config/parse-value.ts';
import { configSchema } from '../../src/config/schema.ts';
import { ytDlpArguments } from '../../src/config/ytdlp-arguments.ts';

const argumentsOf = (settings: object) => ytDlpArguments(configSchema.parse(settings));
const proxy = 'socks5://proxy:1';

test.each<[object, readonly string[]]>([
  [{}, []],
  [{ cookies_from_browser: 'firefox' }, ['--cookies-from-browser', 'firefox']],
  [{ cookies_file: '/my cookies.txt' }, ['--cookies', '/my cookies.txt']],
  [{ cookies_file: '/c', cookies_from_browser: 'firefox' }, ['--cookies', '/c']],
  [{ proxy }, ['--proxy', proxy]],
  [{ proxy, ytdlp_extra_args: '-4' }, ['--proxy', proxy, '-4']],
  // What is written out for yt-dlp wins.
  [{ proxy, ytdlp_extra_args: '--proxy=http://x' }, ['--proxy=http://x']],
  [{ cookies_file: '/c', ytdlp_extra_args: ['--cookies', '/d'] }, ['--cookies', '/d']],
  [
    { cookies_file: '/c', ytdlp_extra_args: '--cookies-from-browser edge' },
    ['--cookies-from-browser', 'edge'],
  ],
])('%j gives yt-dlp %j', (settings, expected) => {
  expect(argumentsOf(settings)).toEqual(expected);
});

test.each([
  ['proxy', 'http://me:TOPSECRET@'],
  ['proxy', 'ftp://me:TOPSECRET@proxy'],
  ['proxy', 'me:TOPSECRET@proxy:1'],
  ['proxy', 5],
  ['cookies_from_browser', 'netscape'],
  ['cookies_from_browser', '--exec TOPSECRET'],
  ['cookies_from_browser', ''.padStart(3, ':')],
] as const)('%s refuses %j without repeating a password', (key, value) => {
  const checked = checkValue(key, value);
  expect(checked.ok).toBe(false);
  expect(JSON.stringify(checked)).not.toContain('TOPSECRET');
});

test.each([
  ['proxy', ''],
  ['proxy', 'http://me:pass@proxy.example:8080'],
  ['proxy', 'https://proxy'],
  ['cookies_from_browser', 'Firefox'],
  ['cookies_from_browser', 'chrome+gnomekeyring:Profile 1::Work'],
  ['cookies_from_browser', 'firefox:/home/me/.mozilla/x'],
] as const)('%s takes %j', (key, value) => {
  expect(checkValue(key, value)).toEqual({ ok: true, value });
});
