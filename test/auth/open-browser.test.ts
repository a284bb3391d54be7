import { expect, test } from 'vitest';
import { hasDesktop, openInBrowser } from '../../src/auth/open-browser.ts';

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
