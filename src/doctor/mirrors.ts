import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the programs are fetched from. */
export interface Mirrors {
  /** Of a PEP 503 index. */
  readonly pythonIndex: string;
  /** The newest release's files of yt-dlp. */
  readonly ytDlpReleases: string;
}

export const publicMirrors: Mirrors = {
  pythonIndex: 'https://pypi.org/simple',
  // GitHub's permanent address of the newest release's files.
  ytDlpReleases: 'https://github.com/yt-dlp/yt-dlp/releases/latest/download',
};

/**
 * The public addresses, or those of a mirror: pip's own setting (PIP_INDEX_URL, else `index-url` in pip.conf), which a
 * company sets for everything in Python, and HARMONI_YTDLP_MIRROR.
 */
export function readMirrors(env: NodeJS.ProcessEnv, home: string): Mirrors {
  return {
    pythonIndex: firstAddress([env['PIP_INDEX_URL'], pipSetting(env, home)]) ?? publicMirrors.pythonIndex,
    ytDlpReleases: firstAddress([env['HARMONI_YTDLP_MIRROR']]) ?? publicMirrors.ytDlpReleases,
  };
}

function firstAddress(candidates: readonly (string | undefined)[]): string | undefined {
  const found = candidates.find((candidate) => candidate !== undefined && /^https?:\/\//.test(candidate));
  return found?.replace(/\/+$/, '');
}

/** The strongest of pip's files comes first. */
function pipSetting(env: NodeJS.ProcessEnv, home: string): string | undefined {
  const files = [
    env['PIP_CONFIG_FILE'],
    join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'pip', 'pip.conf'),
    join(home, '.pip', 'pip.conf'),
    join(home, 'Library', 'Application Support', 'pip', 'pip.conf'),
    ...(env['APPDATA'] === undefined ? [] : [join(env['APPDATA'], 'pip', 'pip.ini')]),
    '/etc/xdg/pip/pip.conf',
    '/etc/pip.conf',
  ];
  for (const file of files) {
    if (file === undefined || file === '') continue;
    const value = settingIn(file);
    if (value !== undefined) return value;
  }
  return undefined;
}

function settingIn(file: string): string | undefined {
  try {
    return /^\s*index[-_]url\s*[=:]\s*(\S+)/m.exec(readFileSync(file, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
