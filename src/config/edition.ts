import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Written into the npm package by its build (npm/build/bundle.ts). A checkout runs the sources, where it doesn't exist. */
declare const HARMONI_PACKAGED_VERSION: string | undefined;

/** The version of the npm package; undefined when the sources run, from a checkout or in the container. */
const packagedVersion = typeof HARMONI_PACKAGED_VERSION === 'string' ? HARMONI_PACKAGED_VERSION : undefined;

/** Whether this is the compiled npm package. Decided by the build, because no look at the disk could tell for sure. */
export const isPackaged = packagedVersion !== undefined;

/** The folder of this copy: the checkout, or the package as npm installed it. */
export const programDir = isPackaged
  ? resolve(import.meta.dirname, '..')
  : resolve(import.meta.dirname, '..', '..');

/** HARMONI's own version, without a "v". */
export function harmoniVersion(): string {
  if (packagedVersion !== undefined) return packagedVersion;
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}
