import { HarmoniError } from '../errors.ts';
import { asOfToday } from './config-version.ts';
import { versionKey } from './version-key.ts';
import { configKeys, isConfigKey } from './fields.ts';
import { formerSetting } from './former-settings.ts';
import { findJsonFault, linesOfKeys } from './json-position.ts';
import { nearestName } from '../tracks/nearest-name.ts';
import { profilesKey, readOwnProfiles, type OwnProfiles } from './own-profiles.ts';
import { checkValue } from './parse-value.ts';
import { configSchema, type Config, type ConfigKey } from './schema.ts';

interface ConfigProblem {
  /** Undefined where a variable of the environment is wrong. */
  readonly key?: ConfigKey;
  /** A sentence with the key, the value and what is allowed. */
  readonly message: string;
  /** Where it stands in the file, from 1. */
  readonly line?: number;
}

interface UnknownKey {
  readonly key: string;
  /** The setting that was probably meant. */
  readonly meant?: string;
  /** What is there today for a setting of HARMONI's first version, as a sentence. */
  readonly instead?: string;
  readonly line?: number;
}

/** What is wrong in the file and stops nothing. */
export interface ConfigNote {
  readonly key?: ConfigKey;
  readonly message: string;
  readonly line?: number;
}

/** What a config.json says. `config` has the default where the file has nothing or something wrong. */
export interface ConfigReading {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  readonly unknownKeys: readonly UnknownKey[];
  /** Wrong profiles, and keys that the file has twice. */
  readonly notes: readonly ConfigNote[];
  /** The user's own profiles, as far as they are right. */
  readonly profiles: OwnProfiles;
  /** Where the file's own keys stand, from 1. */
  readonly lines: ReadonlyMap<string, number>;
  /** The file's own keys and values, as they are. */
  readonly stored: Readonly<Record<string, unknown>>;
}

/**
 * Reads the text of a config.json; an undefined text (no file) is all defaults.
 * @throws HarmoniError config-not-json when it is no JSON object
 */
export function readConfig(text: string | undefined, path: string): ConfigReading {
  const stored = text === undefined ? {} : parseObject(text, path);
  const lines = linesOfKeys(text ?? '');
  const lineOf = (...keys: readonly string[]): { line?: number } => {
    const line = lines.get(JSON.stringify(keys))?.at(-1);
    return line === undefined ? {} : { line };
  };
  const good: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  const unknownKeys: UnknownKey[] = [];
  for (const [key, value] of Object.entries(asOfToday(stored))) {
    if (key === versionKey || key === profilesKey) continue;
    if (!isConfigKey(key)) {
      unknownKeys.push({ key, ...meaningOf(key), ...lineOf(key) });
      continue;
    }
    const checked = checkValue(key, value);
    const inQuotes = checked.ok ? undefined : withoutQuotes(value);
    if (checked.ok) good[key] = value;
    else if (inQuotes !== undefined && checkValue(key, inQuotes).ok) good[key] = inQuotes;
    else problems.push({ key, message: checked.message, ...lineOf(key) });
  }
  const { own, problems: wrong } = readOwnProfiles(stored[profilesKey]);
  const inProfiles = wrong.map(({ path: keys, message }) => ({ message, ...lineOf(...keys) }));
  const notes = [...inProfiles, ...repeated(Object.keys(stored), lines)];
  const ownLines = new Map(Object.keys(stored).map((key) => [key, lineOf(key).line ?? 1]));
  const config = configSchema.parse(good);
  return { config, problems, unknownKeys, notes, profiles: own, lines: ownLines, stored };
}

function meaningOf(key: string): Pick<UnknownKey, 'meant' | 'instead'> {
  const instead = formerSetting(key);
  if (instead !== undefined) return { instead };
  const meant = nearestName(key, configKeys);
  return meant === undefined ? {} : { meant };
}

/** JSON takes the last of two keys in silence, which somebody who changes the first can't see. */
function repeated(keys: readonly string[], lines: ReadonlyMap<string, readonly number[]>): ConfigNote[] {
  return keys.flatMap((key) => {
    const found = lines.get(JSON.stringify([key])) ?? [];
    if (found.length < 2) return [];
    return [
      { message: `${key} is in the file more than once (lines ${found.join(', ')}). The last one counts.` },
    ];
  });
}

/** A sentence with its line: "... (line 7)." Pure. */
export function withLine({ message, line }: ConfigNote): string {
  return line === undefined ? message : `${message.replace(/\.$/, '')} (line ${line}).`;
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
  const sentences = reading.problems.map(withLine).join(' ');
  throw new HarmoniError('config-invalid', `${path}: ${sentences}`, {
    fix: 'Change it with harmoni config set KEY VALUE, or start over with harmoni config reset.',
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
