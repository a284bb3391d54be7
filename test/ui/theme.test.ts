import { describe, expect, it } from 'vitest';
import { canUnicode, createTheme, themeFor } from '../../src/ui/theme.ts';

const terminal = { isTTY: true, hasColors: () => true };

describe('themeFor', () => {
  it('colours on a terminal that has colours', () => {
    expect(themeFor(terminal, {}).paint('x', 'fail')).toBe('\u001b[31mx\u001b[39m');
  });

  it.each([
    ['NO_COLOR is set', terminal, { NO_COLOR: '1' }],
    ['the output is a file', { isTTY: false, hasColors: () => true }, {}],
    ['the terminal has no colours', { isTTY: true, hasColors: () => false }, {}],
  ])('does not colour when %s', (_when, stream, env) => {
    expect(themeFor(stream, env).paint('x', 'fail')).toBe('x');
  });
});

describe('canUnicode', () => {
  it.each([
    [{ LANG: 'de_DE.UTF-8' }, true],
    [{ LANG: 'C' }, false],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, false],
    [{ LANG: 'C.utf8', TERM: 'dumb' }, false],
    [{ LANG: 'C.UTF-8', TERM: 'linux' }, false],
    [{}, true],
  ])('of %j is %s', (env, expected) => {
    expect(canUnicode(env)).toBe(expected);
  });
});

it('has only ASCII symbols where the terminal has no Unicode', () => {
  const { symbols } = createTheme({ colour: false, unicode: false });
  expect(Object.values(symbols).join('')).toMatch(/^[\x20-\x7E]+$/);
});

it('names the program in commands as the user calls it, and leaves other words alone', () => {
  const { local } = createTheme({ colour: false, unicode: true }, './start.sh');
  expect(local('Run harmoni doctor --fix, then run harmoni retry. harmoni --help lists all.')).toBe(
    'Run ./start.sh doctor --fix, then run ./start.sh retry. ./start.sh --help lists all.',
  );
  expect(local('HARMONI runs. The folder harmoni. /srv/harmoni/music')).toBe(
    'HARMONI runs. The folder harmoni. /srv/harmoni/music',
  );
  expect(createTheme({ colour: false, unicode: true }).local('Run harmoni retry.')).toBe(
    'Run harmoni retry.',
  );
});

it('has plain signs in our own texts too, where the terminal has no Unicode', () => {
  const { local } = createTheme({ colour: false, unicode: false });
  expect(local('98 % · 3:05 · Sigur Rós …')).toBe('98 % - 3:05 - Sigur Rós ...');
});

it('files of the data folder are named where the npm package keeps them, and nobody else’s are', () => {
  const { local } = createTheme(
    { colour: false, unicode: true },
    'harmoni',
    '/home/ada/.local/share/harmoni',
  );
  expect(local('See data/logs/app.log for details.')).toBe(
    'See /home/ada/.local/share/harmoni/logs/app.log for details.',
  );
  expect(local('put the CSVs into data/exportify, then')).toContain('harmoni/exportify, then');
  const others = '/srv/data/logs/x · my-data/harmoni.db · ./data/logs · data/x · data/exportify2';
  expect(local(others)).toBe(others);
  expect(createTheme({ colour: false, unicode: true }).local('data/logs')).toBe('data/logs');
});
