import { existsSync } from 'node:fs';
import { HarmoniError } from '../errors.ts';
import { changeConfigFile, keepCopy, readConfigText } from './config-file.ts';
import { createEditWatch, type ConfigEdit } from './config-edits.ts';
import { isOfBefore, renewalText, withVersion } from './config-version.ts';
import { isConfigKey } from './fields.ts';
import { ofLast } from './of-last.ts';
import { profilesKey, requireProfileName, settingsOf, settingsToSave } from './own-profiles.ts';
import type { SettingsOfProfile } from './own-profiles.ts';
import { checkValue, parseTyped, requireConfigKey, type ConfigValue } from './parse-value.ts';
import { profileNames } from './profiles.ts';
import { readConfig, requireValid, type ConfigReading } from './read-config.ts';
import type { Config, ConfigKey } from './schema.ts';

/** config.json. It may be missing: then everything has its default. Nothing but a valid value is ever written. */
export interface ConfigStore {
  readonly path: string;
  /** @throws HarmoniError config-not-json */
  read(): ConfigReading;
  /** Like `read`, and every setting must be right. @throws HarmoniError config-not-json, config-invalid */
  load(): Config;
  /**
   * Stores one setting. A text is read as a person types it: "yes", "192", ["--a", "b"].
   * @throws HarmoniError usage for an unknown key, config-invalid for a wrong value, config-not-writable
   */
  set(key: string, value: unknown): Promise<{ key: ConfigKey; value: ConfigValue; before: ConfigValue }>;
  /** Stores all settings of a profile, built in or own. @throws HarmoniError usage where there's none of that name */
  profile(name: string): Promise<SettingsOfProfile>;
  /** Saves the settings as a profile of that name, over one that is there. @throws HarmoniError usage for the name */
  saveProfile(name: string): Promise<{ readonly name: string; readonly settings: SettingsOfProfile }>;
  /** Removes a profile of the user's own. @throws HarmoniError usage where there's none of that name */
  deleteProfile(name: string): Promise<void>;
  /**
   * Back to the defaults, apart from unknown keys, profiles and the id and secret of the user's Spotify app.
   * @returns the path of the dated copy of the old file, or undefined when there was none
   */
  reset(now: Date): Promise<string | undefined>;
  /**
   * Saves a file of HARMONI 2.0 as one of this version, where a setting means something else today.
   * @returns what to tell the user; undefined when nothing was to be done
   */
  renew(): Promise<string | undefined>;
  /** What somebody else did to the file since the last look here; the first look finds only what is wrong. */
  edits(): ConfigEdit | undefined;
}

type Stored = ConfigReading['stored'];

/** @param path absolute */
export function openConfig(path: string): ConfigStore {
  const reading = ofLast((text: string | undefined) => readConfig(text, path));
  const read = () => reading(readConfigText(path));
  const load = () => requireValid(read(), path);
  const edits = createEditWatch(() => readConfigText(path), load);
  /** What is in the file at the moment of writing stays, but for what `change` changes. */
  const write = async (change: (stored: Stored) => Stored): Promise<void> => {
    edits.isOurs(await changeConfigFile(path, () => withVersion(change(withVersion(read().stored)))));
  };
  return {
    path,
    read,
    load,
    edits: () => edits.look(),
    async set(key, value) {
      const known = requireConfigKey(key);
      const checked = typeof value === 'string' ? parseTyped(known, value) : checkValue(known, value);
      if (!checked.ok) {
        throw new HarmoniError('config-invalid', checked.message, {
          fix: `Choose another value for ${known}.`,
        });
      }
      const before = read().config[known];
      await write((stored) => ({ ...stored, [known]: checked.value }));
      return { key: known, value: checked.value, before };
    },
    ...profileWork(read, write),
    async reset(now) {
      if (!existsSync(path)) return undefined;
      if (isBroken(read)) return keepCopy(path, now, 'move');
      const copy = keepCopy(path, now, 'copy');
      await write((stored) => Object.fromEntries(Object.entries(stored).filter(([key]) => isKept(key))));
      return copy;
    },
    async renew() {
      try {
        const { stored } = read();
        if (!isOfBefore(stored)) return undefined;
        const told = renewalText(path, stored);
        return await write((now) => now).then(
          () => told,
          () => `${told} HARMONI can't write the file, so you'll see this at every start.`,
        );
      } catch (error) {
        // What needs the settings says what is wrong with the file.
        if (error instanceof HarmoniError) return undefined;
        throw error;
      }
    },
  };
}

/** What is done with profiles. */
function profileWork(
  read: () => ConfigReading,
  write: (change: (stored: Stored) => Stored) => Promise<void>,
): Pick<ConfigStore, 'profile' | 'saveProfile' | 'deleteProfile'> {
  return {
    async profile(name) {
      const { profiles } = read();
      const settings = settingsOf(name, profiles);
      if (settings === undefined) throw noProfile(name, [...profileNames, ...Object.keys(profiles)]);
      await write((stored) => ({ ...stored, ...settings }));
      return settings;
    },
    async saveProfile(typed) {
      const name = requireProfileName(typed);
      const settings = settingsToSave(read().config);
      await write((stored) => ({ ...stored, [profilesKey]: { ...ownOf(stored), [name]: settings } }));
      return { name, settings };
    },
    async deleteProfile(name) {
      const own = ownOf(read().stored);
      if (!Object.hasOwn(own, name)) throw noProfile(name, Object.keys(own));
      await write((stored) => {
        const left = Object.entries(ownOf(stored)).filter(([other]) => other !== name);
        return {
          ...without(stored, profilesKey),
          ...(left.length === 0 ? {} : { [profilesKey]: Object.fromEntries(left) }),
        };
      });
    },
  };
}

const isKept = (key: string) => !isConfigKey(key) || key.startsWith('spotify_client_');

/** The user's own profiles as the file has them, right or wrong. */
function ownOf(stored: Stored): Stored {
  const own = stored[profilesKey];
  return typeof own === 'object' && own !== null && !Array.isArray(own) ? { ...own } : {};
}

const without = (stored: Stored, name: string): Stored =>
  Object.fromEntries(Object.entries(stored).filter(([key]) => key !== name));

function noProfile(name: string, known: readonly string[]): HarmoniError {
  return new HarmoniError('usage', `There's no profile ${JSON.stringify(name)}.`, {
    fix:
      known.length === 0 ? 'Save one with harmoni config profile save NAME.' : `Choose ${known.join(', ')}.`,
  });
}

function isBroken(read: () => ConfigReading): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof HarmoniError && error.code === 'config-not-json') return true;
    throw error;
  }
}
