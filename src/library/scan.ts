import { stat } from 'node:fs/promises';
import type { FileIndex, FileStamp } from '../history/file-index.ts';
import { examineFile, type Examined } from '../downloads/examine-file.ts';
import { isBelow } from '../system/files.ts';
import { atOnce } from '../system/at-once.ts';
import { holdAdopted, lookAtAdopted } from './adopted-files.ts';
import { findMoves, isSame, withPast } from './past.ts';
import { walkAudio, type DeadLink, type Walk } from './walk.ts';

/** Files that are looked at at the same time: what Node's four threads for files keep busy with. */
export const filesAtOnce = 8;
/** Files that are looked at before the index hears of them. A scan that is killed has lost no more. */
const filesPerWrite = 256;

export interface ScanResult {
  readonly files: number;
  /** New or changed since the last scan. */
  readonly read: number;
  /** In the index, and gone from the disk. */
  readonly gone: number;
  /** Links that lead nowhere. */
  readonly deadLinks: readonly DeadLink[];
  /** Songs and folders with names that are not UTF-8. */
  readonly unopenable: readonly string[];
  /** Folders that couldn't be read, and dead links. */
  readonly unread: readonly string[];
}

interface ScanOptions {
  readonly signal: AbortSignal;
  /** The trash, which may lie in the library: what is in it was put away. */
  readonly trash?: string;
  /** What else is left out. */
  readonly except?: readonly string[];
  /** It's no library of HARMONI's: what is new in it is the user's own, whatever its tags say. */
  readonly isElsewhere?: boolean;
  readonly onProgress?: (read: number) => void;
}

/** A file of the library as it is now. */
interface Seen {
  readonly path: string;
  readonly stamp: FileStamp;
}

/**
 * Brings the index up to date with the library: files that are new or changed are read, one that was moved keeps what is
 * known of it, those that are gone are forgotten. An unchanged file costs one stat. Hidden folders are left out.
 * @throws the signal's reason
 */
export async function scanLibrary(
  root: string,
  index: FileIndex,
  { signal, trash, except = [], isElsewhere = false, onProgress }: ScanOptions,
): Promise<ScanResult> {
  const known = index.stampsBelow(root);
  // What isn't looked at is not gone.
  for (const path of known.keys()) if (except.some((folder) => isBelow(path, folder))) known.delete(path);
  const moves = findMoves(known);
  const walk = walkAudio(root, signal, trash === undefined ? except : [trash, ...except]);
  let files = 0;
  let read = 0;
  for await (const paths of inParts(walk.folders)) {
    const toRead: Seen[] = [];
    const otherInode: Seen[] = [];
    for (const seen of await look(paths, signal)) {
      files += 1;
      const before = known.get(seen.path);
      known.delete(seen.path);
      const moved = before === undefined ? await moves.take(seen.stamp) : undefined;
      if (moved !== undefined) {
        index.move(moved.path, seen.path);
        known.delete(moved.path);
      }
      const last = before ?? moved;
      if (last?.examined !== true || !isSame(last, seen.stamp)) toRead.push(seen);
      else if (last.inode !== seen.stamp.inode) otherInode.push(seen);
    }
    if (otherInode.length > 0)
      index.together(() => {
        for (const { path, stamp } of otherInode) index.setInode(path, stamp.inode ?? '');
      });
    if (toRead.length === 0) continue;
    const found = await atOnce(toRead, filesAtOnce, async ({ path, stamp }): Promise<Examined> => {
      signal.throwIfAborted();
      const last = index.get(path);
      const before = last === undefined ? undefined : { ...last, keys: index.keysOf(path) };
      const examined = await examineFile(path, stamp, before);
      read += 1;
      onProgress?.(read);
      await holdAdopted(index, examined.file);
      const found = await withPast(index, examined, before, known);
      const isOwn = isElsewhere && before?.downloaded !== true;
      return isOwn ? { ...found, file: { ...found.file, downloaded: false } } : found;
    });
    index.together(() => {
      for (const { file, keys, facts } of found) index.put(file, keys, facts);
    });
  }
  // A folder that cannot be read (a disk that is not mounted) says nothing about its files.
  const gone = [...known.keys()].filter((path) => !walk.unread.some((folder) => path.startsWith(folder)));
  if (gone.length > 0)
    index.together(() => {
      for (const path of gone) index.remove(path);
    });
  await lookAtAdopted(root, index, signal);
  const { deadLinks, unopenable, unread } = walk;
  return { files, read, gone: gone.length, deadLinks, unopenable, unread };
}

/** The files of many small folders together, so that enough can be looked at at the same time. */
async function* inParts(folders: Walk['folders']): AsyncGenerator<readonly string[]> {
  let waiting: string[] = [];
  for await (const paths of folders) {
    waiting = waiting.concat(paths);
    while (waiting.length >= filesPerWrite) yield waiting.splice(0, filesPerWrite);
  }
  yield waiting;
}

/** Files as they are now. One may go while its folder is being read. */
async function look(paths: readonly string[], signal: AbortSignal): Promise<readonly Seen[]> {
  const seen = await atOnce(paths, filesAtOnce, async (path): Promise<Seen | undefined> => {
    signal.throwIfAborted();
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined) return undefined;
    const { size: sizeBytes, mtimeMs, ino } = facts;
    return { path, stamp: { sizeBytes, modifiedMs: Math.round(mtimeMs), inode: String(ino) } };
  });
  return seen.filter((one) => one !== undefined);
}
