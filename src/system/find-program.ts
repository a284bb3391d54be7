import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** The first program of this name on a PATH; undefined where there is none. Relative folders don't count. */
export async function findProgram(name: string, path: string | undefined): Promise<string | undefined> {
  const fileName = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of (path ?? '').split(delimiter).filter(isAbsolute)) {
    const file = join(folder, fileName);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
