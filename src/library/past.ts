import { lstat } from 'node:fs/promises';
import type { Examined } from '../downloads/examine-file.ts';
import type { FileIndex, FileStamp, IndexedFile, StoredStamp } from '../history/file-index.ts';
import { isNameKey } from '../tracks/identity.ts';
import { isSameMedia } from '../tracks/media.ts';

/** Which file of the index a file is, wherever it lies now and whatever its tags say. */

/** Whether a file is as it was. Its inode is another one where the disk is. Pure. */
export function isSame(one: FileStamp, other: FileStamp): boolean {
  return one.sizeBytes === other.sizeBytes && one.modifiedMs === other.modifiedMs;
}

interface Known {
  readonly path: string;
  readonly stored: StoredStamp;
}

/**
 * Finds the file that is not where it was anymore: the one with this inode and size, or else the only one with this size
 * and time. Each is given once: a second file that is like it (a link) is new. Most scans find no new file, and nothing is
 * sorted for them.
 */
export function findMoves(known: ReadonlyMap<string, StoredStamp>): {
  take(stamp: FileStamp): Promise<(StoredStamp & { readonly path: string }) | undefined>;
} {
  const all = [...known].map(([path, stored]) => ({ path, stored }));
  const taken = new Set<string>();
  let byInode: Map<string, Known[]> | undefined;
  let byStamp: Map<string, Known[]> | undefined;

  async function takeOf(files: readonly Known[] = []): Promise<Known | undefined> {
    for (const file of files) {
      if (taken.has(file.path) || (await isThere(file.path))) continue;
      taken.add(file.path);
      return file;
    }
    return undefined;
  }

  return {
    async take(stamp) {
      byInode ??= Map.groupBy(
        all.filter(({ stored }) => stored.inode !== undefined),
        ({ stored }) => inodeOf(stored),
      );
      byStamp ??= Map.groupBy(all, ({ stored }) => stampOf(stored));
      const alike = byStamp.get(stampOf(stamp));
      const file =
        (await takeOf(byInode.get(inodeOf(stamp)))) ??
        (alike?.length === 1 ? await takeOf(alike) : undefined);
      return file === undefined ? undefined : { ...file.stored, path: file.path };
    },
  };
}

function stampOf({ sizeBytes, modifiedMs }: FileStamp): string {
  return `${sizeBytes} ${modifiedMs}`;
}

function inodeOf({ sizeBytes, inode = '' }: FileStamp): string {
  return `${sizeBytes} ${inode}`;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * What was found in a file, with what is known of it from before: a file that still says which upload HARMONI took it from
 * is the song that it was, whatever its other tags say now, and whether it was moved or not.
 * @param before what the index had at its path, with its keys
 * @param known the files of the index that have not been seen in this scan yet
 */
export async function withPast(
  index: Pick<FileIndex, 'findByMedia' | 'keysOf'>,
  { file, keys, facts }: Examined,
  before: (IndexedFile & { readonly keys: readonly string[] }) | undefined,
  known: ReadonlyMap<string, StoredStamp>,
): Promise<Examined> {
  const past = before ?? (await lastPlaceOf(index, file, known));
  if (past?.downloaded !== true || !file.downloaded) return { file, keys, facts };
  const isChanged = past.isChanged === true || !isSame(past, file);
  const own = isSameMedia(past.media, file.media) ? past.keys.filter((key) => !isNameKey(key)) : [];
  return {
    file: isChanged ? { ...file, isChanged } : file,
    keys: [...new Set([...keys, ...own])],
    facts,
  };
}

/** Of a file that another program wrote anew and put elsewhere: the one with its upload that has gone. */
async function lastPlaceOf(
  index: Pick<FileIndex, 'findByMedia' | 'keysOf'>,
  { path, media }: IndexedFile,
  known: ReadonlyMap<string, StoredStamp>,
): Promise<(IndexedFile & { readonly keys: readonly string[] }) | undefined> {
  if (media === undefined) return undefined;
  for (const file of index.findByMedia(media)) {
    if (file.path === path || !known.has(file.path) || (await isThere(file.path))) continue;
    return { ...file, keys: index.keysOf(file.path) };
  }
  return undefined;
}
