import { expect, test } from 'vitest';
import { childEnvironment } from '../../src/system/child-environment.ts';

const secrets = {
  SPOTIFY_CLIENT_ID: 'secret',
  SPOTIFY_CLIENT_SECRET: 'secret',
  HARMONI_AUTH_SERVER_KEY: 'secret',
  HARMONI_PROGRAM: 'secret',
  NODE_OPTIONS: 'secret',
  NODE_DEBUG: 'secret',
  NODE_COMPILE_CACHE: 'secret',
  AWS_SECRET_ACCESS_KEY: 'secret',
  GITHUB_TOKEN: 'secret',
  XDG_ACCESS_TOKEN: 'secret',
  LC_PASSWORD: 'secret',
  'NPM_CONFIG_//registry.example/:_authToken': 'secret',
  npm_config__auth: 'secret',
  PIP_PASSWORD: 'secret',
  FFREPORT: 'secret',
  SSH_AUTH_SOCK: 'secret',
  ANYTHING: 'secret',
};

test.each([{}, { packageManager: true }])('no secret gets through (%j)', (options) => {
  expect(childEnvironment(secrets, options)).toEqual({});
});

test('what a program needs to run, to reach the internet and to find a browser gets through', () => {
  const needed = {
    PATH: '/bin',
    HOME: '/home/me',
    LANG: 'de_DE.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'Europe/Berlin',
    TMPDIR: '/tmp',
    // Its password is for the child.
    https_proxy: 'http://me:word@proxy:3128',
    HTTP_PROXY: 'http://proxy:3128',
    no_proxy: 'localhost',
    SSL_CERT_FILE: '/ca.pem',
    REQUESTS_CA_BUNDLE: '/ca.pem',
    XDG_CONFIG_HOME: '/home/me/.config',
    XDG_RUNTIME_DIR: '/run/user/1000',
    DISPLAY: ':0',
    XAUTHORITY: '/home/me/.Xauthority',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
    LD_LIBRARY_PATH: '/nix/lib',
    SystemRoot: 'C:\\Windows',
    Path: 'C:\\Windows',
  };
  expect(childEnvironment({ ...secrets, ...needed })).toEqual(needed);
});

test('npm and pip alone are told where to fetch from', () => {
  const told = { npm_config_registry: 'https://npm.example', PIP_INDEX_URL: 'https://pip.example' };
  expect(childEnvironment(told)).toEqual({});
  expect(childEnvironment(told, { packageManager: true })).toEqual(told);
});
