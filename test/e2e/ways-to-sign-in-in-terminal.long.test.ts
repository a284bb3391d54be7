import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAuthServer, type AuthServer } from '../../src/auth-server/server.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { hasChromium, openTab, type Tab } from '../auth/chromium.ts';
import { setUp, type SetUp } from '../auth/set-up.ts';
import { freePort } from '../helpers/free-port.ts';
import { createSpotifyWorld, type SpotifyWorld } from '../helpers/spotify-world.ts';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';
import { projectDir } from '../helpers/world.ts';

const canRun = hasTmux && hasChromium;
const clientSecret = 'SECRET-OF-THE-APP';
let world: SpotifyWorld;
let tab: Tab;
let parts: SetUp;
let server: AuthServer;
let terminal: TmuxTerminal;

beforeAll(async () => {
  if (!canRun) return;
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
  world = await createSpotifyWorld({
    tracks: [],
    spotify: { clients: [{ ...demoClient, secret: clientSecret }], deviceIntervalSeconds: 1 },
    config: { spotify_redirect_uri: redirectUri },
  });
  parts = setUp({ spotify_accounts_url: world.spotify.url });
  server = await startAuthServer(
    {
      port: 0,
      host: '127.0.0.1',
      publicUrl: undefined,
      redirectUris: [redirectUri],
      clientId: demoClient.id,
      clientSecret,
      tokenKey: undefined,
    },
    parts.deps,
  );
  const settings = {
    spotify_auth_server_url: server.url,
    spotify_token_swap_url: `${server.url}/swap`,
    spotify_token_refresh_url: `${server.url}/refresh`,
  };
  for (const [key, value] of Object.entries(settings)) await world.run(['config', 'set', key, value]);
  tab = await openTab();
  const env = Object.fromEntries(
    Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  terminal = openTmux(
    [join(projectDir, 'src', 'index.ts')],
    { columns: 80, rows: 50 },
    { ...env, SPOTIFY_CLIENT_SECRET: clientSecret },
  );
  await terminal.shows(/❯ Downloads/);
  terminal.keys('Enter');
  await terminal.shows(/❯ Spotify/);
  terminal.keys('Enter');
});
afterAll(async () => {
  if (!canRun) return;
  terminal.end();
  await tab.close();
  await server.close();
  parts.secret(...world.spotify.secrets);
  await world.close();
  await parts.end();
});

/** Chooses the way in the menu by the beginning of its name. */
async function choose(name: string): Promise<void> {
  await terminal.shows(/❯ Sign in/);
  terminal.keys('Enter');
  await terminal.shows(/^\? How do you want to sign in/);
  terminal.type(name);
  await terminal.shows(new RegExp(`❯ ${name}`));
  terminal.keys('Enter');
}

const seen = new Set<string>();

/** The newest match, as soon as it is one that was not there before. */
async function fresh(pattern: RegExp): Promise<string> {
  for (;;) {
    const newest = [...terminal.printed().matchAll(pattern)].at(-1)?.[1];
    if (newest !== undefined && !seen.has(newest)) {
      seen.add(newest);
      return newest;
    }
    await pause(50);
  }
}

const freshCode = async (): Promise<string> => (await fresh(/│ +((?:\w )+\w) +│/g)).replaceAll(' ', '');

/** So often so far, and the menu is back. */
async function expectSignedIn(times: number): Promise<void> {
  while ((terminal.printed().match(/^Signed in as Demo Listener\.$/gm) ?? []).length < times) await pause(50);
  await terminal.shows(/❯ Sign in/);
}

test.runIf(canRun)('pairing, with a browser as the phone', async () => {
  await choose('With a phone');
  const code = await freshCode();
  expect(terminal.screen().filter((line) => /^█.*█$/.test(line)).length).toBeGreaterThan(10);
  await tab.open(`${server.url}/pair?code=${code}`);
  await tab.click('continue');
  await tab.click('agree');
  await expectSignedIn(1);
});

test.runIf(canRun)('the device grant', async () => {
  await choose('With a code');
  expect(world.spotify.decideDevice(await freshCode(), 'agree')).toBe(true);
  await expectSignedIn(2);
});

test.runIf(canRun).each([
  ['In the browser, with a client', 3],
  ['In the browser, with a token', 4],
])('%s', async (name, times) => {
  await choose(name);
  await tab.open(await fresh(/^(http\S+\/authorize\S+)$/gm));
  await tab.click('agree');
  expect(await tab.value('document.querySelector("h1").innerText')).toBe("You're signed in");
  await expectSignedIn(times);
});
