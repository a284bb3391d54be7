import { isAbsolute, join, relative, sep } from 'node:path';
import { isBelow } from '../../system/files.ts';
import type { SavedFile } from './manifest.ts';

/** Where HARMONI's own things are; absolute. */
export interface BackupPlaces {
  readonly data: string;
  readonly config: string;
}

/** Never in a backup. */
export const tokensName = 'spotify_tokens.json';

export function backupsIn(data: string): string {
  return join(data, 'backups');
}

/** How a manifest names a path: what is in the data folder comes back there, wherever that is then. Pure. */
export function asSaved(path: string, data: string): string {
  return isBelow(path, data) ? ['data', ...relative(data, path).split(sep)].join('/') : path;
}

/** Where a file of a backup belongs; undefined where that is nowhere HARMONI would look. Pure. */
export function placeOf(
  { kind, to }: Pick<SavedFile, 'kind' | 'to'>,
  places: BackupPlaces,
): string | undefined {
  if (kind === 'store') return join(places.data, 'harmoni.db');
  if (kind === 'config') return places.config;
  if (isAbsolute(to)) return to;
  const [first, ...rest] = to.split('/');
  const path = join(places.data, ...rest);
  return first === 'data' && isBelow(path, places.data) ? path : undefined;
}
