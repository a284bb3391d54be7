import { rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { randomBytes } from 'node:crypto';
import { numberedName } from '../tracks/numbered-name.ts';
import { errnoOf, HarmoniError } from '../errors.ts';
import { asFileError } from './file-errors.ts';
import { inFolder, publishFile } from './files.ts';

/**
 * Writes a file that the user asked for, whole or not at all, and over no other: where its name is taken it gets a number.
 * Returns its path. @throws HarmoniError as `publishFile` does
 */
export async function writeNewFile(path: string, data: string): Promise<string> {
  const { dir, name, ext } = parse(path);
  const temporary = join(dir, `.harmoni-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await inFolder(dir, () => writeFile(temporary, data, { flag: 'wx' }));
    for (let number = 1; ; number += 1) {
      const free = join(dir, numberedName(name, number, ext));
      if (await publishFile(temporary, free)) return free;
    }
  } catch (error) {
    throw asOwnFileError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** What helps with a download, which can be resumed, doesn't help here. */
function asOwnFileError(error: unknown, path: string): unknown {
  const said = errnoOf(error) === 'ENOENT' ? notThere(path, error) : asFileError(error, path);
  if (!(said instanceof HarmoniError)) return said;
  const { code, message, cause } = said;
  const fix =
    code === 'disk-full'
      ? 'Free up some space, or choose another place for it.'
      : 'Choose another place for it, where you can write.';
  return new HarmoniError(code, message, { fix, cause });
}

function notThere(path: string, cause: unknown): HarmoniError {
  return new HarmoniError('output-not-writable', `${path} can't be written.`, { cause });
}
