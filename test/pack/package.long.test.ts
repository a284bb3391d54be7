import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { packageFolderOf } from '../../src/npm/build/licences.ts';
import { demoSongs } from '../../src/demo/demo-songs.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { runReadmeExample } from '../auth/readme-example.ts';
import { projectDir } from '../helpers/world.ts';
import { filesBelow, installPackage, type Installed } from './installed.ts';

const isWindows = process.platform === 'win32';
if (isWindows) sayLeftOut('the npm package, installed', 'npm lays it out in another way on Windows');

describe.skipIf(isWindows)('the npm package, installed', () => {
  let installed: Installed;
  beforeAll(async () => {
    installed = await installPackage();
    const megabytes = (statSync(installed.tarball).size / 1e6).toFixed(1);
    const seconds = (ms: number) => (ms / 1000).toFixed(1);
    const { packMs, installMs } = installed;
    console.log(
      `Package: ${megabytes} MB, packed in ${seconds(packMs)} s, installed in ${seconds(installMs)} s`,
    );
  });
  afterAll(() => installed.close());

  test('holds the program and nothing else, and needs no other package', () => {
    const files = filesBelow(installed.packageDir);
    expect(files.filter((path) => !path.startsWith('dist/')).toSorted()).toEqual([
      ...['LICENSE', 'package.json', 'readme.md'],
    ]);
    expect(files.filter((path) => /(?<!\.d)\.ts$|test|data\/|\.map$/.test(path))).toEqual([]);
    const manifest: unknown = JSON.parse(readFileSync(join(installed.packageDir, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'harmoni', license: 'MIT', bin: { harmoni: 'dist/harmoni.cjs' } });
    for (const field of ['private', 'dependencies', 'devDependencies', 'scripts'])
      expect(manifest).not.toHaveProperty(field);
    expect(statSync(installed.tarball).size).toBeLessThan(4e6);
  });

  test('carries the licence of every library in it', () => {
    const texts = readFileSync(join(installed.packageDir, 'dist/third-party-licences.txt'), 'utf8');
    for (const name of ['undici', 'zod', 'commander', 'taglib-wasm', '@inquirer/core', 'fastify', 'ajv'])
      expect(texts).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+.* \\(.+\\)\n\n.{20}`, 'ms'));
    expect(packageFolderOf('/x/node_modules/a/node_modules/@s/b/lib/c.js')).toBe(
      '/x/node_modules/a/node_modules/@s/b',
    );
  });

  test('says its version without loading anything, quickly', async () => {
    const { stdout, exitCode } = await installed.run(['--version']);
    expect({ stdout, exitCode }).toEqual({ stdout: `${versionOfProject()}\n`, exitCode: 0 });
    expect(readdirSync(installed.home)).toEqual([]);
    const alone = join(installed.home, 'alone.cjs');
    cpSync(join(installed.packageDir, 'dist/harmoni.cjs'), alone);
    expect(spawnSync(process.execPath, [alone, '-V'], { encoding: 'utf8' }).stdout).toBe(stdout);
    const bare = medianMs(['-e', '0']);
    const version = medianMs([alone, '--version']);
    console.log(
      `harmoni --version: ${version.toFixed(0)} ms, node -e 0: ${bare.toFixed(0)} ms (medians of 5)`,
    );
    rmSync(alone);
  });

  test('tells a Node that is too old so, in syntax that any Node can read', () => {
    const entry = join(installed.packageDir, 'dist/harmoni.cjs');
    const tooOld = `Object.defineProperty(process.versions, 'node', { value: '24.14.1' }); require(${JSON.stringify(entry)})`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', tooOld], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'HARMONI needs Node 24.15 or newer, and this is Node 24.14.1. Install Node 24 (https://nodejs.org), then run the same command again.\n',
    });
    const code = readFileSync(entry, 'utf8').replaceAll(/^\/\/.*$|^#!.*$|'[^']*'/gm, '');
    expect(code).not.toMatch(
      /=>|`|\b(?:const|let|class|import|export|async|await)\b|\?[.?]|,\s*[)\]}]|\.\.\./,
    );
  });

  test('keeps its settings, data and library in the places of the platform', async (context) => {
    if (process.platform !== 'linux') context.skip('only the places of Linux are tried');
    const places = JSON.parse((await installed.run(['config', 'path', '--json'])).stdout) as unknown;
    const { home } = installed;
    expect(places).toEqual({
      path: join(home, '.config/harmoni/config.json'),
      data: join(home, '.local/share/harmoni'),
      library: join(home, 'Music/HARMONI'),
      log: join(home, '.local/share/harmoni/logs/app.log'),
    });
  });

  test('knows that it came from npm', async () => {
    const { stdout } = await installed.run(['doctor', '--json']);
    const { checks } = z
      .object({ checks: z.array(z.object({ name: z.string(), message: z.string() }).loose()) })
      .parse(JSON.parse(stdout));
    expect(checks[0]).toMatchObject({ name: 'HARMONI', version: versionOfProject(), message: 'from npm' });
  });

  test('is called harmoni in every hint, and names files where they are', async () => {
    const { stderr } = await installed.run(['download', 'nothing-like-this.csv']);
    expect(stderr).not.toContain('start.sh');
    expect((await installed.run(['--help'])).stdout).toContain('Usage: harmoni ');
    const wrong = await installed.run(['no-such-command']);
    expect(wrong.stderr).toContain('Run harmoni --help');
    expect(wrong.exitCode).toBe(2);
  });

  test('has its sign-in for other programs: the readme example runs, and types are checked', async () => {
    const { output, exitCode, tokenFile } = await runReadmeExample(installed.packageDir);
    expect(exitCode, output).toBe(0);
    expect(tokenFile).toMatchObject({ method: 'authorization-code' });
    const folder = join(installed.home, 'program');
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(installed.packageDir, join(folder, 'node_modules/harmoni'));
    symlinkSync(join(projectDir, 'node_modules/@types'), join(folder, 'node_modules/@types'));
    const wrong = 'createAuthorizationCodeClient({ clientId: 1 });';
    writeFileSync(join(folder, 'use.mts'), `${typedUse}\n// @ts-expect-error\n${wrong}\n`);
    const tsc = join(projectDir, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    const checked = spawnSync(process.execPath, [tsc, ...options, 'use.mts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(checked.stdout).toBe('');
    rmSync(folder, { recursive: true });
  }, 120_000);

  test('plays the whole demo: sign-in, matching, yt-dlp, ffmpeg, both builds of TagLib', async () => {
    // wav is converted by ffmpeg, gets its cover from one build and its tags from the other.
    expect((await installed.run(['config', 'set', 'audio_format', 'wav'])).exitCode).toBe(0);
    const { stdout, stderr, exitCode } = await installed.download(['demo', '--yes', '--json']);
    const { summary } = z
      .object({ summary: z.object({ done: z.number(), failed: z.number() }) })
      .parse(JSON.parse(stdout));
    // And the local file of one of its playlists.
    expect(summary, stderr).toMatchObject({ done: demoSongs.length + 1, failed: 0 });
    expect(exitCode).toBe(0);
  }, 180_000);

  test('serves sign-ins', async () => {
    const env = { SPOTIFY_CLIENT_ID: 'a'.repeat(32), HARMONI_AUTH_SERVER_URL: 'https://pair.example.org' };
    const child = installed.start(['auth-server', '--port', '0', '--json'], env);
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const port = /"port": (\d+)/.exec(said)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      });
      child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.once('close', () => reject(new Error(said)));
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const answer = await fetch(url);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('is uninstalled without a trace outside its own places', (context) => {
    installed.npm(['uninstall', '--global', 'harmoni']);
    expect(filesBelow(installed.prefix)).toEqual([]);
    const own = /^\.(?:config|cache|local\/share)\/harmoni\//;
    if (process.platform !== 'linux') context.skip('only the places of Linux are tried');
    expect(filesBelow(installed.home).filter((path) => !own.test(path))).toEqual([]);
  });
});

const typedUse = `
import { createAuthorizationCodeClient, pkceGrant, type SignInScreen, type TokenInfo } from 'harmoni/auth';
const client = createAuthorizationCodeClient({ grant: pkceGrant });
const visit = await client.begin({ scope: ['user-library-read'] });
const token: TokenInfo = await client.exchange('code', visit);
const screen: SignInScreen = { show: (event) => void event.type, answer: async () => ({ type: 'none' }) };
export const scopes: readonly string[] = (await client.signIn({ screen })).scopes.concat(token.scopes);`;

function versionOfProject(): string {
  return z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8'))).version;
}

function medianMs(args: string[]): number {
  const times = Array.from({ length: 5 }, () => {
    const before = performance.now();
    spawnSync(process.execPath, args);
    return performance.now() - before;
  });
  return times.toSorted((one, other) => one - other)[2] ?? NaN;
}
