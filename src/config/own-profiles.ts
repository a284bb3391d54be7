import { HarmoniError } from '../errors.ts';
import { advancedGroup, configFields, isConfigKey } from './fields.ts';
import { checkValue, type ConfigValue } from './parse-value.ts';
import { isProfileName, profileNames, profiles } from './profiles.ts';
import type { Config } from './schema.ts';
import { maySecret } from './secrets.ts';

/** Stands in config.json beside the settings: the profiles that somebody saved, by their names. */
export const profilesKey = 'profiles';

/** Settings that are put in place together. */
export type SettingsOfProfile = Readonly<Partial<Record<keyof Config, ConfigValue>>>;
export type OwnProfiles = Readonly<Record<string, SettingsOfProfile>>;

export interface ProfileProblem {
  /** The keys that lead to what is wrong. */
  readonly path: readonly string[];
  readonly message: string;
}

/** A letter or number first, so that no name looks like an option. */
const usableName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _.-]{0,39}$/u;
/** The words of harmoni config profile. */
const reserved = ['save', 'list', 'delete'];

/** Checks the name of a profile that is to be saved. @throws HarmoniError usage */
export function requireProfileName(name: string): string {
  const trimmed = name.trim();
  const fix = 'Choose a name such as usb-stick.';
  if (!usableName.test(trimmed)) {
    const message =
      "A profile's name is up to 40 letters, numbers, spaces and . _ -, and starts with a letter or number.";
    throw new HarmoniError('usage', message, { fix });
  }
  const lower = trimmed.toLowerCase();
  if (isProfileName(lower)) {
    throw new HarmoniError('usage', `${lower} is a profile that comes with HARMONI. It can't be changed.`, {
      fix,
    });
  }
  if (reserved.includes(lower)) {
    throw new HarmoniError('usage', `A profile can't be called ${lower}: it's a word of the command.`, {
      fix,
    });
  }
  return trimmed;
}

/**
 * What is saved as a profile: all settings but those of the account, of this machine's network and tools, and secrets. One
 * that is saved empty would take away a proxy or cookies that are set later. Pure.
 */
export function settingsToSave(config: Config): SettingsOfProfile {
  const apart = ['Spotify', 'Network', 'Tools', advancedGroup];
  const kept = configFields().filter(
    ({ key, group }) => !apart.includes(group) && !holdsSecret(key, config[key]),
  );
  return Object.fromEntries(kept.map(({ key }) => [key, config[key]]));
}

function holdsSecret(key: string, value: unknown): boolean {
  return maySecret(key, value) || configFields().some((field) => field.key === key && field.secret);
}

/** Reads the profiles of a config.json: what is wrong in one is left out of it and told. Pure. */
export function readOwnProfiles(value: unknown): {
  readonly own: OwnProfiles;
  readonly problems: readonly ProfileProblem[];
} {
  if (value === undefined) return { own: {}, problems: [] };
  if (!isObject(value)) {
    const message = `${profilesKey} must contain profiles in { }.`;
    return { own: {}, problems: [{ path: [profilesKey], message }] };
  }
  const problems: ProfileProblem[] = [];
  const own = Object.entries(value).map(([name, settings]): [string, SettingsOfProfile] => {
    const path = [profilesKey, name];
    if (isObject(settings)) return [name, readProfile(settings, path, problems)];
    problems.push({ path, message: `The profile ${JSON.stringify(name)} must contain settings in { }.` });
    return [name, {}];
  });
  return { own: Object.fromEntries(own), problems };
}

function readProfile(
  settings: Readonly<Record<string, unknown>>,
  path: readonly string[],
  problems: ProfileProblem[],
): SettingsOfProfile {
  const right = Object.entries(settings).flatMap(([key, value]): [string, ConfigValue][] => {
    const fault = (message: string): [] => {
      problems.push({
        path: [...path, key],
        message: `In the profile ${JSON.stringify(path.at(-1))}: ${message}`,
      });
      return [];
    };
    if (!isConfigKey(key)) return fault(`${JSON.stringify(key)} isn't a setting.`);
    if (holdsSecret(key, value)) return fault(`${key} may hold a secret, which doesn't belong in a profile.`);
    const checked = checkValue(key, value);
    return checked.ok ? [[key, checked.value]] : fault(checked.message);
  });
  return Object.fromEntries(right);
}

/** A profile's settings, built in or own; undefined where there's none of that name. Pure. */
export function settingsOf(name: string, own: OwnProfiles): SettingsOfProfile | undefined {
  if (Object.hasOwn(own, name)) return own[name];
  return isProfileName(name) ? profiles[name].settings : undefined;
}

/**
 * The profile whose settings these are; undefined where they are of none. Of several it's the one that says most, and of
 * two that say as much the user's own. Pure.
 */
export function profileInUse(config: Config, own: OwnProfiles): string | undefined {
  const now = new Map<string, unknown>(Object.entries(config));
  const [most] = [...Object.keys(own), ...profileNames.filter((name) => !Object.hasOwn(own, name))]
    .map((name) => ({ name, settings: Object.entries(settingsOf(name, own) ?? {}) }))
    .filter(
      ({ settings }) => settings.length > 0 && settings.every(([key, value]) => isSame(now.get(key), value)),
    )
    .sort((a, b) => b.settings.length - a.settings.length);
  return most?.name;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
