import { HarmoniError } from '../../errors.ts';
import { isSqliteError } from '../../system/sqlite-errors.ts';

/**
 * What the disk said of one file or folder, as a sentence: the others can go on.
 * @throws the error itself, when it is about more than that, as a journal that can't be written is
 */
export function refusalOf(error: unknown): string {
  const isOfDisk = error instanceof HarmoniError && error.code === 'output-not-writable';
  if (!isOfDisk || isSqliteError(error.cause)) throw error;
  return error.message;
}
