import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isPackaged, programDir } from '../config/edition.ts';

/** How this copy of HARMONI came here, which decides how it's updated. */
export type Installation =
  | { readonly kind: 'checkout'; readonly folder: string }
  /** The sources without git: a downloaded archive. */
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'docker' }
  /** `npm install -g`, below this prefix. */
  | { readonly kind: 'npm'; readonly prefix: string }
  | { readonly kind: 'npx' }
  /** The npm package, put somewhere else: by another package manager, or into a project. */
  | { readonly kind: 'package'; readonly folder: string };

/** What is known of this copy. */
export interface CopyFacts {
  readonly packaged: boolean;
  readonly folder: string;
  readonly separator: '/' | '\\';
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

export function thisInstallation(env: CopyFacts['env']): Installation {
  const separator = sep === '\\' ? '\\' : '/';
  return installationOf({ packaged: isPackaged, folder: programDir, separator, env, exists: existsSync });
}

export function installationOf({ packaged, folder, separator, env, exists }: CopyFacts): Installation {
  if (!packaged) {
    if (env['HARMONI_INSTALLED_WITH'] === 'docker') return { kind: 'docker' };
    return { kind: exists(join(folder, '.git')) ? 'checkout' : 'folder', folder };
  }
  const parts = folder.split(separator);
  if (parts.includes('_npx')) return { kind: 'npx' };
  // PREFIX/lib/node_modules/harmoni, on Windows PREFIX\node_modules\harmoni.
  const below = separator === '/' ? ['lib', 'node_modules', 'harmoni'] : ['node_modules', 'harmoni'];
  const prefix = parts.slice(0, -below.length).join(separator);
  const isGlobal = parts.slice(-below.length).join(separator) === below.join(separator);
  // A project's own node_modules looks the same on Windows, but the project has a package.json.
  if (isGlobal && prefix !== '' && !exists(`${prefix}${separator}package.json`))
    return { kind: 'npm', prefix };
  return { kind: 'package', folder };
}

/** "from npm", for the doctor. Pure. */
export function originOf({ kind }: Installation): string {
  return {
    checkout: 'from a git clone',
    folder: 'from a downloaded copy of the source code',
    docker: 'from Docker',
    npm: 'from npm',
    npx: 'from npx',
    package: 'from an npm package',
  }[kind];
}
