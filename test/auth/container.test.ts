import { expect, test } from 'vitest';
import { isInContainer } from '../../src/auth/container.ts';

const nothing = { exists: () => false, read: () => '', environment: {} };

test.each([
  ['nothing', nothing, false],
  ['/.dockerenv', { ...nothing, exists: (path: string) => path === '/.dockerenv' }, true],
  ['/run/.containerenv', { ...nothing, exists: (path: string) => path === '/run/.containerenv' }, true],
  ['container=podman', { ...nothing, environment: { container: 'podman' } }, true],
  ['an empty container variable', { ...nothing, environment: { container: '' } }, false],
  ['a cgroup of Docker', { ...nothing, read: () => '12:pids:/docker/0123abcd\n' }, true],
  ['a cgroup of Kubernetes', { ...nothing, read: () => '0::/kubepods.slice/x\n' }, true],
  ['a cgroup of a desktop', { ...nothing, read: () => '0::/init.scope\n' }, false],
])('%s: %s', (_name, signs, expected) => {
  expect(isInContainer(signs)).toBe(expected);
});

test('this machine can be asked', () => {
  expect(typeof isInContainer()).toBe('boolean');
});
