import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { canOpenFolders, openLog, openMusic } from '../../src/views/open-music.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const ssh = { SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' };

test.each([
  ['a desktop', 'linux', { DISPLAY: ':0' }, false, true],
  ['a Mac', 'darwin', {}, false, true],
  ['Windows', 'win32', {}, false, true],
  ['no desktop', 'linux', {}, false, false],
  ['a container with a display', 'linux', { DISPLAY: ':0' }, true, false],
  ['SSH', 'linux', ssh, false, false],
  ['SSH to a Mac', 'darwin', ssh, false, false],
  ['SSH with a display', 'linux', { ...ssh, DISPLAY: 'localhost:10.0' }, false, true],
  ['an empty display', 'linux', { ...ssh, DISPLAY: '' }, false, false],
] as const)('%s (%s, %o): the music folder is offered: %s', (_what, platform, env, inContainer, expected) => {
  expect(canOpenFolders(platform, env, inContainer)).toBe(expected);
});

test('the folder is opened by its path, or named where that fails', async () => {
  const folder = tempFolder();
  const music = join(folder, 'my music');
  mkdirSync(music);
  const browser = join(folder, 'browser');
  // What xdg-open takes where no desktop is known to it.
  writeFileSync(browser, '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.args"\n', { mode: 0o755 });
  vi.stubEnv('BROWSER', browser);
  vi.stubEnv('WAYLAND_DISPLAY', '');
  vi.stubEnv('WSL_DISTRO_NAME', '');
  const said: string[] = [];
  const parts = {
    prompter: { say: (text: string) => void said.push(text) },
    config: { output_dir: music },
  };
  vi.stubEnv('DISPLAY', ':0');
  await openMusic(parts);
  await expect.poll(() => existsSync(`${browser}.args`), { timeout: 10_000 }).toBe(true);
  await expect.poll(() => readFileSync(`${browser}.args`, 'utf8')).toBe(`${music}\n`);
  vi.stubEnv('DISPLAY', '');
  await openMusic(parts);
  vi.unstubAllEnvs();
  expect(said).toEqual([
    `Opened ${music}`,
    `HARMONI can't open a file manager here. Your music is in ${music}`,
  ]);
});

test('the log is opened where there is a desktop, and named where that fails', async () => {
  const log = join(tempFolder(), 'app.log');
  writeFileSync(log, '');
  const browser = join(tempFolder(), 'browser');
  writeFileSync(browser, '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.args"\n', { mode: 0o755 });
  vi.stubEnv('BROWSER', browser);
  vi.stubEnv('WAYLAND_DISPLAY', '');
  vi.stubEnv('WSL_DISTRO_NAME', '');
  const said: string[] = [];
  const parts = { prompter: { say: (text: string) => void said.push(text) }, paths: { log } };
  vi.stubEnv('DISPLAY', ':0');
  await openLog(parts);
  await expect.poll(() => existsSync(`${browser}.args`), { timeout: 10_000 }).toBe(true);
  vi.stubEnv('DISPLAY', '');
  await openLog(parts);
  vi.unstubAllEnvs();
  expect(said).toEqual([`Opened ${log}`, `HARMONI can't open it here. The log is ${log}`]);
});
