import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { userDirectory } from '../../src/config/platform-places.ts';
import { sayLeftOut } from '../helpers/left-out.ts';

describe('userDirectory', () => {
  const of = (line: string) => userDirectory('MUSIC', line, '/home/ada');
  it.each([
    ['XDG_MUSIC_DIR="$HOME/Musik"', '/home/ada/Musik'],
    ['XDG_MUSIC_DIR="/srv/music/"', '/srv/music'],
    ['XDG_MUSIC_DIR="$HOME/My \\"best\\" \\$ongs"', '/home/ada/My "best" $ongs'],
    ['# XDG_MUSIC_DIR="$HOME/no"\nXDG_VIDEOS_DIR="$HOME/v"\n XDG_MUSIC_DIR="$HOME/yes"\n', '/home/ada/yes'],
    ['XDG_MUSIC_DIR="$HOME/one"\nXDG_MUSIC_DIR="$HOME/two"', '/home/ada/two'],
    // The user turned it off: the whole home folder is no library.
    ['XDG_MUSIC_DIR="$HOME/"', undefined],
    ['XDG_MUSIC_DIR="/home/ada"', undefined],
    ['XDG_MUSIC_DIR="Music"', undefined],
    ['XDG_MUSIC_DIR=$HOME/Music', undefined],
    ['', undefined],
  ])('%s', (text, expected) => expect(of(text)).toBe(expected));
});

const program = `
  if (process.argv[1] === 'package') globalThis.HARMONI_PACKAGED_VERSION = '9.9.9';
  const paths = await import(${JSON.stringify(new URL('../../src/config/config-path.ts', import.meta.url).href)});
  const { env } = process;
  console.log(JSON.stringify({ config: paths.configPathOf(env), data: paths.dataDirOf(env),
    music: paths.musicDirOf(env), tools: paths.toolsDirOf(env), cache: paths.compileCacheDirOf(env) }));`;
const places = z.record(z.string(), z.string());

const isLinux = process.platform === 'linux';
if (!isLinux) sayLeftOut('the places of the platform', 'only those of Linux are tried');

describe.runIf(isLinux)('the places', () => {
  let home = '';
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'harmoni-home-'))));
  afterEach(() => rmSync(home, { recursive: true }));

  function placesOf(edition: 'package' | 'checkout', env: Record<string, string> = {}) {
    const args = ['--input-type=module', '-e', program, edition];
    const output = execFileSync(process.execPath, args, { env: { HOME: home, ...env }, encoding: 'utf8' });
    return places.parse(JSON.parse(output.replaceAll(home, '~')));
  }

  it("of the npm package are the platform's own", () => {
    expect(placesOf('package')).toEqual({
      config: '~/.config/harmoni/config.json',
      data: '~/.local/share/harmoni',
      music: '~/Music/HARMONI',
      tools: '~/.local/share/harmoni/tools',
      cache: '~/.cache/harmoni/compile-cache',
    });
  });

  it('follow the XDG variables and the music folder of the desktop', () => {
    mkdirSync(join(home, 'c'));
    writeFileSync(join(home, 'c', 'user-dirs.dirs'), 'XDG_MUSIC_DIR="$HOME/Musik"\n');
    const env = { XDG_CONFIG_HOME: join(home, 'c'), XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/x' };
    expect(placesOf('package', env)).toEqual({
      config: '~/c/harmoni/config.json',
      data: '/d/harmoni',
      music: '~/Musik/HARMONI',
      tools: '/d/harmoni/tools',
      cache: '/x/harmoni/compile-cache',
    });
  });

  it('of the npm package give way to HARMONI_CONFIG and HARMONI_DATA_DIR', () => {
    expect(placesOf('package', { HARMONI_CONFIG: '/own/config.json' })).toMatchObject({
      config: '/own/config.json',
      data: '/own/data',
      music: '/own/music',
    });
    expect(placesOf('package', { HARMONI_DATA_DIR: '/own/data' })).toMatchObject({
      config: '~/.config/harmoni/config.json',
      data: '/own/data',
      music: '~/Music/HARMONI',
      tools: '/own/data/tools',
      cache: '/own/data/tools/compile-cache',
    });
  });

  it('of a checkout are its own folder, whatever the platform has', () => {
    const { config = '', data, music, tools } = placesOf('checkout', { XDG_DATA_HOME: '/d' });
    const root = config.replace(/\/config\.json$/, '');
    expect(root).toBe(join(import.meta.dirname, '..', '..'));
    expect({ data, music, tools }).toEqual({
      data: `${root}/data`,
      music: `${root}/music`,
      tools: `${root}/data/tools`,
    });
  });
});
