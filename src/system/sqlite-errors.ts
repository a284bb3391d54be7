import { errnoOf, HarmoniError } from '../errors.ts';
import { asFileError } from './file-errors.ts';

/** The primary codes that have a sentence of their own (https://sqlite.org/rescode.html). */
const codes = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  full: 13,
  cannotOpen: 14,
} as const;
/** SQLITE_IOERR_SHMSIZE: the index of the log cannot grow, because the disk is full. */
const noRoomForSharedMemory = 4874;

/** Whether node:sqlite threw it with a result code, and not for a wrong call of ours. */
export function isSqliteError(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

const numberOf = (error: unknown): number => (isSqliteError(error) ? error.errcode : 0);

/** Whether another connection has the lock. */
export function isBusy(error: unknown): boolean {
  const primary = numberOf(error) & 0xff;
  return primary === codes.busy || primary === codes.locked;
}

/** Says an error of SQLite, or of the folder it is in, in words. One that is in words already stays. */
export function asStoreError(error: unknown, path: string): HarmoniError {
  const said = asFileError(error, path);
  if (said instanceof HarmoniError) return said;
  const number = numberOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (isBusy(error)) return new HarmoniError('store-busy', `${path} is in use.`, options);
  if (number === noRoomForSharedMemory)
    return new HarmoniError('disk-full', `No space left for ${path}.`, options);
  if (errnoOf(error) === 'ENOENT') {
    return new HarmoniError('output-not-writable', `${path} can't be created.`, {
      fix: 'Make sure you can write to the data folder.',
      ...options,
    });
  }
  // The primary code is the low byte.
  switch (number & 0xff) {
    case codes.full:
      return new HarmoniError('disk-full', `No space left for ${path}.`, options);
    case codes.permission:
    case codes.readOnly:
    case codes.cannotOpen:
      return new HarmoniError('output-not-writable', `${path} can't be written (${message}).`, {
        fix: 'Make sure you can write to the data folder.',
        ...options,
      });
    case codes.ioError:
      return new HarmoniError('store-broken', `${path} can't be read or written (${message}).`, {
        fix: "Check the disk your data folder is on: free space, quota, and whether it's still connected.",
        ...options,
      });
    default:
      return new HarmoniError('store-broken', `${path} can't be read (${message}).`, options);
  }
}
