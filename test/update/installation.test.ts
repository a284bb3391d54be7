import { expect, test } from 'vitest';
import { installationOf, originOf, type CopyFacts } from '../../src/update/installation.ts';
import { updateByHand } from '../../src/update/update.ts';

const facts: CopyFacts = { packaged: true, folder: '', separator: '/', env: {}, exists: () => false };
const windows = { separator: '\\' } as const;
const exists = (path: string) => () => (asked: string) => asked === path;

test.each<[string, Partial<CopyFacts>, string, string]>([
  ['/h/harmoni', { packaged: false, exists: exists('/h/harmoni/.git')() }, 'checkout', 'from a git clone'],
  ['/h/harmoni-main', { packaged: false }, 'folder', 'from a downloaded copy of the source code'],
  ['/app', { packaged: false, env: { HARMONI_INSTALLED_WITH: 'docker' } }, 'docker', 'from Docker'],
  ['/usr/local/lib/node_modules/harmoni', {}, 'npm', 'from npm'],
  ['/h/.npm/_npx/0f3a/node_modules/harmoni', {}, 'npx', 'from npx'],
  ['/h/project/node_modules/harmoni', {}, 'package', 'from an npm package'],
  [
    '/h/.local/share/pnpm/global/5/.pnpm/harmoni@2.0.0/node_modules/harmoni',
    {},
    'package',
    'from an npm package',
  ],
  ['C:\\Users\\Ada\\AppData\\Roaming\\npm\\node_modules\\harmoni', windows, 'npm', 'from npm'],
  [
    'C:\\work\\node_modules\\harmoni',
    { ...windows, exists: exists('C:\\work\\package.json')() },
    'package',
    'from an npm package',
  ],
])('%s', (folder, more, kind, origin) => {
  const installation = installationOf({ ...facts, folder, ...more });
  expect(installation.kind).toBe(kind);
  expect(originOf(installation)).toBe(origin);
});

test('the prefix of npm is what npm needs to replace this very copy', () => {
  expect(installationOf({ ...facts, folder: '/h/.local/lib/node_modules/harmoni' })).toEqual({
    kind: 'npm',
    prefix: '/h/.local',
  });
  const folder = 'C:\\npm\\node_modules\\harmoni';
  expect(installationOf({ ...facts, ...windows, folder })).toEqual({ kind: 'npm', prefix: 'C:\\npm' });
});

test('what HARMONI cannot update comes with the commands to type', () => {
  expect(updateByHand({ kind: 'docker' }).commands).toEqual(['git pull', 'docker compose build --pull']);
  expect(updateByHand({ kind: 'npx' }).commands).toEqual(['npx harmoni@latest']);
  expect(updateByHand({ kind: 'folder', folder: '/h' }).message).toContain('Download the newest version');
  expect(updateByHand({ kind: 'package', folder: '/h' }).message).toContain('package manager');
});
