import { signInKinds } from '../auth/method-kinds.ts';
import type { ConfigReading } from '../config/read-config.ts';
import type { ConfigKey } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import { unknownProvider } from '../providers/providers.ts';

/** config.json with all that is wrong in it, also what the schema can't know. @throws HarmoniError config-not-json */
export function readSettings(configStore: Pick<ConfigStore, 'read'>): ConfigReading {
  const reading = configStore.read();
  const keys: readonly ConfigKey[] = ['providers', 'spotify_sign_in_method'];
  const unknown = keys.flatMap((key) => {
    const message = unknownName(key, reading.config[key]);
    return message === undefined ? [] : [{ key, message }];
  });
  return { ...reading, problems: [...reading.problems, ...unknown] };
}

/** What is wrong with a setting that names providers or a way to sign in, which the schema doesn't know. Pure. */
export function unknownName(key: string, value: unknown): string | undefined {
  if (key !== 'spotify_sign_in_method') return unknownProvider(key, value);
  if (signInKinds.some((kind) => kind === value) || typeof value !== 'string') return undefined;
  return `spotify_sign_in_method can't be ${JSON.stringify(value)}. It takes ${signInKinds.join(', ')}.`;
}
