import { existsSync } from 'node:fs';
import { HarmoniError } from '../errors.ts';
import { keepCopy, readConfigText, writeConfigFile } from './config-file.ts';
import { isOfBefore, renewalText, withVersion } from './config-version.ts';
import { isConfigKey } from './fields.ts';
import { checkValue, parseTyped, requireConfigKey, type ConfigValue } from './parse-value.ts';
import { profiles, type ProfileName, type ProfileSettings } from './profiles.ts';
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
  /** Stores all settings of a profile. */
  profile(name: ProfileName): Promise<ProfileSettings>;
  /**
   * Back to the defaults, apart from unknown keys and the id and secret of the user's Spotify app.
   * @returns the path of the dated copy of the old file, or undefined when there was none
   */
  reset(now: Date): Promise<string | undefined>;
  /**
   * Saves a file of HARMONI 2.0 as one of this version, where a setting means something else today.
   * @returns what to tell the user; undefined when nothing was to be done
   */
  renew(): Promise<string | undefined>;
}

/** @param path absolute */
export function openConfig(path: string): ConfigStore {
  const read = () => readConfig(readConfigText(path), path);
  const write = (stored: ConfigReading['stored']) => writeConfigFile(path, withVersion(stored));
  return {
    path,
    read,
    load: () => requireValid(read(), path),
    async set(key, value) {
      const known = requireConfigKey(key);
      const checked = typeof value === 'string' ? parseTyped(known, value) : checkValue(known, value);
      if (!checked.ok) {
        throw new HarmoniError('config-invalid', checked.message, {
          fix: `Choose another value for ${known}.`,
        });
      }
      const { stored, config } = read();
      await write({ ...withVersion(stored), [known]: checked.value });
      return { key: known, value: checked.value, before: config[known] };
    },
    async profile(name) {
      const { settings } = profiles[name];
      await write({ ...read().stored, ...settings });
      return settings;
    },
    async reset(now) {
      if (!existsSync(path)) return undefined;
      const stored = readUnlessBroken(read);
      if (stored === undefined) return keepCopy(path, now, 'move');
      const copy = keepCopy(path, now, 'copy');
      await write(Object.fromEntries(Object.entries(stored).filter(([key]) => isKept(key))));
      return copy;
    },
    async renew() {
      try {
        const { stored } = read();
        if (!isOfBefore(stored)) return undefined;
        const told = renewalText(path, stored);
        return await write(stored).then(
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

const isKept = (key: string) => !isConfigKey(key) || key.startsWith('spotify_client_');

function readUnlessBroken(read: () => ConfigReading): ConfigReading['stored'] | undefined {
  try {
    return read().stored;
  } catch (error) {
    if (error instanceof HarmoniError && error.code === 'config-not-json') return undefined;
    throw error;
  }
}
