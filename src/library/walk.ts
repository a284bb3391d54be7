import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { errnoOf } from '../errors.ts';
import { exists, isBelow } from '../system/files.ts';
import { audioExtensions } from '../tracks/audio-extensions.ts';

export interface DeadLink {
  readonly path: string;
  readonly target: string;
}

export interface Walk {
  /** A folder's files at a time. Absolute, below the root as the user sees it: with the links in it. */
  readonly folders: AsyncGenerator<readonly string[]>;
  /** Folders that could not be read, and links that lead nowhere: what lies behind them is not known. */
  readonly unread: readonly string[];
  readonly deadLinks: readonly DeadLink[];
  /** What has a name that is not UTF-8, as far as it can be shown: Node cannot open it. */
  readonly unopenable: readonly string[];
}

/**
 * The music files below a folder. Links to files count; a link to a folder is followed where it leads out of the root,
 * each folder once, so that loops end.
 * @param except folders that are left out, however they are reached
 */
export function walkAudio(root: string, signal: AbortSignal, except: readonly string[] = []): Walk {
  const unread: string[] = [];
  const deadLinks: DeadLink[] = [];
  const unopenable: string[] = [];
  const visited = new Set<string>();

  async function* below(
    folder: string,
    realFolder: string,
    realRoot: string,
  ): AsyncGenerator<readonly string[]> {
    if (visited.has(realFolder)) return;
    visited.add(realFolder);
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') unread.push(folder);
      return [];
    });
    const files: string[] = [];
    const folders: { path: string; real: string }[] = [];
    for (const entry of entries) {
      signal.throwIfAborted();
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      const isAudio = audioExtensions.has(extname(entry.name).toLowerCase());
      // Bytes that are no UTF-8 have become this sign, and lead nowhere.
      if (entry.name.includes('\ufffd') && !(await exists(path))) {
        if (isAudio || entry.isDirectory()) unopenable.push(path);
        continue;
      }
      if (entry.isDirectory()) folders.push({ path, real: join(realFolder, entry.name) });
      else if (entry.isFile() && isAudio) files.push(path);
      else if (entry.isSymbolicLink()) {
        const target = await stat(path).catch(() => undefined);
        if (target === undefined) {
          unread.push(path);
          deadLinks.push({ path, target: await readlink(path).catch(() => '') });
        } else if (target.isFile() && isAudio) files.push(path);
        else if (target.isDirectory()) {
          const real = await realpath(path);
          const isInside = real === realRoot || isBelow(real, realRoot);
          if (!isInside) folders.push({ path, real });
        }
      }
    }
    yield files;
    for (const { path, real } of folders) yield* below(path, real, realRoot);
  }

  async function* folders(): AsyncGenerator<readonly string[]> {
    const real = await realpath(root).catch(() => undefined);
    for (const folder of except) visited.add(await realpath(folder).catch(() => folder));
    if (real !== undefined) yield* below(root, real, real);
  }
  return { folders: folders(), unread, deadLinks, unopenable };
}
