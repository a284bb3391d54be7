import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn, type SpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import { freePort } from '../helpers/free-port.ts';
import { projectDir } from '../helpers/world.ts';

/** The real programs: one is the auth server, others sign in with it and without. */
interface Running {
  readonly child: ChildProcess;
  /** The first group of the first match in what it printed so far or prints next. */
  reads(pattern: RegExp): Promise<string>;
  /** The exit code and all that it printed. */
  readonly ended: Promise<{ code: number | null; text: string }>;
}

const secret = 'SECRET-OF-THE-APP';
let folder: string;
let spotify: SpotifyStandIn;
let server: Running;
let serverUrl: string;
let env: NodeJS.ProcessEnv;

function start(args: readonly string[], more: NodeJS.ProcessEnv = {}): Running {
  const entry = join(projectDir, 'src', 'index.ts');
  const child = spawn(process.execPath, [entry, ...args], { cwd: folder, env: { ...env, ...more } });
  let text = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of watchers) look();
    });
  }
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, text }));
  return {
    child,
    ended,
    reads: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text)?.[1];
          if (found !== undefined) resolve(found);
        };
        watchers.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended without ${String(pattern)}:\n${text}`)));
      }),
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harmoni-ways-'));
  spotify = await startSpotifyStandIn({
    catalogue: createCatalogue([]),
    clients: [{ ...demoClient, secret }],
    approval: 'agree',
    deviceIntervalSeconds: 1,
  });
  env = {
    ...process.env,
    HARMONI_CONFIG: join(folder, 'config.json'),
    HARMONI_DATA_DIR: join(folder, 'data'),
    HARMONI_SPOTIFY_ACCOUNTS_URL: spotify.url,
    HARMONI_SPOTIFY_API_URL: spotify.apiUrl,
    SPOTIFY_CLIENT_ID: demoClient.id,
    SPOTIFY_REDIRECT_URI: `http://127.0.0.1:${await freePort()}/callback`,
  };
  delete env['NODE_OPTIONS'];
  server = start(['auth-server', '--port', '0'], {
    SPOTIFY_CLIENT_SECRET: secret,
    HARMONI_AUTH_SERVER_KEY: 'ab'.repeat(32),
  });
  serverUrl = await server.reads(/spotify_auth_server_url to (\S+)/);
  const config = {
    spotify_auth_server_url: serverUrl,
    spotify_token_swap_url: `${serverUrl}/swap`,
    spotify_token_refresh_url: `${serverUrl}/refresh`,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await spotify.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => rmSync(join(folder, 'data', 'spotify_tokens.json'), { force: true }));

async function expectSignedIn(login: Running): Promise<void> {
  const { code, text } = await login.ended;
  expect([code, text]).toEqual([0, expect.stringContaining('Signed in as')]);
  expect([...spotify.secrets].filter((one) => text.includes(one))).toEqual([]);
}

test.each([
  ['authorization-code', { SPOTIFY_CLIENT_SECRET: secret }],
  ['token-swap', {}],
])('login --with %s', async (method, more) => {
  const login = start(['login', '--with', method], more);
  const url = await login.reads(/^(http\S+\/authorize\?\S+)$/m);
  expect(await (await fetch(url)).text()).toContain('You&#39;re signed in');
  await expectSignedIn(login);
});

test('login --with device', async () => {
  spotify.setApproval('ask');
  const login = start(['login', '--with', 'device']);
  const code = (await login.reads(/│ +((?:\w )+\w) +│/)).replaceAll(' ', '');
  expect(spotify.decideDevice(code, 'agree')).toBe(true);
  await expectSignedIn(login);
  spotify.setApproval('agree');
});

test('login --with pairing, by the link that the box shows', async () => {
  const login = start(['login', '--with', 'pairing']);
  const code = (await login.reads(/│ +((?:\w )+\w) +│/)).replaceAll(' ', '');
  const entered = await fetch(`${serverUrl}/pair`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ code }),
  });
  const agreed = await fetch(entered.headers.get('location') ?? '', { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(agreed.headers.get('location') ?? '', { headers: { cookie } });
  expect(await page.text()).toContain('You&#39;re signed in');
  await expectSignedIn(login);
  // Its next token comes by way of the server, which alone can open the refresh token.
  spotify.tokens.expireAccess();
  const playlists = start(['playlists', '--json']);
  expect((await playlists.ended).code).toBe(0);
});

test('a setting that is missing is named', async () => {
  const login = start(['login', '--with', 'authorization-code']);
  const { code, text } = await login.ended;
  expect([code, text]).toEqual([2, expect.stringContaining('Set SPOTIFY_CLIENT_SECRET')]);
});

test('Ctrl+C ends the auth server at once and cleanly, and frees its port', async () => {
  expect((await fetch(`${serverUrl}/healthz`)).status).toBe(200);
  server.child.kill('SIGINT');
  const { code, text } = await server.ended;
  expect([code, text]).toEqual([0, expect.stringContaining('has stopped')]);
  await expect(fetch(`${serverUrl}/healthz`)).rejects.toThrow();
});
