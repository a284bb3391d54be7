import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configPathOf, dataDirOf } from '../../config/config-path.ts';
import { profileNames } from '../../config/profiles.ts';
import { storeFile } from '../../history/interrupted.ts';
import { peek } from '../../system/database.ts';
import type { Names, Offer } from './offers.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The names that completion offers, by looks of a few milliseconds: nothing is opened for writing, migrated or asked of the
 * network. What can't be read has no names.
 */
export function quickNames(env: Environment): Names {
  const data = dataDirOf(env);
  return {
    followed: () => namesIn(data, 'SELECT DISTINCT name FROM followed ORDER BY name'),
    lists: () => namesIn(data, 'SELECT DISTINCT name FROM lists ORDER BY name'),
    backups: () => foldersIn(join(data, 'backups')).toSorted().toReversed(),
    ownProfiles: () => ownProfilesIn(configPathOf(env)),
    profiles: profileNames,
    settings,
    valuesOf,
    queryTerms,
  };
}

function namesIn(data: string, query: string): readonly string[] {
  const row = peek(join(data, storeFile), `SELECT json_group_array(name) AS names FROM (${query})`);
  return typeof row?.['names'] === 'string' ? texts(JSON.parse(row['names'])) : [];
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Without the schema, which takes longer to load than all else here. */
function ownProfilesIn(path: string): readonly string[] {
  try {
    const stored: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    const isObject = typeof stored === 'object' && stored !== null && 'profiles' in stored;
    return isObject && typeof stored.profiles === 'object' && stored.profiles !== null
      ? Object.keys(stored.profiles)
      : [];
  } catch {
    return [];
  }
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

async function settings(): Promise<readonly Offer[]> {
  const { configSchema } = await import('../../config/schema.ts');
  return Object.entries(configSchema.shape).map(([value, { description: text = '' }]) => ({ value, text }));
}

/** The values of a setting that have names. */
async function valuesOf(setting: string): Promise<readonly string[]> {
  const { configFields } = await import('../../config/fields.ts');
  const field = configFields().find(({ key }) => key === setting);
  if (setting === 'spotify_sign_in_method')
    return [...(await import('../../auth/method-kinds.ts')).signInKinds];
  if (field === undefined) return [];
  if (field.kind === 'yes-no') return ['true', 'false'];
  return [...field.choices, ...field.presets.map(({ name }) => name)];
}

/** The fields of a query, and once one is typed the values of those that have few. */
async function queryTerms(current: string, lists: () => readonly string[]): Promise<readonly Offer[]> {
  const { fieldNames } = await import('../../library/query.ts');
  const [, field] = /^-?([a-z]+):/.exec(current) ?? [];
  const not = current.startsWith('-') ? '-' : '';
  if (field === undefined) return fieldNames.map((name) => ({ value: `${not}${name}:` }));
  const { parts, proofs, states } = await import('../../library/query-fields.ts');
  const values: Readonly<Record<string, () => readonly string[]>> = {
    has: () => Object.keys(parts),
    missing: () => Object.keys(parts),
    is: () => Object.keys(states),
    proven: () => Object.keys(proofs),
    list: () => lists().map((name) => `=${name}`),
  };
  const own = Object.hasOwn(values, field) ? values[field] : undefined;
  return (own?.() ?? []).map((value) => ({ value: `${not}${field}:${value}` }));
}
