import { access, constants, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { asFileError } from '../system/file-errors.ts';
import { isOwnFolder, listNames, removeFolder } from '../system/files.ts';
import { tryLock, type HeldLock, type Instance } from '../system/lock.ts';
import { makeFolder } from '../system/make-folder.ts';
import { hiddenFolderName } from '../system/trash.ts';
import type { JobParts } from './job-parts.ts';

/** The folder of one HARMONI's work files: below the library, so that publishing is a rename on one disk. */
export function workFolderOf(outputDir: string, instanceId: string): string {
  return join(outputDir, hiddenFolderName, instanceId);
}

/** In each work folder, held while its HARMONI works: one with another data folder can only tell by this. */
const lockName = 'lock';

type FolderParts = Pick<JobParts, 'workFolder'> & {
  readonly settings: Pick<JobParts['settings'], 'outputDir'>;
  readonly store: Pick<JobParts['store'], 'instance'>;
};

/**
 * Does what has work files, and leaves none behind.
 * @throws HarmoniError output-not-writable or disk-full; what `work` throws
 */
export async function inWorkFolder<Result>(parts: FolderParts, work: () => Promise<Result>): Promise<Result> {
  const lock = await prepareFolders(parts);
  try {
    return await work();
  } finally {
    lock?.release();
    await removeFolder(parts.workFolder).catch(() => undefined);
  }
}

/**
 * Makes the library and the work folder, and removes what HARMONIs that are gone left behind. The lock is to be released
 * before the work folder is removed.
 * @throws HarmoniError output-not-writable or disk-full
 */
export async function prepareFolders(parts: FolderParts): Promise<HeldLock | undefined> {
  const { outputDir } = parts.settings;
  try {
    await makeFolder(outputDir);
    await access(outputDir, constants.W_OK);
    await makeFolder(parts.workFolder);
  } catch (error) {
    const known = asFileError(error, outputDir);
    // ENOENT: an automounter's folder whose share is away.
    throw known instanceof HarmoniError
      ? known
      : new HarmoniError('output-not-writable', `${outputDir} can't be written.`, { cause: error });
  }
  const own = lockOf(parts.workFolder);
  for (const folder of await deadWorkFolders(outputDir, parts.store.instance)) {
    await rm(folder, { recursive: true, force: true });
  }
  return own;
}

/** Work folders in a library whose HARMONIs are gone; absolute. */
export async function deadWorkFolders(
  library: string,
  { isAlive }: Pick<Instance, 'isAlive'>,
): Promise<readonly string[]> {
  const dead: string[] = [];
  for (const id of await listNames(join(library, hiddenFolderName))) {
    if (!instanceIds.test(id) || isAlive(id)) continue;
    const folder = workFolderOf(library, id);
    // What a link leads to is the user's, whatever it is called.
    if (!(await isOwnFolder(folder))) continue;
    const lock = lockOf(folder);
    if (lock === undefined) continue;
    lock.release();
    dead.push(folder);
  }
  return dead;
}

/** How HARMONIs are called (system/lock.ts): what is called otherwise is no work folder, and stays. */
const instanceIds = /^[0-9a-f]{16}$/;

/** Undefined when somebody holds it, and on a disk that knows no locks: nobody's folder is swept there. */
function lockOf(workFolder: string): HeldLock | undefined {
  try {
    return tryLock(join(workFolder, lockName));
  } catch {
    return undefined;
  }
}
