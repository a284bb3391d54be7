import { dirname, join, resolve } from 'node:path';

/** The folder of the program, where config.json and data/ are unless the environment says otherwise. */
export const projectDir = resolve(import.meta.dirname, '..', '..');

/** Where config.json is or will be; absolute. */
export function configPathOf(env: Readonly<Record<string, string | undefined>>): string {
  const given = env['HARMONI_CONFIG'] ?? '';
  return resolve(given === '' ? join(projectDir, 'config.json') : given);
}

/** Where HARMONI keeps its state; absolute. Beside config.json unless HARMONI_DATA_DIR says otherwise. */
export function dataDirOf(env: Readonly<Record<string, string | undefined>>): string {
  const given = env['HARMONI_DATA_DIR'] ?? '';
  return resolve(given === '' ? join(dirname(configPathOf(env)), 'data') : given);
}
