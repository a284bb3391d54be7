import { copyFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepCopy } from '../../config/config-file.ts';
import { HarmoniError } from '../../errors.ts';
import type { RestoredFile } from '../../history/put-restored.ts';
import { holdData, type HeldData } from '../../history/restore-journal.ts';
import { asFileError } from '../../system/file-errors.ts';
import { exists } from '../../system/files.ts';
import { createBackup, type Created } from './create.ts';
import { asSaved } from './places.ts';
import { sha256OfFile } from './read.ts';
import type { RestoreParts, RestorePlan, RestoreStep } from './restore-plan.ts';

export interface Restored {
  readonly steps: readonly RestoreStep[];
  /** The backup of what was there before. */
  readonly saved: Created;
}

/**
 * Restores a backup as planned, after a backup of what is there now. This process must not have the store open. From one
 * moment on a kill leaves what the next start finishes, and before that nothing has happened.
 * @throws HarmoniError store-busy, backup-broken, disk-full or output-not-writable
 */
export async function restore(parts: RestoreParts, plan: RestorePlan): Promise<Restored> {
  const held = holdData(parts.places.data);
  try {
    const saved = await saveNow(parts, plan);
    const steps: CheckedStep[] = [];
    for (const step of plan.steps) steps.push(await checkSaved(step, saved, parts.places.data));
    const left = new Map(
      held.commit(await stageAll(steps, plan, held)).map(({ to, reason }) => [to, reason]),
    );
    const done = steps.map((step): RestoreStep => {
      const reason = left.get(step.to);
      return reason === undefined ? step : { ...step, action: 'leave', reason };
    });
    return { steps: done, saved };
  } catch (error) {
    throw asFileError(error, held.folder);
  } finally {
    held.release();
  }
}

/** What is there now, and whatever is about to be replaced. */
async function saveNow(parts: RestoreParts, { steps }: RestorePlan): Promise<Created> {
  const { places, stored, clock } = parts;
  if (stored === undefined && (await exists(places.config))) {
    // It can't be read, so it can't be known what in it is a secret.
    keepCopy(places.config, new Date(clock.now()), 'copy');
  }
  const also = steps.flatMap(({ file, to, action }) =>
    action === 'replace' && (file.kind === 'input' || file.kind === 'playlist') ? [to] : [],
  );
  const options = {
    reason: 'before-restore',
    withSecrets: false,
    evenIfBroken: true,
    mostBackups: 0,
  } as const;
  return createBackup(parts, { ...options, also });
}

/** A step, and the SHA-256 of what is there; null where nothing is. */
type CheckedStep = RestoreStep & Pick<RestoredFile, 'was'>;

/** A file of the user's is replaced only if it is in the backup of what is there now. */
async function checkSaved(step: RestoreStep, { backup }: Created, data: string): Promise<CheckedStep> {
  const { file, to, action } = step;
  if (file.kind === 'store' || action === 'same' || action === 'leave') return step;
  const now = (await exists(to)) ? await sha256OfFile(to).catch(() => '') : null;
  if (file.kind === 'config' && now !== step.was)
    return { ...step, action: 'leave', reason: 'it changed meanwhile' };
  if (file.kind === 'config' || now === null) return { ...step, was: now };
  const name = asSaved(to, data);
  const isSaved = backup.manifest?.files.some((one) => one.to === name && one.sha256 === now) === true;
  return isSaved
    ? { ...step, was: now }
    : { ...step, action: 'leave', reason: "what's there now couldn't be saved first" };
}

async function stageAll(
  steps: readonly CheckedStep[],
  { backup, settings }: RestorePlan,
  { folder }: HeldData,
): Promise<readonly RestoredFile[]> {
  const staged: RestoredFile[] = [];
  for (const { file, to, action, was } of steps) {
    if (action === 'same' || action === 'leave') continue;
    const name = String(staged.length);
    const path = join(folder, name);
    if (file.kind === 'config') {
      await writeFile(path, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
    } else {
      await copyFile(join(backup.path, ...file.path.split('/')), path);
      if ((await sha256OfFile(path)) !== file.sha256) {
        throw new HarmoniError('backup-broken', `${file.path} in ${backup.name} changed meanwhile.`);
      }
    }
    await sync(path);
    const kind = file.kind === 'store' || file.kind === 'config' ? file.kind : 'other';
    staged.push({ staged: name, to, kind, mode: kind === 'config' ? 0o600 : 0o644, was });
  }
  return staged;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
