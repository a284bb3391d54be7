import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathsIn } from '../downloads/m3u8.ts';
import type { Store } from '../history/store.ts';

/**
 * Which lists a file is in, by the playlist files that HARMONI wrote. One that can't be read has no members.
 * @returns names of lists by the absolute path of a file
 */
export async function readListMembers(
  store: Pick<Store, 'lists'>,
  library: string,
): Promise<(path: string) => readonly string[]> {
  const members = new Map<string, string[]>();
  for (const { name, playlistFile } of store.lists.withPlaylist(library)) {
    if (playlistFile === undefined) continue;
    const content = await readFile(playlistFile, 'utf8').catch(() => '');
    for (const entry of new Set(pathsIn(content))) {
      const path = resolve(dirname(playlistFile), entry);
      const lists = members.get(path);
      if (lists === undefined) members.set(path, [name]);
      else lists.push(name);
    }
  }
  return (path) => members.get(path) ?? [];
}
