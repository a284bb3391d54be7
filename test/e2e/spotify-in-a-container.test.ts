import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { watchProcesses } from '../helpers/spotify-world.ts';
import { finished, projectDir, type Run } from '../helpers/world.ts';

/** A network of its own with one cable to this one, as a container has. */
const namespace = `harmoni-${process.pid}`;
const [outerEnd, innerEnd] = [`hm${process.pid}o`, `hm${process.pid}i`];
const [outerAddress, innerAddress] = ['198.18.77.1', '198.18.77.2'];
const ip = (...args: string[]): boolean => spawnSync('ip', args).status === 0;

function makeNamespace(): boolean {
  return (
    ip('netns', 'add', namespace) &&
    ip('link', 'add', outerEnd, 'type', 'veth', 'peer', 'name', innerEnd, 'netns', namespace) &&
    ip('addr', 'add', `${outerAddress}/30`, 'dev', outerEnd) &&
    ip('link', 'set', outerEnd, 'up') &&
    ip('-n', namespace, 'addr', 'add', `${innerAddress}/30`, 'dev', innerEnd) &&
    ip('-n', namespace, 'link', 'set', innerEnd, 'up') &&
    ip('-n', namespace, 'link', 'set', 'lo', 'up')
  );
}
const canRun = makeNamespace();
if (!canRun) {
  ip('netns', 'del', namespace);
  sayLeftOut('the callback from outside a container', 'that takes root and iproute2');
}

const inside = (args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn('ip', ['netns', 'exec', namespace, process.execPath, ...args], { env, stdio: 'pipe' });

let folder: string;
let published: Server;
let spotify: ChildProcess;
let ask: (line: string) => Promise<string>;
let spotifyUrl: string;
const printed: string[] = [];
let processes: ReturnType<typeof watchProcesses>;

beforeAll(async () => {
  if (!canRun) return;
  processes = watchProcesses();
  folder = mkdtempSync(join(tmpdir(), 'harmoni-inside-'));
  // What "docker run -p 127.0.0.1:PORT:PORT" does: this machine's loopback leads to the container's address.
  published = createServer((outer) => {
    const port = (published.address() as AddressInfo).port; // it listens on TCP
    const inner = connect(port, innerAddress);
    outer.pipe(inner).pipe(outer);
    inner.on('error', () => outer.destroy());
    outer.on('error', () => inner.destroy());
  }).listen(0, '127.0.0.1');
  await once(published, 'listening');
  spotify = inside([join(projectDir, 'test', 'e2e', 'programs', 'spotify-inside.ts')], process.env);
  if (spotify.stdout === null) throw new Error('A piped child has a stdout.');
  const lines = createInterface({ input: spotify.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  spotifyUrl = await next();
  ask = (line) => {
    spotify.stdin?.write(`${line}\n`);
    return next();
  };
});
afterAll(async () => {
  if (!canRun) return;
  processes.stop();
  spotify.stdin?.end();
  await once(spotify, 'close');
  published.close();
  ip('netns', 'del', namespace);
  rmSync(folder, { recursive: true, force: true });
});

/** Signs in inside, and follows Spotify's answer outside. */
async function signIn(name: string, env: NodeJS.ProcessEnv): Promise<{ page: string; run: Run }> {
  const { port } = published.address() as AddressInfo; // it listens on TCP
  const home = join(folder, name);
  const child = inside([join(projectDir, 'src', 'index.ts'), 'login'], {
    ...process.env,
    HARMONI_CONFIG: `${home}.json`,
    HARMONI_DATA_DIR: home,
    HARMONI_SPOTIFY_ACCOUNTS_URL: spotifyUrl,
    HARMONI_SPOTIFY_API_URL: spotifyUrl,
    SPOTIFY_CLIENT_ID: demoClient.id,
    SPOTIFY_REDIRECT_URI: `http://127.0.0.1:${port}/callback`,
    ...env,
  });
  const ended = finished(child);
  let shown = '';
  child.stderr?.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  while (!/answer on/.test(shown)) {
    if (child.stderr === null || child.exitCode !== null) throw new Error(`login ended:\n${shown}`);
    await once(child.stderr, 'data');
  }
  const address = await ask(`approve ${/^http\S+\/authorize\S+$/m.exec(shown)?.[0] ?? ''}`);
  const page = await fetch(address).then(
    (answer) => answer.text(),
    () => 'not reached',
  );
  // Who cannot be reached is told by a paste.
  if (page === 'not reached') child.stdin?.write(`${address}\n`);
  const run = await ended;
  printed.push(run.stdout, run.stderr, readFileSync(join(home, 'logs', 'app.log'), 'utf8'));
  return { page, run };
}

test.runIf(canRun)('in a container the callback is reached through the published port', async () => {
  const { page, run } = await signIn('with', { container: 'docker' });
  expect(page).toContain('You&#39;re signed in');
  expect(run.stderr).toContain('answer on 0.0.0.0');
  expect(run.exitCode).toBe(0);
});

test.runIf(canRun)('elsewhere it is not reached from outside, and a paste still signs in', async () => {
  const noContainer = join(projectDir, 'test', 'e2e', 'programs', 'no-container.ts');
  const { page, run } = await signIn('without', { container: '', NODE_OPTIONS: `--import=${noContainer}` });
  expect(page).toBe('not reached');
  expect(run.stderr).toContain('answer on 127.0.0.1');
  expect(run.exitCode).toBe(0);
});

test.runIf(canRun)('neither gave a secret away', async () => {
  const secrets = (await ask('secrets')).split(' ');
  expect(secrets.length).toBeGreaterThan(4);
  const texts = [...printed, ...processes.seen()];
  expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
  expect(existsSync(join(folder, 'with', 'spotify_tokens.json'))).toBe(true);
});
