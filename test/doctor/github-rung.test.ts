import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assetNameFor, checksumOf, githubRung } from '../../src/doctor/github-rung.ts';
import { createHttp } from '../../src/system/http.ts';
import { startServer } from '../helpers/http-server.ts';
import { createToolBox, type ToolBox } from './tool-box.ts';

const executable = '#!/bin/sh\necho 2026.10.26\n';
const sumsOf = (text: string): string =>
  `${'0'.repeat(64)}  yt-dlp\n${createHash('sha256').update(text).digest('hex')}  yt-dlp_linux\n`;

async function get(box: ToolBox, url: string, signal = new AbortController().signal): Promise<void> {
  const http = createHttp({ timeoutMs: 300 });
  try {
    const { machine, toolsDir } = box;
    await githubRung({ machine, toolsDir, releasesUrl: url, fetch: { http } }).get(signal);
  } finally {
    await http.close();
  }
}

type Answer = (path: string, response: ServerResponse) => void;

/** The pages of a release, on loopback. */
function startReleases(answer: Answer): Promise<string> {
  return startServer((request, response) => answer(request.url ?? '', response));
}

/** All but the folder of downloads, which is for the next try. */
async function contents(box: ToolBox): Promise<string[]> {
  return (await readdir(box.toolsDir)).filter((name) => name !== 'downloads');
}

test('the executable of the newest release is put in place, through redirects', async () => {
  await using box = await createToolBox();
  const url = await startReleases((path, response) => {
    if (path === '/SHA2-256SUMS') response.end(sumsOf(executable));
    else if (path === '/yt-dlp_linux') response.writeHead(302, { location: '/v1/file?x=1' }).end();
    else response.end(executable);
  });
  await get(box, url);
  const path = join(box.toolsDir, 'yt-dlp');
  expect(await readFile(path, 'utf8')).toBe(executable);
  expect((await stat(path)).mode & 0o111).not.toBe(0);
  expect(await contents(box)).toEqual(['yt-dlp']);
});

test('the newest one is not fetched again', async () => {
  await using box = await createToolBox();
  const requests: string[] = [];
  const url = await startReleases((path, response) => {
    requests.push(path);
    response.end(path === '/SHA2-256SUMS' ? sumsOf(executable) : executable);
  });
  await get(box, url);
  await get(box, url);
  expect(requests).toEqual(['/SHA2-256SUMS', '/yt-dlp_linux', '/SHA2-256SUMS']);
});

test.each<[string, RegExp, Answer]>([
  [
    'a wrong checksum',
    /yt-dlp_linux has the wrong checksum/,
    (path, response) => {
      response.end(path === '/SHA2-256SUMS' ? sumsOf('another text') : executable);
    },
  ],
  [
    'no checksum',
    /there's no checksum for yt-dlp_linux/,
    (_path, response) => {
      response.end('<html>Please sign in</html>');
    },
  ],
  [
    '404',
    /answered 404 for yt-dlp_linux/,
    (path, response) => {
      if (path === '/SHA2-256SUMS') response.end(sumsOf(executable));
      else response.writeHead(404).end('Not Found');
    },
  ],
  [
    'silence',
    /didn't answer in time/,
    (path, response) => {
      if (path === '/SHA2-256SUMS') response.end(sumsOf(executable));
      else response.writeHead(200, { 'content-length': '1000' }).write('#!/bin');
    },
  ],
  [
    'a torn body',
    /can't be reached/,
    (path, response) => {
      if (path === '/SHA2-256SUMS') return response.end(sumsOf(executable));
      response.writeHead(200, { 'content-length': '1000' }).write('#!/bin', () => response.destroy());
      return undefined;
    },
  ],
  [
    'an endless redirect',
    /sent HARMONI to 127\.0\.0\.1:\d+ for SHA2-256SUMS/,
    (_path, response) => {
      response.writeHead(302, { location: '/again' }).end();
    },
  ],
  [
    'checksums on another host',
    /^the server sent HARMONI to localhost:1 for SHA2-256SUMS\.$/,
    (_path, response) => {
      response.writeHead(302, { location: 'http://localhost:1/SHA2-256SUMS' }).end();
    },
  ],
  [
    'a program that does not run here',
    /doesn't run on this machine/,
    (path, response) => {
      const broken = '#!/bin/sh\nexit 1\n';
      response.end(path === '/SHA2-256SUMS' ? sumsOf(broken) : broken);
    },
  ],
])('%s fails and leaves the copy that was there', async (_name, message, answer) => {
  await using box = await createToolBox();
  const old = await box.ytDlp('tools/yt-dlp', '2026.01.01');
  const before = await readFile(old, 'utf8');
  const url = await startReleases(answer);
  await expect(get(box, url)).rejects.toThrow(message);
  expect(await readFile(old, 'utf8')).toBe(before);
  expect(await contents(box)).toEqual(['yt-dlp']);
});

test('it can be cancelled while it waits', async () => {
  await using box = await createToolBox();
  const stop = new AbortController();
  const url = await startReleases(() => stop.abort(new Error('enough')));
  await expect(get(box, url, stop.signal)).rejects.toThrow('enough');
  expect(await contents(box)).toEqual([]);
});

test.each([
  ['linux', 'x64', false, 'yt-dlp_linux'],
  ['linux', 'arm64', false, 'yt-dlp_linux_aarch64'],
  ['linux', 'x64', true, 'yt-dlp_musllinux'],
  ['linux', 'arm64', true, 'yt-dlp_musllinux_aarch64'],
  ['linux', 'riscv64', false, undefined],
  ['darwin', 'arm64', false, 'yt-dlp_macos'],
  ['win32', 'x64', false, 'yt-dlp.exe'],
  ['freebsd', 'x64', false, undefined],
] as const)('%s on %s (musl: %s) takes %s', (platform, arch, musl, name) => {
  expect(assetNameFor({ platform, arch, musl })).toBe(name);
});

test('a checksum is found by the whole name, in either notation', () => {
  const [one, two] = ['a'.repeat(64), 'B'.repeat(64)];
  const sums = `${one}  yt-dlp_linux.zip\r\n${two} *yt-dlp_linux\r\n`;
  expect(checksumOf('yt-dlp_linux', sums)).toBe('b'.repeat(64));
  expect(checksumOf('yt-dlp', sums)).toBeUndefined();
});
