import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { argumentFailure } from '../../../src/providers/ytdlp/argument-failure.ts';
import { youtubeUrl } from '../../../src/providers/youtube/links.ts';
import { downloadMedia } from '../../../src/providers/ytdlp/download-media.ts';
import { startYtDlp } from '../../../src/providers/ytdlp/process.ts';
import { addressesFromStdin, downloadArgs } from '../../../src/providers/ytdlp/arguments.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { realTools } from '../../helpers/world.ts';

describe('of what yt-dlp prints, the fault in the arguments is told', () => {
  test.each([
    // 2026.10.26
    [
      "ERROR: could not find firefox cookies database in '/root/.mozilla/firefox'",
      'found no firefox cookies',
    ],
    [
      'ERROR: could not find chrome cookies database in "/root/.config/google-chrome"',
      'found no chrome cookies',
    ],
    ['ERROR: Could not copy Chrome cookie database. See  https://x  for more info', 'locking its cookies'],
    ['ERROR: file is not a database', 'file is not a database'],
    ['ERROR: database is locked', 'database is locked'],
    ["ERROR: [Errno 13] Permission denied: '/x/cookies.sqlite'", 'Permission denied'],
    ['ERROR: Failed to decrypt with DPAPI. See  https://x  for more info', 'encrypted'],
    ["ERROR: '/x/c.txt' does not look like a Netscape format cookies file", 'Netscape'],
    ['ERROR: Cookies file must be Netscape formatted, not JSON. See  https://x', 'Netscape'],
    // 2023.03.04
    [
      'Traceback ...\nFileNotFoundError: could not find firefox cookies database in /root/.mozilla',
      'no firefox',
    ],
    ["http.cookiejar.LoadError: '/x/c.txt' does not look like a Netscape format cookies file", 'Netscape'],
    ['Traceback ...\nsqlite3.OperationalError: unable to open database file', 'unable to open database file'],
    ['yt-dlp: error: unsupported browser specified for cookies: "nosuch". Supported', 'the browser "nosuch"'],
    ['yt-dlp: error: unsupported keyring specified for cookies: "FOO". Supported', 'the keyring "FOO"'],
  ])('%s', (stderr, words) => {
    const failure = argumentFailure(stderr, false);
    expect(failure).toMatchObject({
      code: 'ytdlp-options',
      message: expect.stringContaining("yt-dlp can't read your cookies.") as string,
      fix: expect.stringContaining('cookies_file') as string,
    });
    expect(failure?.message).toContain(words);
  });

  test('a proxy of an unknown type', () => {
    const said = 'ERROR: Unable to handle request: Unsupported proxy type: "foo" (requests, urllib)';
    expect(argumentFailure(said, false)?.message).toContain('"foo"');
  });

  test('a keyring only when YouTube missed the sign-in', () => {
    expect(argumentFailure('ERROR: failed to read from keyring', false)).toBeUndefined();
    expect(argumentFailure('ERROR: failed to read from keyring', true)?.message).toContain('cookies');
  });

  test.each([
    '',
    'ERROR: [youtube] aaaaaaaaaaa: Video unavailable',
    'ERROR: [Errno 13] Permission denied: "x.part"',
  ])('nothing: %s', (stderr) => {
    expect(argumentFailure(stderr, true)).toBeUndefined();
  });
});

describe('the real yt-dlp', () => {
  afterEach(() => vi.unstubAllEnvs());

  async function download(extraArgs: (home: string) => readonly string[]): Promise<string[]> {
    const home = tempFolder();
    for (const name of ['HOME', 'XDG_CONFIG_HOME']) vi.stubEnv(name, home);
    const { ytDlp } = await realTools();
    const requests = ['aaaaaaaaaaa', 'bbbbbbbbbbb'].map((id) => ({ id, url: youtubeUrl(id) }));
    const events: string[] = [];
    const args = downloadArgs(home, 'any', {
      extraArgs: ['--socket-timeout', '1', ...extraArgs(home)],
    });
    await downloadMedia(startYtDlp(ytDlp, [...args, ...addressesFromStdin]), requests, {
      service: { title: 'YouTube', noun: 'video' },
      signal: new AbortController().signal,
      silenceMs: 30_000,
      onEvent: ({ type }) => events.push(type),
    });
    return events;
  }

  const inFile = (home: string, text: string): string => {
    const path = join(home, 'cookies.txt');
    writeFileSync(path, text);
    return path;
  };

  test.each<[string, (home: string) => readonly string[], RegExp]>([
    ['no such browser here', () => ['--cookies-from-browser', 'firefox'], /no firefox cookies/],
    ['a browser that it does not know', () => ['--cookies-from-browser', 'nosuch'], /browser "nosuch"/],
    [
      'a broken database',
      (home) => {
        mkdirSync(join(home, 'p'));
        writeFileSync(join(home, 'p', 'cookies.sqlite'), 'x'.repeat(5_000));
        return ['--cookies-from-browser', `firefox:${join(home, 'p')}`];
      },
      /cookies: file is not a database/,
    ],
    ['a file that is none', (home) => ['--cookies', inFile(home, 'junk\n')], /Netscape/],
    ['a file of JSON', (home) => ['--cookies', inFile(home, '[{"name":"x"}]')], /Netscape/],
    [
      'a file that is not there',
      (home) => ['--cookies', join(home, 'none')],
      /can't read the cookie file .*none\.$/,
    ],
    ['a folder', (home) => [`--cookies=${home}`], /can't read the cookie file/],
    ['a proxy of no known type', () => ['--proxy', 'foo://127.0.0.1:9'], /type "foo"/],
  ])('ends the job after the first time with %s, naming the setting', async (_name, extraArgs, words) => {
    await expect(download(extraArgs)).rejects.toMatchObject({
      code: 'ytdlp-options',
      message: expect.stringMatching(words) as string,
      fix: expect.stringMatching(/cookies_file|setting proxy/) as string,
    });
  });
});
