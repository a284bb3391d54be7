import { copyFile, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';
import { errnoOf, HarmoniError } from '../errors.ts';
import { numberedName } from '../tracks/numbered-name.ts';
import { asFileError } from './file-errors.ts';
import { inFolder } from './files.ts';

/** In a library: what HARMONI needs there for itself. The scan leaves it out. */
export const hiddenFolderName = '.harmoni';

/** Where a library's files go that give way, on its own disk. */
export function trashOf(library: string): string {
  return join(library, hiddenFolderName, 'trash');
}

/** DAY/PATH of a file in the trash of any library, with "/": a library may move. Pure. */
export function wayInTrash(path: string): string {
  return path.replaceAll('\\', '/').split(`/${hiddenFolderName}/trash/`).at(-1) ?? '';
}

/** A library, and when something is put away. */
export interface TrashPlace {
  readonly library: string;
  /** Gives the day. */
  readonly nowMs: number;
}

/** The name for a file in the trash: DAY/PATH BELOW THE LIBRARY, with a number where that is taken. Pure. */
export function nameInTrash(path: string, { library, nowMs }: TrashPlace, attempt: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const way = relative(library, path);
  // What a link leads to may lie outside.
  const wanted = join(trashOf(library), day, ...way.split(/[/\\]/).filter((part) => part !== '..'));
  const extension = extname(wanted);
  return numberedName(wanted.slice(0, wanted.length - extension.length), attempt, extension);
}

/**
 * Keeps a file in the trash as a hard link, or as a whole copy where the trash is on another disk. The file itself stays
 * where it is, so that whatever takes its place can do so in one step. Of a link the file is kept that it leads to: it
 * may be about to be replaced, too.
 * @returns the path in the trash; undefined when the file is gone
 */
export async function keepInTrash(path: string, place: TrashPlace): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const to = nameInTrash(path, place, attempt);
    try {
      const from = await realpath(path);
      await inFolder(dirname(to), () => linkOrCopyTo(from, to));
      return to;
    } catch (error) {
      const code = errnoOf(error);
      if (code === 'ENOENT' && (await isGone(path))) return undefined;
      if (code !== 'EEXIST') throw asTrashError(error, to);
    }
  }
}

async function isGone(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    () => true,
  );
}

async function linkOrCopyTo(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    return;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST' || code === 'ENOENT') throw error;
  }
  // An empty file takes the name, and the copy has it only when it is whole.
  await (await open(to, 'wx')).close();
  const part = `${to}.part`;
  try {
    await copyFile(from, part);
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    await rm(to, { force: true });
    throw error;
  }
}

/** Says of a failure that it is about the trash. */
export function asTrashError(error: unknown, path: string): unknown {
  const said = asFileError(error, path);
  if (!(said instanceof HarmoniError) || said.code !== 'output-not-writable') return said;
  const fix = `Make sure you can write to ${hiddenFolderName} in your library. Replaced files go there.`;
  return new HarmoniError(said.code, said.message, { fix, cause: error });
}
