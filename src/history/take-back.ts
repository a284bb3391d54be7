import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../system/clock.ts';
import { asFileError } from '../system/file-errors.ts';
import { lookAt, mustLookAt, type AtPath, type FileFacts } from '../system/file-facts.ts';
import { publishFile, readPlainFile, replaceFile, sha256, writeFileAtomic } from '../system/files.ts';
import { removeEmptyFolders } from '../system/trash-folder.ts';
import { keepInTrash } from '../system/trash.ts';
import type { Ahead, Place } from './ahead.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';
import { moveInLibrary } from './move-in-library.ts';
import { takeBackRetag } from './take-back-retag.ts';
import { entryOf, trashFile } from './trash-file.ts';
import { saying } from './write-playlist.ts';
import { wayBack, type Change, type WayBack } from './way-back.ts';

export interface TakeBackParts {
  /** Of a run that undoes the one with the change. */
  readonly changes: Changes;
  readonly store: ChangeStore;
  readonly clock: Pick<Clock, 'now'>;
  /** The other names of a retagged file, which was one with its links. */
  readonly otherNames?: (change: Change) => readonly string[];
}

/**
 * Looks at the disk, and says how a change is taken back.
 * @param ahead where other changes are taken back before it
 */
export async function lookForWayBack(change: Change, ahead?: Pick<Ahead, 'at'>): Promise<WayBack> {
  const at = await lookAtChange(change, ahead === undefined ? change.path : ahead.at(change.path));
  const { from, kept } = change;
  const other = from === undefined ? kept : (ahead?.at(from) ?? (ahead === undefined ? from : undefined));
  if (typeof other === 'object') return wayBack(change, at, 'no file');
  return wayBack(change, at, other === undefined ? 'nothing' : await lookAt(other));
}

/** A playlist file is as it was when it says the same, whatever its time. */
async function lookAtChange({ sha256: said, after, isPlaylist }: Change, place: Place): Promise<AtPath> {
  // What a song says is read only when it is taken back.
  const then = isPlaylist ? said : undefined;
  if (place === undefined) return 'nothing';
  if (typeof place === 'object' && 'sizeBytes' in place) return place;
  if (typeof place === 'object')
    return after === undefined ? 'no file' : asSaid(after, place.sha256 === then);
  const found = await lookAt(place);
  if (then === undefined || after === undefined || typeof found === 'string') return found;
  const text = await readPlainFile(place);
  return asSaid(after, text !== undefined && sha256(text) === then);
}

const asSaid = (after: FileFacts, isSame: boolean): FileFacts =>
  isSame ? after : { ...after, sizeBytes: -1 };

/**
 * Takes one change back, as a step of its own, if it is still possible. Returns how, or why not, and where in the trash a
 * file is then.
 * @throws HarmoniError output-not-writable or disk-full; what the journal throws
 */
export async function takeBack(
  parts: TakeBackParts,
  change: Change,
): Promise<WayBack & Pick<Change, 'kept'>> {
  const found = await lookForWayBack(change);
  const { path, kept = '' } = change;
  const { library } = parts.changes.run;
  if (found.way === 'trash') {
    const lies = await trashFile(parts, path);
    if (lies === undefined) return { obstacle: 'gone' };
    await removeEmptyFolders(dirname(path), library);
    return { ...found, kept: lies };
  } else if (found.way === 'restore') {
    const step = { kind: 'restore', path, after: await mustLookAt(kept) } as const;
    if (!(await parts.changes.make(step, () => publishFile(kept, path)))) return { obstacle: 'taken' };
    await removeEmptyFolders(dirname(kept), library);
  } else if (found.way === 'move') {
    const what = change.isPlaylist ? 'playlist' : 'other';
    const isBack = await moveInLibrary(parts.changes, path, change.from ?? path, what);
    if (!isBack) return { obstacle: 'taken' };
  } else if (found.way === 'retag') {
    return takeBackRetag(parts, change, parts.otherNames?.(change) ?? []);
  } else if (found.way === 'disown') {
    const { after, entry } = change;
    await parts.changes.make({ kind: 'adopt', path, after, entry }, async () => true);
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
