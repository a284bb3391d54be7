import { HarmoniError } from '../errors.ts';
import { configKeys } from './fields.ts';
import type { Config, ConfigKey } from './schema.ts';

/** What somebody did to config.json with an editor or another HARMONI. */
export type ConfigEdit =
  /** It can't be used as it is. */
  | { readonly kind: 'wrong'; readonly error: HarmoniError }
  /** It could not be used, and now can. */
  | { readonly kind: 'right' }
  | { readonly kind: 'changed'; readonly keys: readonly ConfigKey[]; readonly config: Config };

export interface EditWatch {
  look(): ConfigEdit | undefined;
  /** What was written here is no news. */
  isOurs(text: string): void;
}

/** Compares the file with what it said at the last look. @param load @throws HarmoniError for what is wrong */
export function createEditWatch(readText: () => string | undefined, load: () => Config): EditWatch {
  let seen: { readonly text: string | undefined; readonly config: Config | undefined } | undefined;

  const take = (text: string | undefined): HarmoniError | undefined => {
    try {
      seen = { text, config: load() };
      return undefined;
    } catch (error) {
      if (!(error instanceof HarmoniError)) throw error;
      seen = { text, config: undefined };
      return error;
    }
  };
  return {
    look() {
      const before = seen;
      const text = readText();
      if (before !== undefined && before.text === text) return undefined;
      const error = take(text);
      if (error !== undefined) return { kind: 'wrong', error };
      const config = seen?.config;
      if (before === undefined || config === undefined) return undefined;
      const was = before.config;
      if (was === undefined) return { kind: 'right' };
      const keys = configKeys.filter((key) => JSON.stringify(was[key]) !== JSON.stringify(config[key]));
      return keys.length === 0 ? undefined : { kind: 'changed', keys, config };
    },
    isOurs(text) {
      // What somebody edited in the same moment, unless it's in here, is seen at the next look.
      if (seen !== undefined) take(text);
    },
  };
}
