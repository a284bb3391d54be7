import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { factsAt, isOneEntry, lookAt, type AtPath } from '../system/file-facts.ts';
import { exists, listNames, publishFile } from '../system/files.ts';
import { isSameContent, wayPoint } from '../system/move-file.ts';

/** A planned move, and what tells whether it happened. */
export interface OpenMove {
  readonly from: string;
  readonly path: string;
  /** Whether what is at the path can be the file. */
  readonly isMoved: (at: AtPath) => Promise<boolean>;
}

/**
 * Brings a move that was killed to one of its ends, by what the disk shows: the file has its old path, or the new one.
 * Returns whether it's the new one.
 */
export async function settleMove({ from, path, isMoved }: OpenMove): Promise<boolean> {
  const via = wayPoint(from, path);
  // In the middle of a change of upper and lower case.
  if ((await factsAt(via)) !== undefined && !(await exists(from)) && !(await publishFile(via, path))) {
    await publishFile(via, from);
  }
  if (await isOneEntry(from, path)) return (await listNames(dirname(path))).includes(basename(path));
  if (!(await isMoved(await lookAt(path)))) return false;
  if (!(await exists(from))) return true;
  // It has both: what is there now may be the user's.
  if ((await factsAt(from)) === undefined || !(await isSameContent(from, path))) return false;
  return rm(from).then(
    () => true,
    async () => {
      await rm(path);
      return false;
    },
  );
}
