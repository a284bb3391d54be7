import { copyFile, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';
import { errnoOf, HarmoniError } from '../errors.ts';
import { numberedName } from '../tracks/numbered-name.ts';
import { asFileError } from './file-errors.ts';
import { inFolder } from './files.ts';

/**
 * Keeps a file in the trash: DIR/2026-11-21/PATH BELOW ROOT, as a hard link, or as a whole copy where the trash is on
 * another disk. The file itself stays where it is, so that whatever takes its place can do so in one step. Of a link the
 * file is kept that it leads to: it may be about to be replaced, too.
 * @param nowMs gives the day
 * @returns the path in the trash; undefined when the file is gone
 */
export async function keepInTrash(
  path: string,
  trash: { readonly dir: string; readonly root: string; readonly nowMs: number },
): Promise<string | undefined> {
  const day = new Date(trash.nowMs).toISOString().slice(0, 10);
  const wanted = join(trash.dir, day, relative(trash.root, path));
  const extension = extname(wanted);
  const stem = wanted.slice(0, wanted.length - extension.length);
  for (let attempt = 1; ; attempt += 1) {
    const to = numberedName(stem, attempt, extension);
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

/** The trash lies in the data folder, wherever the library is. */
function asTrashError(error: unknown, path: string): unknown {
  const said = asFileError(error, path);
  if (!(said instanceof HarmoniError) || said.code !== 'output-not-writable') return said;
  const fix = 'Make sure you can write to the trash folder in the data folder. Replaced files go there.';
  return new HarmoniError(said.code, said.message, { fix, cause: error });
}
