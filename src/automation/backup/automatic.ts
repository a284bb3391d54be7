import { existsSync } from 'node:fs';
import type { Config } from '../../config/schema.ts';
import type { ConfigStore } from '../../config/store.ts';
import { toHarmoniError } from '../../errors.ts';
import type { Clock } from '../../system/clock.ts';
import { listNames } from '../../system/files.ts';
import { createBackup } from './create.ts';
import type { InputSettings } from './inputs.ts';
import { timeOfName } from './manifest.ts';
import { backupsIn } from './places.ts';

export interface AutomaticParts {
  readonly paths: { readonly data: string; readonly config: string };
  readonly configStore: Pick<ConfigStore, 'read'>;
  readonly config: InputSettings & Pick<Config, 'auto_backup' | 'max_backups'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly progress: { print(text: string, tone: 'warn'): void };
}

const dayMs = 24 * 3_600_000;

/**
 * Makes the backup of the day where `auto_backup` wants one and none was made for so long. That it can't be made is told,
 * and is no failure of what was done before.
 */
export async function backUpIfDue(parts: AutomaticParts): Promise<void> {
  const { config, paths, clock } = parts;
  if (!config.auto_backup) return;
  const nowMs = clock.now();
  const made = (await listNames(backupsIn(paths.data))).flatMap((name) => timeOfName(name) ?? []);
  // One of the future was made under a clock that was wrong.
  if (made.some((atMs) => atMs <= nowMs && nowMs - atMs < dayMs)) return;
  try {
    const stored = existsSync(paths.config) ? parts.configStore.read().stored : undefined;
    const places = { data: paths.data, config: paths.config };
    const options = { reason: 'automatic', withSecrets: false, mostBackups: config.max_backups } as const;
    await createBackup({ places, stored, inputs: config, clock }, options);
  } catch (error) {
    const { message } = toHarmoniError(error);
    parts.progress.print(`Today's backup couldn't be made: ${message}`, 'warn');
  }
}
