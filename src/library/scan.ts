import { lstat, stat } from 'node:fs/promises';
import type { FileIndex, StoredFile } from '../history/file-index.ts';
import { examineFile } from '../downloads/examine-file.ts';
import { walkAudio, type DeadLink } from './walk.ts';

/** Files that are looked at at the same time. */
export const filesAtOnce = 8;

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
}

/**
 * Brings the index up to date with the library: files that are new or changed are read, one that was moved keeps what is
 * known of it, those that are gone are forgotten. An unchanged file costs one stat. Hidden folders are left out.
 * @param options.trash the trash, which may lie in the library: what is in it was put away
 * @throws the signal's reason
 */
export async function scanLibrary(
  root: string,
  index: FileIndex,
  options: { signal: AbortSignal; trash?: string; onProgress?: (read: number) => void },
): Promise<ScanResult> {
  const known = new Map(index.filesBelow(root).map((file) => [file.path, file]));
  const byStamp = Map.groupBy(known.values(), stampOf);
  const walk = walkAudio(root, options.signal, options.trash);
  let files = 0;
  let read = 0;
  for await (const path of walk.paths) {
    // It may go while the folder is being read.
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined) continue;
    options.signal.throwIfAborted();
    files += 1;
    const stamp = { sizeBytes: facts.size, modifiedMs: Math.round(facts.mtimeMs) };
    const before = known.get(path);
    known.delete(path);
    if (before?.examined === true && stampOf(before) === stampOf(stamp)) continue;
    const moved = before === undefined ? await movedFrom(byStamp.get(stampOf(stamp))) : undefined;
    if (moved !== undefined) {
      // A second file that is like it (a link) is new.
      byStamp.delete(stampOf(stamp));
      index.move(moved.path, path);
      known.delete(moved.path);
      if (moved.examined) continue;
    }
    const last = before ?? moved;
    const { file, keys } = await examineFile(
      path,
      stamp,
      last === undefined ? undefined : { ...last, keys: index.keysOf(path) },
    );
    index.put(file, keys);
    read += 1;
    options.onProgress?.(read);
  }
  // A folder that cannot be read (a disk that is not mounted) says nothing about its files.
  const gone = [...known.keys()].filter((path) => !walk.unread.some((folder) => path.startsWith(folder)));
  for (const path of gone) index.remove(path);
  return { files, read, gone: gone.length, deadLinks: walk.deadLinks, unopenable: walk.unopenable };
}

function stampOf({ sizeBytes, modifiedMs }: Pick<StoredFile, 'sizeBytes' | 'modifiedMs'>): string {
  return `${sizeBytes} ${modifiedMs}`;
}

/** The one file with this size and time that is not where it was. */
async function movedFrom(alike: readonly StoredFile[] = []): Promise<StoredFile | undefined> {
  const [file, another] = alike;
  if (file === undefined || another !== undefined) return undefined;
  return lstat(file.path).then(
    () => undefined,
    () => file,
  );
}
