import { expect, test } from 'vitest';
import { hideProxy } from '../../../src/providers/ytdlp/proxy-secret.ts';
import { runYtDlp } from '../../../src/providers/ytdlp/process.ts';

const secret = 'http://me:TOPSECRET@127.0.0.1:9';

test.each<[readonly string[]]>([
  [[]],
  [['--proxy', 'http://proxy:1', '--', 'https://x/@a']],
  [['--proxy=http://proxy:1/?a@b']],
  [['-4', '--', '--proxy', secret]],
  [['--proxy']],
])('%j stays as it is', (args) => {
  expect(hideProxy(args)).toEqual({ args, env: {} });
});

test.each<[readonly string[], readonly string[]]>([
  [
    ['-4', '--proxy', secret, '--', 'url'],
    ['-4', '--', 'url'],
  ],
  [[`--proxy=${secret}`, '-4'], ['-4']],
  [['--proxy', 'http://first:1', '--proxy', secret], []],
])('of %j the password goes into the environment', (args, expected) => {
  const hidden = hideProxy(args);
  expect(hidden.args).toEqual(expected);
  expect(hidden.env).toMatchObject({ http_proxy: secret, https_proxy: secret, no_proxy: '' });
});

test('a child has it in its environment, and not in the list of processes', async () => {
  const lines: string[] = [];
  await runYtDlp(
    '/bin/sh',
    ['-c', 'echo "$https_proxy"; tr "\\0" " " </proc/$$/cmdline', '--proxy', secret],
    {
      signal: new AbortController().signal,
      silenceMs: 30_000,
      onLine: (line) => lines.push(line),
      onErrorLine: () => undefined,
    },
  );
  expect(lines[0]).toBe(secret);
  expect(lines.slice(1).join('\n')).not.toContain('TOPSECRET');
});
