import { HarmoniError } from '../errors.ts';
import { configFields, configKeys, isConfigKey } from './fields.ts';
import { nearestName } from '../tracks/nearest-name.ts';
import { configSchema, type Config, type ConfigKey } from './schema.ts';

export type ConfigValue = Config[ConfigKey];

/** A value as its setting wants it, or the sentence that says what is wrong with it. */
export type CheckedValue =
  { readonly ok: true; readonly value: ConfigValue } | { readonly ok: false; readonly message: string };

/**
 * Checks a value by the schema of its key.
 * @param name how the message calls it, where the value is not from config.json
 */
export function checkValue(key: ConfigKey, value: unknown, name: string = key): CheckedValue {
  const result = configSchema.shape[key].safeParse(value);
  if (result.success && value !== undefined) return { ok: true, value: result.data };
  const field = configFields().find((candidate) => candidate.key === key);
  // Rules of our own come with their words; the others are read off the schema.
  const own = result.error?.issues.find((issue) => issue.code === 'custom');
  if (own?.params?.['sentence'] === true) return { ok: false, message: `${name} ${own.message}` };
  const must = own?.message ?? `must be ${field?.allowed ?? 'something else'}`;
  const shown = field?.secret === true ? 'not usable' : shorten(JSON.stringify(value));
  return { ok: false, message: `${name} is ${shown}, but it ${must}.` };
}

/** Reads what a person typed: the first reading of the text that the setting takes. */
export function parseTyped(key: ConfigKey, typed: string, name: string = key): CheckedValue {
  const isOptions = key === 'ytdlp_extra_args' || key === 'ffmpeg_extra_args';
  // Quotes around the whole are how a shell or JSON writes it.
  const text = isOptions ? typed : typed.trim().replace(/^(["'])(.*)\1$/s, '$2');
  // Options are told apart by their case, and a refused list is told as the list that it is.
  const possible = isOptions ? readings(text).slice(0, 1) : readings(text);
  const accepted = possible.map((value) => checkValue(key, value, name)).find((checked) => checked.ok);
  return accepted ?? checkValue(key, isOptions ? possible[0] : text.trim(), name);
}

/** The key itself, or a usage error that names the one that was probably meant. */
export function requireConfigKey(key: string): ConfigKey {
  if (isConfigKey(key)) return key;
  const meant = nearestName(key, configKeys);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new HarmoniError('usage', `There's no setting ${JSON.stringify(key)}.${hint}`, {
    fix: 'Run harmoni config show to see all settings.',
  });
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}...` : text);

const words: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

function readings(text: string): unknown[] {
  const trimmed = text.trim();
  const lower = trimmed.toLowerCase();
  return [
    ...(trimmed.startsWith('[') ? parseList(trimmed) : []),
    trimmed,
    ...(trimmed === '' || Number.isNaN(Number(trimmed)) ? [] : [Number(trimmed)]),
    ...(Object.hasOwn(words, lower) ? [words[lower]] : []),
    lower,
  ];
}

function parseList(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
