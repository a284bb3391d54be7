import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where the npm package keeps things when the environment doesn't say otherwise; all absolute. */
export interface PlatformPlaces {
  /** The folder of config.json. */
  readonly config: string;
  readonly data: string;
  /** What can be made again: compiled code. */
  readonly cache: string;
  /** The library. */
  readonly music: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The platform's own places: the XDG folders, Library on macOS, AppData on Windows. */
export function platformPlaces(env: Environment): PlatformPlaces {
  const { config, data, cache } = envPaths('harmoni', { suffix: '' });
  return { config, data, cache, music: join(musicFolder(env), 'HARMONI') };
}

/** A Linux desktop translates the name (~/Musik) and says so in user-dirs.dirs; elsewhere it's ~/Music. */
function musicFolder(env: Environment): string {
  const home = homedir();
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  const file = join(configured === '' ? join(home, '.config') : configured, 'user-dirs.dirs');
  return userDirectory('MUSIC', readText(file), home) ?? join(home, 'Music');
}

/**
 * One folder out of user-dirs.dirs, read as xdg-user-dir(1) reads it: `XDG_MUSIC_DIR="$HOME/Musik"`, or an absolute path.
 * Undefined when it isn't set, or is the home folder itself, which means "no such folder". Pure.
 */
export function userDirectory(name: string, text: string, home: string): string | undefined {
  const line = new RegExp(`^\\s*XDG_${name}_DIR="((?:[^"\\\\]|\\\\.)*)"\\s*$`, 'gm');
  const value = [...text.matchAll(line)].at(-1)?.[1]?.replaceAll(/\\(.)/g, '$1').replace(/\/+$/, '');
  if (value === undefined) return undefined;
  if (value.startsWith('/')) return value === home ? undefined : value;
  return value.startsWith('$HOME/') ? join(home, value.slice('$HOME/'.length)) : undefined;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
