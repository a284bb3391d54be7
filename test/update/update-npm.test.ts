import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findNpmUpdate, isNewer } from '../../src/update/update-npm.ts';

let folder = '';
let prefix = '';
let registry: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmoni-update-'));
  prefix = join(folder, 'prefix');
  mkdirSync(prefix);
  // npm's settings are those of this folder: its cache, its registry.
  for (const name of Object.keys(process.env)) if (/^npm_/i.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  const server = registry;
  if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  registry = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function useRegistry(url: string): void {
  writeFileSync(join(folder, '.npmrc'), `registry=${url}\nfetch-retries=0\nupdate-notifier=false\n`);
}

/** A registry that has one version of harmoni. */
async function serveRegistry(version: string): Promise<void> {
  const source = join(folder, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'harmoni', version }));
  const packed = spawnSync('npm', ['pack', '--pack-destination', folder], { cwd: source, encoding: 'utf8' });
  if (packed.status !== 0) throw new Error(packed.stderr);
  const tarball = readFileSync(join(folder, `harmoni-${version}.tgz`));
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const dist = { integrity, tarball: `http://127.0.0.1:${port}/harmoni.tgz` };
    if (request.url === '/harmoni.tgz') response.end(tarball);
    else if (request.url === '/harmoni') {
      const versions = { [version]: { name: 'harmoni', version, dist } };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name: 'harmoni', 'dist-tags': { latest: version }, versions }));
    } else response.writeHead(404).end();
  });
  registry = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  useRegistry(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

/** A Node whose npm is this program, as Windows has them beside each other. */
function nodeWithNpm(program: string): string {
  const npm = join(folder, 'node_modules', 'npm', 'bin');
  mkdirSync(npm, { recursive: true });
  writeFileSync(join(npm, 'npm-cli.js'), program);
  const node = join(folder, 'node');
  writeFileSync(node, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
  return node;
}

const find = (version: string, nodePath = process.execPath) =>
  findNpmUpdate({ prefix, version, windows: false, nodePath }, { signal: new AbortController().signal });

test('the newest version of the registry is installed below the same prefix, on a yes', async () => {
  await serveRegistry('2.10.0');
  const update = await find('2.9.1');
  expect(update).toMatchObject({ news: 'HARMONI 2.10.0', how: 'npm install -g harmoni@latest' });
  const manifest = join(prefix, 'lib/node_modules/harmoni/package.json');
  expect(existsSync(manifest)).toBe(false);
  if (update.news !== undefined) await update.apply();
  expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ version: '2.10.0' });
});

test('the same version is no news', async () => {
  await serveRegistry('2.0.0');
  expect(await find('2.0.0')).toEqual({ news: undefined });
});

test('a registry that does not answer is said', async () => {
  useRegistry('http://127.0.0.1:9/');
  await expect(find('2.0.0')).rejects.toMatchObject({
    code: 'network-unreachable',
    message: expect.stringContaining("npm can't check for the latest version: ") as unknown,
  });
});

test.each([
  [
    'EACCES',
    'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /usr/local/lib/node_modules/harmoni',
  ],
  ['EPERM', 'npm error code EPERM\nnpm error syscall rename'],
])('a prefix that this user may not write to is named, with what to do (%s)', async (_code, said) => {
  const node = nodeWithNpm(`
    if (process.argv[2] === 'view') console.log('2.1.0');
    else { console.error(${JSON.stringify(said)}); process.exitCode = 243; }`);
  const update = await find('2.0.0', node);
  if (update.news === undefined) throw new Error('no news');
  await expect(update.apply()).rejects.toMatchObject({
    code: 'update-failed',
    message: `npm isn't allowed to write to ${prefix}.`,
    fix: expect.stringContaining('sudo npm install -g harmoni@latest') as unknown,
  });
});

test('any other failure of npm is told in its own words', async () => {
  const node = nodeWithNpm(`
    if (process.argv[2] === 'view') console.log('2.1.0');
    else { console.error('npm error code ENOSPC\\nnpm error nospc no space left on device\\nnpm error A complete log of this run'); process.exitCode = 1; }`);
  const update = await find('2.0.0', node);
  if (update.news === undefined) throw new Error('no news');
  await expect(update.apply()).rejects.toThrow('npm install failed: nospc no space left on device');
});

test('without npm it says so', async () => {
  vi.stubEnv('PATH', folder);
  await expect(find('2.0.0', join(folder, 'node'))).rejects.toThrow("npm isn't installed.");
});

test.each([
  ['2.10.0', '2.9.1', true],
  ['3.0.0', '2.9.9', true],
  ['2.0.0', '2.0.0', false],
  ['1.9.9', '2.0.0', false],
  ['', '2.0.0', false],
  ['latest', '2.0.0', false],
])('%s after %s: %s', (one, than, expected) => expect(isNewer(one, than)).toBe(expected));
