import { access, constants, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { asFileError, listNames } from '../system/files.ts';
import type { Session } from './session.ts';

/** Hidden, below the library, so that publishing is a rename on one disk. */
const folderName = '.harmoni';

/** The folder of one HARMONI's work files. */
export function workFolderOf(outputDir: string, instanceId: string): string {
  return join(outputDir, folderName, instanceId);
}

/**
 * Makes the library and the work folder, and removes what HARMONIs that are gone left behind.
 * @throws HarmoniError output-not-writable or disk-full
 */
export async function prepareFolders(session: Session): Promise<void> {
  const { outputDir } = session.settings;
  try {
    await mkdir(outputDir, { recursive: true });
    await access(outputDir, constants.W_OK);
    await mkdir(session.workFolder, { recursive: true });
  } catch (error) {
    const known = asFileError(error, outputDir);
    // On a read-only disk Node's recursive mkdir says ENOENT.
    throw known instanceof HarmoniError
      ? known
      : new HarmoniError('output-not-writable', `${outputDir} cannot be written.`, { cause: error });
  }
  for (const id of await listNames(join(outputDir, folderName))) {
    if (session.deps.store.instance.isAlive(id)) continue;
    await rm(join(outputDir, folderName, id), { recursive: true, force: true });
  }
}
