import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inFolder, isBelow, readPlainFile } from '../../system/files.ts';
import { asFileError } from '../../system/file-errors.ts';
import { hiddenFolderName } from '../../system/trash.ts';

const copied = z.object({
  key: z.string(),
  /** Below the copy, with "/". */
  path: z.string(),
  sizeBytes: z.number(),
  /** Of what it was made, and how. */
  made: z.string(),
  position: z.number().optional(),
  /** Of lyrics, which people edit without changing their size. */
  sha256: z.string().optional(),
});
const playlist = z.object({ playlist: z.string(), sha256: z.string() });

export type Copied = z.output<typeof copied>;

/**
 * What HARMONI made in a folder outside of the library: it touches nothing else there. One line for each file, written before
 * the file has its name, so that a kill leaves none that isn't known; the last line of a key holds.
 */
export interface Manifest {
  /** By key. */
  readonly files: ReadonlyMap<string, Copied>;
  /** Earlier files of a key, which the one above took the place of. */
  readonly former: readonly Copied[];
  /** Whether HARMONI wrote this into a playlist file, by its SHA-256. */
  isOwnPlaylist(path: string, sha256: string): boolean;
  add(file: Copied): Promise<void>;
  addPlaylist(path: string, sha256: string): Promise<void>;
}

/** @throws HarmoniError output-not-writable, disk-full */
export async function openManifest(target: string): Promise<Manifest> {
  const folder = join(target, hiddenFolderName);
  const path = join(folder, 'copies.jsonl');
  const files = new Map<string, Copied>();
  const former: Copied[] = [];
  const playlists = new Set<string>();
  const put = (file: Copied): void => {
    const before = files.get(file.key);
    if (before !== undefined && before.path !== file.path) former.push(before);
    files.set(file.key, file);
  };
  const text = (await readPlainFile(path))?.toString() ?? '';
  for (const line of text.split('\n')) {
    const read = parse(line);
    const file = copied.safeParse(read).data;
    const list = playlist.safeParse(read).data;
    // The folder may have been anywhere in the meantime: no line of it leads out of it.
    if (file !== undefined && isBelow(join(target, file.path), target)) put(file);
    else if (list !== undefined) playlists.add(`${list.sha256} ${list.playlist}`);
  }
  // The last line may have been cut off.
  let start = text === '' || text.endsWith('\n') ? '' : '\n';
  const append = async (row: object): Promise<void> => {
    const line = `${start}${JSON.stringify(row)}\n`;
    start = '';
    await inFolder(folder, () => appendFile(path, line)).catch((error: unknown) => {
      throw asFileError(error, path);
    });
  };
  return {
    files,
    former,
    isOwnPlaylist: (list, hash) => playlists.has(`${hash} ${list}`),
    async add(file) {
      await append(file);
      put(file);
    },
    async addPlaylist(list, sha256) {
      await append({ playlist: list, sha256 });
      playlists.add(`${sha256} ${list}`);
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
