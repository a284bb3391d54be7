import { rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { randomBytes } from 'node:crypto';
import { numberedName } from '../tracks/numbered-name.ts';
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
    throw asFileError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
