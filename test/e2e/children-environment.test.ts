import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openInBrowser } from '../../src/auth/open-browser.ts';
import { getTools } from '../../src/doctor/get-tools.ts';
import { createHttp } from '../../src/system/http.ts';
import { createToolBox } from '../doctor/tool-box.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000 });
const secrets = {
  SPOTIFY_CLIENT_SECRET: 'TOPSECRET-1',
  HARMONI_AUTH_SERVER_KEY: 'TOPSECRET-2-of-more-than-32-letters-and-digits',
  NODE_OPTIONS: '--title=TOPSECRET-3',
  GITHUB_TOKEN: 'TOPSECRET-4',
};
let world: World;
let seen: string;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] }, config: { audio_format: 'mp3' } });
  seen = join(world.folder, 'seen');
  mkdirSync(seen);
});
afterAll(() => world.close());
afterEach(() => vi.unstubAllEnvs());

/** A program that notes its environment and then is the real one. */
function noting(name: string, real: string): string {
  const path = join(world.folder, name);
  writeFileSync(path, `#!/bin/sh\nenv >'${seen}/${name}-'$$\nexec '${real}' "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The environments that programs of this name were started with. */
function seenBy(name: string): string[] {
  const files = readdirSync(seen).filter((file) => file.startsWith(`${name}-`));
  return files.map((file) => readFileSync(join(seen, file), 'utf8'));
}

test('yt-dlp and ffmpeg get no secret, in a download from search to file', async () => {
  const tools = await realTools();
  const list = join(world.folder, 'Mix.csv');
  writeFileSync(list, exportifyCsv(tracks));
  const { exitCode } = await world.run(['download', list, '--yes', '--json'], {
    env: {
      ...secrets,
      HARMONI_YTDLP: noting('yt-dlp', tools.ytDlp),
      HARMONI_FFMPEG: noting('ffmpeg', tools.ffmpeg),
      https_proxy: '',
      XDG_NOTED: 'told',
    },
  });
  expect(exitCode).toBe(0);
  for (const name of ['yt-dlp', 'ffmpeg']) {
    const environments = seenBy(name);
    expect(environments.length).toBeGreaterThan(1);
    for (const environment of environments) {
      expect(environment).toContain('XDG_NOTED=told');
      expect(environment).not.toMatch(/TOPSECRET|^(?:SPOTIFY_|HARMONI_|NODE_(?!EXTRA_CA_CERTS))/m);
    }
  }
});

test('what gets the programs gets no secret', async () => {
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  await using box = await createToolBox();
  const note = (name: string): string => `/usr/bin/env >'${seen}/${name}-'$$; exit 1`;
  for (const name of ['python3', 'apt-get']) await box.script(`bin/${name}`, note(name));
  const http = createHttp();
  const machine = box.machine;
  const { signal } = new AbortController();
  await getTools({
    machine,
    ytDlp: box.places,
    ffmpeg: box.places,
    http,
    mirrors: { pythonIndex: 'http://127.0.0.1:9', ytDlpReleases: 'http://127.0.0.1:9' },
    nowMs: Date.now(),
    signal,
    print: () => undefined,
    update: false,
  });
  await http.close();
  for (const name of ['python3', 'apt-get']) {
    expect(seenBy(name).length).toBeGreaterThan(0);
    for (const environment of seenBy(name)) {
      expect(environment).not.toMatch(/TOPSECRET|^(?:SPOTIFY_|HARMONI_|NODE_(?!EXTRA_CA_CERTS))/m);
    }
  }
});

test('the browser gets no secret', async () => {
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  const browser = join(world.folder, 'browser');
  writeFileSync(
    browser,
    `#!/bin/sh\n{ echo "$@"; env; } >'${seen}/new'; mv '${seen}/new' '${seen}/browser-1'\n`,
  );
  chmodSync(browser, 0o755);
  // Without a desktop's own choice it is the variable that counts.
  for (const name of ['HOME', 'XDG_DATA_HOME', 'XDG_DATA_DIRS'])
    vi.stubEnv(name, join(world.folder, 'nothing'));
  vi.stubEnv('DISPLAY', ':99');
  vi.stubEnv('BROWSER', browser);
  expect(await openInBrowser('http://127.0.0.1:9/authorise?x=1&y=2')).toBe(true);
  await vi.waitUntil(() => seenBy('browser').length > 0, { timeout: 20_000 });
  const [environment = ''] = seenBy('browser');
  expect(environment).toContain('http://127.0.0.1:9/authorise?x=1&y=2');
  expect(environment).toContain('DISPLAY=:99');
  expect(environment).not.toMatch(/TOPSECRET|^(?:SPOTIFY_|HARMONI_|NODE_(?!EXTRA_CA_CERTS))/m);
});
