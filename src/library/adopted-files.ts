import { stat } from 'node:fs/promises';
import { isAway } from '../downloads/already-there.ts';
import { examineFile } from '../downloads/examine-file.ts';
import type { FileIndex, IndexedFile } from '../history/file-index.ts';
import { soundKeyOf } from '../sound/sound-key.ts';
import { isSame } from './past.ts';

/**
 * To be called before a file that has changed is put into the index: one that was adopted is still that song where it
 * sounds the same, or where its tags alone say what it is.
 */
export async function holdAdopted(
  { adopted }: Pick<FileIndex, 'adopted'>,
  { path, sizeBytes }: Pick<IndexedFile, 'path' | 'sizeBytes'>,
): Promise<void> {
  const known = adopted.get(path);
  if (known === undefined || known.sizeBytes === sizeBytes) return;
  const { soundKey } = known;
  const isHeld = soundKey === undefined || soundKey === (await soundKeyOf(path).catch(() => undefined));
  if (isHeld) adopted.setSize(path, sizeBytes);
  else adopted.remove(path);
}

/**
 * Brings the index up to date with the files that count for a library and lie elsewhere. While their disk is away, they
 * are believed to be there.
 */
export async function lookAtAdopted(library: string, index: FileIndex, signal: AbortSignal): Promise<void> {
  for (const { path } of index.adopted.outside(library)) {
    signal.throwIfAborted();
    const known = index.get(path);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) {
      if (known !== undefined && !(await isAway(index, known))) index.remove(path);
      continue;
    }
    const stamp = {
      sizeBytes: found.size,
      modifiedMs: Math.round(found.mtimeMs),
      inode: String(found.ino),
    };
    if (known !== undefined && isSame(known, stamp)) continue;
    const { file, keys, facts } = await examineFile(path, stamp, undefined);
    await holdAdopted(index, file);
    index.put({ ...file, downloaded: false }, keys, facts);
  }
}
