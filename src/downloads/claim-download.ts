import { lstatSync, renameSync, type Stats } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { HarmoniError } from '../errors.ts';

/**
 * Takes over a file that yt-dlp says it has made. Its word is believed only for a plain file in the folder that it was
 * given, with no other name: anything else may be the user's own, and is neither read nor moved. The file gets a name
 * that yt-dlp does not know. Synchronous, so that nothing comes between the look and the move.
 * @param folder where yt-dlp was told to write, absolute
 * @param to the new path without its extension, on the same disk
 * @returns the new path
 * @throws HarmoniError download-misplaced
 */
export function claimDownload(claimed: string, folder: string, to: string): string {
  const path = resolve(claimed);
  if (dirname(path) !== resolve(folder)) throw misplaced('outside its work folder');
  if (lookAt(path) === undefined) throw misplaced("that doesn't exist");
  if (!isPlainFile(path)) throw misplaced("that isn't a regular file");
  const [extension = ''] = /^\.[a-z0-9]{1,8}$/i.exec(extname(path)) ?? [];
  try {
    renameSync(path, to + extension);
  } catch (cause) {
    throw misplaced("that can't be moved", cause);
  }
  if (!isPlainFile(to + extension)) throw misplaced("that isn't a regular file");
  return to + extension;
}

/** Whether a child left a plain file of its own at a path: no link, folder or FIFO, and no second name of another file. */
export function isPlainFile(path: string): boolean {
  const found = lookAt(path);
  return found?.isFile() === true && found.nlink === 1;
}

function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function misplaced(what: string, cause?: unknown): HarmoniError {
  return new HarmoniError('download-misplaced', `yt-dlp reported a file ${what}.`, { cause });
}
