import { realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { HarmoniError } from '../../errors.ts';
import { isBelow } from '../../system/files.ts';
import { hiddenFolderName } from '../../system/trash.ts';

/** The folder by a path that begins as the library's does, where it lies in it. @throws HarmoniError usage */
export async function folderToAdopt(folder: string, library: string): Promise<string> {
  const wrong = (what: string, fix: string): HarmoniError => new HarmoniError('usage', what, { fix });
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw wrong(`${folder} isn't a folder.`, 'Name the folder with your music.');
  const [real, realLibrary] = await Promise.all(
    [folder, library].map((path) => realpath(path).catch(() => path)),
  );
  if (real === undefined || realLibrary === undefined) return folder;
  const hidden = join(realLibrary, hiddenFolderName);
  if (real === hidden || isBelow(real, hidden)) {
    throw wrong(
      `${folder} is where HARMONI keeps its trash and its work files.`,
      'To bring files back from the trash, use harmoni trash.',
    );
  }
  if (real === realLibrary) return library;
  return isBelow(real, realLibrary) ? join(library, relative(realLibrary, real)) : folder;
}
