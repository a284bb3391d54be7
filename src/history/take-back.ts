import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../system/clock.ts';
import { asFileError } from '../system/file-errors.ts';
import { lookAt, mustLookAt, type AtPath } from '../system/file-facts.ts';
import { publishFile, readPlainFile, replaceFile, sha256, writeFileAtomic } from '../system/files.ts';
import { removeEmptyFolders } from '../system/trash-folder.ts';
import { keepInTrash } from '../system/trash.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';
import { entryOf, trashFile } from './trash-file.ts';
import { saying } from './write-playlist.ts';
import { wayBack, type Change, type WayBack } from './way-back.ts';

export interface TakeBackParts {
  /** Of a run that undoes the one with the change. */
  readonly changes: Changes;
  readonly store: ChangeStore;
  readonly clock: Pick<Clock, 'now'>;
}

/** Looks at the disk, and says how a change is taken back. */
export async function lookForWayBack(change: Change): Promise<WayBack> {
  const inTrash = change.kept === undefined ? 'nothing' : await lookAt(change.kept);
  return wayBack(change, await lookAtChange(change), inTrash);
}

/** A playlist file is as it was when it says the same, whatever its time. */
async function lookAtChange({ path, sha256: then, after }: Change): Promise<AtPath> {
  const found = await lookAt(path);
  if (then === undefined || after === undefined || typeof found === 'string') return found;
  const text = await readPlainFile(path);
  return text !== undefined && sha256(text) === then ? after : { ...after, sizeBytes: -1 };
}

/**
 * Takes one change back, as a step of its own, if it is still possible. Returns how, or why not.
 * @throws HarmoniError output-not-writable or disk-full; what the journal throws
 */
export async function takeBack(parts: TakeBackParts, change: Change): Promise<WayBack> {
  const found = await lookForWayBack(change);
  const { path, kept = '' } = change;
  const { library } = parts.changes.run;
  if (found.way === 'trash') {
    if ((await trashFile(parts, path)) === undefined) return { obstacle: 'gone' };
    await removeEmptyFolders(dirname(path), library);
  } else if (found.way === 'restore') {
    const step = { kind: 'restore', path, after: await mustLookAt(kept) } as const;
    if (!(await parts.changes.make(step, () => publishFile(kept, path)))) return { obstacle: 'taken' };
    await removeEmptyFolders(dirname(kept), library);
  } else if (found.way === 'swap') {
    await swap(parts, change, kept);
    await removeEmptyFolders(dirname(kept), library);
  } else if (found.way !== undefined) await rewrite(parts, change);
  return found;
}

/** The path is never without a file. */
async function swap({ changes, store, clock }: TakeBackParts, { path }: Change, kept: string): Promise<void> {
  const place = { library: changes.run.library, nowMs: clock.now() };
  const after = await mustLookAt(kept);
  const entry = entryOf(store, path);
  const current = await keepInTrash(path, place);
  await changes.make({ kind: 'replace', path, kept: current, after, entry }, async () => {
    await replaceFile(kept, path);
    return true;
  });
}

async function rewrite({ changes }: TakeBackParts, { path, content, after }: Change): Promise<void> {
  const current = after === undefined ? undefined : await readFile(path);
  const next = content === undefined ? {} : saying(content);
  await changes.make({ kind: 'playlist', path, content: current, ...next }, async () => {
    if (content !== undefined) await writeFileAtomic(path, content);
    else {
      await rm(path).catch((error: unknown) => {
        throw asFileError(error, path);
      });
    }
    return true;
  });
  if (content === undefined) await removeEmptyFolders(dirname(path), changes.run.library);
}
