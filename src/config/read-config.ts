import { HarmoniError } from '../errors.ts';
import { asOfToday } from './config-version.ts';
import { versionKey } from './version-key.ts';
import { configKeys, isConfigKey } from './fields.ts';
import { findJsonFault } from './json-position.ts';
import { nearestName } from '../tracks/nearest-name.ts';
import { checkValue } from './parse-value.ts';
import { configSchema, type Config, type ConfigKey } from './schema.ts';

interface ConfigProblem {
  readonly key: ConfigKey;
  /** A sentence with the key, the value and what is allowed. */
  readonly message: string;
}

interface UnknownKey {
  readonly key: string;
  /** The setting that was probably meant. */
  readonly meant?: string;
}

/** What a config.json says. `config` has the default where the file has nothing or something wrong. */
export interface ConfigReading {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  readonly unknownKeys: readonly UnknownKey[];
  /** The file's own keys and values, as they are. */
  readonly stored: Readonly<Record<string, unknown>>;
}

/**
 * Reads the text of a config.json; an undefined text (no file) is all defaults.
 * @throws HarmoniError config-not-json when it is no JSON object
 */
export function readConfig(text: string | undefined, path: string): ConfigReading {
  const stored = text === undefined ? {} : parseObject(text, path);
  const good: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  const unknownKeys: UnknownKey[] = [];
  for (const [key, value] of Object.entries(asOfToday(stored))) {
    if (key === versionKey) continue;
    if (!isConfigKey(key)) {
      const meant = nearestName(key, configKeys);
      unknownKeys.push(meant === undefined ? { key } : { key, meant });
      continue;
    }
    const checked = checkValue(key, value);
    const inQuotes = checked.ok ? undefined : withoutQuotes(value);
    if (checked.ok) good[key] = value;
    else if (inQuotes !== undefined && checkValue(key, inQuotes).ok) good[key] = inQuotes;
    else problems.push({ key, message: checked.message });
  }
  return { config: configSchema.parse(good), problems, unknownKeys, stored };
}

/** A number or a yes or no that somebody put in quotes; undefined for all else. */
function withoutQuotes(value: unknown): number | boolean | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Lets a reading without problems pass. @throws HarmoniError config-invalid that lists all of them */
export function requireValid(reading: ConfigReading, path: string): Config {
  if (reading.problems.length === 0) return reading.config;
  const sentences = reading.problems.map((problem) => problem.message).join(' ');
  throw new HarmoniError('config-invalid', `${path}: ${sentences}`, {
    fix: 'Fix it with harmoni config set KEY VALUE, or start over with harmoni config reset.',
  });
}

function parseObject(text: string, path: string): Record<string, unknown> {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    const { line, column, hint } = findJsonFault(json);
    const why = hint === undefined ? '' : `: ${hint}`;
    throw new HarmoniError(
      'config-not-json',
      `${path} isn't valid JSON at line ${line}, column ${column}${why}.`,
      { cause },
    );
  }
  if (isObject(value)) return value;
  const found = value === null ? 'nothing (null)' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  throw new HarmoniError('config-not-json', `${path} must contain settings in { }, but contains ${found}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
