import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { hasDesktop, openInBrowser, openOnDesktop } from '../../src/auth/open-browser.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', { WSL_DISTRO_NAME: 'Debian' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
] as const)('%s with %o has a desktop: %s', (platform, environment, expected) => {
  expect(hasDesktop(platform, environment)).toBe(expected);
});

test.each(['file:///etc/passwd', '-x', 'javascript:alert(1)', ''])('%j is never opened', async (url) => {
  expect(await openInBrowser(url)).toBe(false);
});

test.each([
  [0, true],
  [1, false],
])('where the only program for it ends with %i, it says %s', async (exitCode, expected) => {
  const folder = tempFolder();
  const program = join(folder, 'opener');
  writeFileSync(program, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(program, 0o755);
  vi.stubEnv('DISPLAY', ':99');
  vi.stubEnv('BROWSER', program);
  vi.stubEnv('PATH', folder);
  expect(await openOnDesktop(folder)).toBe(expected);
  vi.unstubAllEnvs();
});
