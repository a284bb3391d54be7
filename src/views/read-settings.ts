import type { ConfigReading } from '../config/read-config.ts';
import type { ConfigStore } from '../config/store.ts';
import { unknownProvider } from '../providers/providers.ts';

/** config.json with all that is wrong in it, also what the schema can't know. @throws HarmoniError config-not-json */
export function readSettings(configStore: Pick<ConfigStore, 'read'>): ConfigReading {
  const reading = configStore.read();
  const key = 'providers';
  const message = unknownProvider(key, reading.config[key]);
  return message === undefined ? reading : { ...reading, problems: [...reading.problems, { key, message }] };
}
