import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { createHttp } from '../../src/system/http.ts';
import { systemClock } from '../../src/system/clock.ts';
import { networkChecks } from '../../src/views/network-checks.ts';
import { freePort } from '../helpers/free-port.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { goodKey, startAcoustId } from '../stand-ins/acoustid.ts';

const { signal } = new AbortController();
const youtube_music_url = 'http://music.example';

/** What the checks say with these settings; `script` is the yt-dlp. */
async function checksOf(settings: object, script = 'exit 0') {
  const folder = tempFolder();
  const path = join(folder, 'yt-dlp');
  writeFileSync(path, `#!/bin/sh\ncase "$*" in *--version*) echo 2026.10.26 ;; *) ${script} ;; esac\n`, {
    mode: 0o755,
  });
  const config = { ...configSchema.parse(settings), youtube_music_url };
  const http = createHttp({ proxy: () => config.proxy, connectTimeoutMs: 500 });
  onTestFinished(() => http.close());
  const places = { configPath: path, envPath: undefined, pathDirs: [], toolsDir: folder };
  return networkChecks(
    { config, http, clock: systemClock, tools: { places: () => ({ ytDlp: places, ffmpeg: places }) } },
    signal,
  );
}

/** A proxy that answers everything so. */
async function startProxy(status: number): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`);
    response.writeHead(status).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`);
    socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  // A server that listens on a TCP port has an AddressInfo.
  return { port: (proxy.address() as AddressInfo).port, asked };
}

test('nothing is asked where nothing is set', async () => {
  expect(await checksOf({}, 'exit 1')).toEqual([]);
});

test('a proxy that is not there is told, without its password', async () => {
  const checks = await checksOf({ proxy: `http://me:TOPSECRET@127.0.0.1:${await freePort()}` });
  expect(checks).toMatchObject([{ name: 'proxy', ok: false }]);
  expect(JSON.stringify(checks)).not.toContain('TOPSECRET');
});

test('a proxy that wants a password is told', async () => {
  const { port } = await startProxy(407);
  const checks = await checksOf({ proxy: `http://127.0.0.1:${port}` });
  expect(checks).toMatchObject([{ name: 'proxy', ok: false }]);
});

test('a proxy that works is asked once, with its password', async () => {
  const { port, asked } = await startProxy(200);
  const checks = await checksOf({ proxy: `http://me:TOPSECRET@127.0.0.1:${port}` });
  expect(checks).toEqual([{ name: 'proxy', ok: true, message: 'It can reach music.example.' }]);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain(`Basic ${Buffer.from('me:TOPSECRET').toString('base64')}`);
});

test.each([
  ['echo "ERROR: could not find firefox cookies database in /x" >&2; exit 1', 'no firefox cookies'],
  [
    'echo "WARNING: [youtube] The provided YouTube account cookies are no longer valid." >&2',
    'no longer accepts',
  ],
  ['echo "ERROR: x: unable to download" >&2; exit 1', "can't reach YouTube"],
])('cookies that yt-dlp says this of are told: %s', async (script, words) => {
  const [check] = await checksOf({ cookies_from_browser: 'firefox' }, script);
  expect(check).toMatchObject({ name: 'cookies', ok: false });
  expect(check?.message).toContain(words);
  expect(check?.fix).not.toBe('');
});

test('a cookie file that is not there is told with the setting', async () => {
  const [check] = await checksOf({ cookies_file: '/nowhere/cookies.txt' });
  expect(check).toMatchObject({ name: 'cookies', ok: false });
  expect(check?.fix).toContain('cookies_file');
});

test('cookies that yt-dlp can use are said to be right, also those among its options', async () => {
  for (const settings of [
    { cookies_from_browser: 'firefox' },
    { ytdlp_extra_args: '--cookies-from-browser x' },
  ]) {
    expect(await checksOf(settings)).toMatchObject([{ name: 'cookies', ok: true }]);
  }
});

test('a key for AcoustID is tried with one question, and one that it refuses is told without failing the check', async () => {
  const acoustId = await startAcoustId();
  onTestFinished(() => acoustId.close());
  const settings = { acoustid_url: acoustId.url };
  const [good] = await checksOf({ ...settings, acoustid_client_key: goodKey });
  expect(good).toEqual({ name: 'acoustid', ok: true, message: 'AcoustID knows your key.' });
  const [bad] = await checksOf({ ...settings, acoustid_client_key: 'TOPSECRET' });
  expect(bad).toMatchObject({ name: 'acoustid', ok: true });
  expect(bad?.message).toContain("doesn't know your acoustid_client_key");
  expect(bad?.fix).toContain('acoustid.org');
  expect(acoustId.requests).toHaveLength(2);
  acoustId.faults.push({ code: 13 });
  const [busy] = await checksOf({ ...settings, acoustid_client_key: 'TOPSECRET' });
  expect(busy?.message).toBe('AcoustID is too busy to answer (503).');
  expect(JSON.stringify([bad, busy])).not.toContain('TOPSECRET');
});
