import { existsSync } from 'node:fs';
import { createBackup, type CreateParts, type Created } from '../automation/backup/create.ts';
import { usualInputs, type InputSettings } from '../automation/backup/inputs.ts';
import type { Reason } from '../automation/backup/manifest.ts';
import { backupsIn } from '../automation/backup/places.ts';
import { findBackup, listBackups, type Backup } from '../automation/backup/read.ts';
import { restore } from '../automation/backup/restore.ts';
import { planRestore } from '../automation/backup/restore-plan.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import { HarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import type { Output } from '../ui/output.ts';
import type { Prompter } from '../ui/prompter.ts';
import {
  backupRow,
  createdLines,
  planDocument,
  planLines,
  restoredLines,
  stepsDocument,
} from './backup-text.ts';

export interface BackupParts {
  readonly paths: { readonly data: string; readonly config: string };
  readonly configStore: Pick<ConfigStore, 'read'>;
  readonly config: InputSettings & Pick<Config, 'max_backups' | 'auto_backup'>;
  readonly readSettings: (stored: Readonly<Record<string, unknown>>) => InputSettings | undefined;
  readonly clock: { now(): number };
  readonly output: Pick<Output, 'say' | 'lines' | 'document'>;
  readonly prompter: Pick<Prompter, 'confirm'>;
  readonly store: Store;
  readonly closeStore: () => void;
}

/** Makes a backup and tells about it. @throws as `createBackup` does */
export async function backUp(
  parts: BackupParts,
  options: { readonly reason: Reason; readonly withSecrets: boolean },
): Promise<Created> {
  const { settings, ...rest } = createPartsOf(parts);
  const created = await createBackup(rest, { ...options, mostBackups: settings?.max_backups ?? 0 });
  parts.output.lines(
    createdLines(created, {
      hasNoSettings: rest.stored === undefined && existsSync(parts.paths.config),
      withSecrets: options.withSecrets,
    }),
  );
  return created;
}

/** All backups as lines, the newest first. */
export async function showBackups({ paths, output, clock }: BackupParts): Promise<readonly Backup[]> {
  const folder = backupsIn(paths.data);
  const backups = await listBackups(folder, 'manifest');
  if (backups.length === 0) output.say('No backups yet. To make one, run harmoni backup create');
  else
    output.lines([
      ...backups.map((one) => backupRow(one, clock.now())),
      { text: `Backups are in ${folder}` },
    ]);
  return backups;
}

/** Reads all of one backup, or of every one, and says what is broken. */
export async function verifyBackups(
  { paths, output }: BackupParts,
  name: string | undefined,
): Promise<readonly Backup[]> {
  const folder = backupsIn(paths.data);
  const backups = name === undefined ? await listBackups(folder, 'all') : [await findBackup(folder, name)];
  if (backups.length === 0) output.say('No backups yet.');
  output.lines(
    backups.map(({ name: one, faults }) =>
      faults.length === 0
        ? { text: `ok     ${one}`, tone: 'ok' }
        : { text: `error  ${one}: ${faults.join(', ')}`, tone: 'fail' },
    ),
  );
  return backups;
}

/**
 * Shows what restoring a backup would change, asks, and does it. Returns the document of what was done; undefined without
 * a yes.
 * @throws HarmoniError usage, backup-broken, store-busy, disk-full or output-not-writable
 */
export async function restoreBackup(
  parts: BackupParts,
  name: string,
  options: { readonly yes: boolean; readonly dryRun: boolean },
): Promise<object | undefined> {
  const { paths, output } = parts;
  const rest = createPartsOf(parts);
  const restoreParts = { ...rest, inputsOf: parts.readSettings };
  const plan = await planRestore(restoreParts, await findBackup(backupsIn(paths.data), name));
  output.lines(planLines(plan, rest.stored, parts.clock.now()));
  if (options.dryRun) return planDocument(plan, false, undefined);
  const question = {
    message: 'Restore this backup?',
    default: false,
    help: "What's there now is backed up first. Your songs aren't touched, and you stay signed in.",
  };
  if (!options.yes && (await parts.prompter.confirm(question)) !== true) return undefined;
  parts.closeStore();
  const restored = await restore(restoreParts, plan);
  // Of an older version it is brought up to date now, and not in the middle of the next command.
  parts.store.journal.lost();
  output.lines(restoredLines(restored));
  return { ...planDocument(plan, true, restored.saved.backup.name), files: stepsDocument(restored.steps) };
}

/** @returns also the settings, where they can be understood */
function createPartsOf(
  parts: BackupParts,
): CreateParts & { readonly settings: BackupParts['config'] | undefined } {
  const { paths, clock } = parts;
  const settings = unlessBroken(() => parts.config);
  return {
    places: paths,
    stored: existsSync(paths.config) ? unlessBroken(() => parts.configStore.read().stored) : undefined,
    inputs: settings ?? usualInputs(paths.data),
    clock,
    settings,
  };
}

function unlessBroken<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof HarmoniError) return undefined;
    throw error;
  }
}
