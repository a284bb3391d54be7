import { dirname, join, resolve } from 'node:path';
import { isPackaged, programDir } from './edition.ts';
import { platformPlaces } from './platform-places.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where config.json is or will be; absolute. */
export function configPathOf(env: Environment): string {
  const given = env['HARMONI_CONFIG'] ?? '';
  if (given !== '') return resolve(given);
  return join(isPackaged ? platformPlaces(env).config : programDir, 'config.json');
}

/** Where HARMONI keeps its state; absolute. HARMONI_DATA_DIR, else `data` beside config.json or the platform's place. */
export function dataDirOf(env: Environment): string {
  const given = env['HARMONI_DATA_DIR'] ?? '';
  if (given !== '') return resolve(given);
  return isApart(env) ? platformPlaces(env).data : join(dirname(configPathOf(env)), 'data');
}

/** The log file below the data folder. */
export function logPathOf(dataDir: string): string {
  return join(dataDir, 'logs', 'app.log');
}

/** What "music" at the start of a path in config.json stands for; absolute. */
export function musicDirOf(env: Environment): string {
  return isApart(env) ? platformPlaces(env).music : join(dirname(configPathOf(env)), 'music');
}

/** HARMONI's own yt-dlp and ffmpeg; absolute. A checkout has them where start.sh puts them, wherever config.json lies. */
export function toolsDirOf(env: Environment): string {
  const given = env['HARMONI_DATA_DIR'] ?? '';
  if (given !== '') return join(given, 'tools');
  return join(isPackaged ? platformPlaces(env).data : join(programDir, 'data'), 'tools');
}

/** Where compiled code is cached by the npm package; absolute. */
export function compileCacheDirOf(env: Environment): string {
  const given = env['HARMONI_DATA_DIR'] ?? '';
  return given === ''
    ? join(platformPlaces(env).cache, 'compile-cache')
    : join(resolve(given), 'tools', 'compile-cache');
}

/** The package's three places are apart, until someone chooses a config.json of their own: then all is beside that. */
function isApart(env: Environment): boolean {
  return isPackaged && (env['HARMONI_CONFIG'] ?? '') === '';
}
