import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { changedAt, factsAt, isSameFile, lookAt, type AtPath } from '../system/file-facts.ts';
import { exists, listNames, readPlainFile, sha256 } from '../system/files.ts';
import { removeEmptyFolders } from '../system/trash-folder.ts';
import { hiddenFolderName, trashOf } from '../system/trash.ts';
import { finish, type ChangeStore } from './finish.ts';
import type { Run } from './runs.ts';
import { settleMove } from './settle-move.ts';
import { settleRetag } from './settle-retag.ts';
import type { Step } from './steps.ts';

/** What the disk shows of a step that was planned and not ended. */
export interface Trace {
  readonly at: AtPath;
  /** At its place in the trash. */
  readonly kept: AtPath;
  /** When the file at the path, or its name, last changed. */
  readonly changedMs: number;
  /** Of what a playlist file says. */
  readonly sha256?: string | undefined;
}

/** The clocks of some disks go in steps of so long. */
const clockStepMs = 2_000;

/**
 * Whether a step that was planned has happened. A copy has a time and an inode that nobody knew before: it is told by
 * its size, and by having come after the plan. Pure.
 */
export function hasHappened(step: Pick<Step, 'after' | 'plannedAt' | 'sha256'>, trace: Trace): boolean {
  const { after, plannedAt } = step;
  const { at, kept, changedMs } = trace;
  if (after === undefined) return at === 'nothing';
  if (step.sha256 !== undefined) return trace.sha256 === step.sha256;
  if (typeof at === 'string' || at.sizeBytes !== after.sizeBytes) return false;
  if (typeof kept !== 'string' && kept.inode === at.inode) return false;
  return at.inode === after.inode || changedMs >= plannedAt - clockStepMs;
}

/** Settles the steps of a run that nobody has ended, by what the disk shows. */
export async function settleSteps(
  store: ChangeStore,
  run: Pick<Run, 'id' | 'undoes' | 'library'>,
): Promise<void> {
  const { journal } = store;
  for (const step of journal.openSteps(run.id)) {
    if (step.kind === 'move') {
      await settleMoveStep(store, run, step);
      continue;
    }
    if (step.kind === 'adopt') {
      // It's noted in one go with its end, so it hasn't happened.
      journal.drop(step.id);
      continue;
    }
    if (step.kind === 'retag') {
      const isDone = await settleRetag(step, journal.steps(run.id));
      const now = isDone ? await factsAt(step.path) : undefined;
      if (now === undefined) journal.drop(step.id);
      else journal.together(() => finish(store, run, step, now));
      continue;
    }
    const at = await lookAt(step.path);
    const kept = step.kept === undefined ? 'nothing' : await lookAt(step.kept);
    const text = step.sha256 === undefined ? undefined : await readPlainFile(step.path);
    const trace = { at, kept, changedMs: await changedAt(step.path) };
    if (hasHappened(step, { ...trace, sha256: text === undefined ? undefined : sha256(text) })) {
      journal.together(() => finish(store, run, step, typeof at === 'string' ? undefined : at));
      if (run.undoes !== undefined) await removeSource(store, run.undoes, step.path);
      continue;
    }
    // Its name in the trash was made, and the file is still in its place.
    if (step.kept !== undefined) await removeName(step.kept, step.path);
    journal.drop(step.id);
  }
}

async function settleMoveStep(
  store: ChangeStore,
  run: Pick<Run, 'id' | 'undoes' | 'library'>,
  step: Step,
): Promise<void> {
  const { path, from = path, after, plannedAt } = step;
  const isMoved = async (at: AtPath): Promise<boolean> =>
    hasHappened({ after, plannedAt }, { at, kept: 'nothing', changedMs: await changedAt(path) });
  if (!(await settleMove({ from, path, isMoved }))) {
    store.journal.drop(step.id);
    await removeEmptyFolders(dirname(path), run.library);
    return;
  }
  const now = await factsAt(path);
  store.journal.together(() => finish(store, run, step, now));
  await removeEmptyFolders(dirname(from), run.library);
}

/** A file that came back from the trash by a link has its name there until that is removed. */
async function removeSource({ journal }: ChangeStore, run: number, path: string): Promise<void> {
  for (const { kept } of journal.steps(run, path)) if (kept !== undefined) await removeName(kept, path);
}

async function removeName(kept: string, path: string): Promise<void> {
  if (await isSameFile(kept, path)) await rm(kept);
}

/** Ends the runs of HARMONIs that are gone. Those whose library is not there wait for it. */
export async function settleLost(store: ChangeStore): Promise<void> {
  const { journal } = store;
  for (const { id, library, undoes } of journal.lost()) {
    if (!(await isLibraryThere(library)) || !journal.adopt(id)) continue;
    try {
      await settleSteps(store, { id, undoes, library });
      journal.end(id);
    } catch (error) {
      // A disk that can't be written keeps nobody from working elsewhere: its run waits for the next HARMONI.
      if (error instanceof HarmoniError) throw error;
    }
  }
}

/** For what would take every song for deleted. @throws HarmoniError library-missing */
export async function requireLibrary(library: string): Promise<void> {
  if (await isLibraryThere(library)) return;
  throw new HarmoniError('library-missing', `${library} is empty or missing.`);
}

/** Whether a library is there: an empty folder is where its disk should be mounted. */
export async function isLibraryThere(library: string): Promise<boolean> {
  const names = await listNames(library);
  return names.some((name) => name !== hiddenFolderName) || exists(trashOf(library));
}
