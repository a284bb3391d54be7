import { resolvePaths, type Places } from './paths.ts';
import { readConfig } from './read-config.ts';
import type { Config } from './schema.ts';

/** The settings of a config.json that isn't the one in use, with absolute paths; undefined where one is wrong. Pure. */
export function readOtherSettings(
  stored: Readonly<Record<string, unknown>>,
  places: Places,
): Config | undefined {
  const { config, problems } = readConfig(JSON.stringify(stored), 'config.json');
  return problems.length === 0 ? resolvePaths(config, places) : undefined;
}
