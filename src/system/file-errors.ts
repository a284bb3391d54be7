import { errnoOf, HarmoniError } from '../errors.ts';

/** Says a file error in words; what it does not know it hands on. */
export function asFileError(error: unknown, path: string): unknown {
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new HarmoniError('disk-full', `No space left to write ${path}.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
    case 'EINVAL':
    case 'EIO':
      return new HarmoniError('output-not-writable', `${path} can't be written.`, { cause: error });
    default:
      return error;
  }
}
