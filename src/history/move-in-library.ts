import { dirname } from 'node:path';
import { factsAt } from '../system/file-facts.ts';
import { readPlainFile, sha256 } from '../system/files.ts';
import { moveFile } from '../system/move-file.ts';
import { removeEmptyFolders } from '../system/trash-folder.ts';
import type { Changes } from './changes.ts';

/**
 * Moves a file of the run's library to another path there, as a step of the run; whatever knows its path follows. A folder
 * that is empty then is removed. Returns false, and moves nothing, when the new path is taken, or when there is no file or
 * a link at the old one.
 * @throws HarmoniError output-not-writable, disk-full or file-gone; what the journal throws
 */
export async function moveInLibrary(
  changes: Changes,
  from: string,
  path: string,
  kind: 'playlist' | 'other' = 'other',
): Promise<boolean> {
  const after = await factsAt(from);
  if (after === undefined) return false;
  // A playlist file is told by what it says: its time is another one when it was written anew.
  const text = kind === 'playlist' ? await readPlainFile(from) : undefined;
  const says = text === undefined ? {} : { sha256: sha256(text) };
  const isMoved = await changes.make({ kind: 'move', path, from, after, ...says }, () =>
    moveFile(from, path),
  );
  if (isMoved) await removeEmptyFolders(dirname(from), changes.run.library);
  return isMoved;
}
