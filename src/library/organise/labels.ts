import { dirname, resolve } from 'node:path';
import { pathsIn } from '../../downloads/m3u8.ts';
import type { Store } from '../../history/store.ts';
import { readPlainFile } from '../../system/files.ts';

/** The labels of the lists whose playlist files name a file, by its absolute path. */
export async function labelsOfFiles(
  { lists }: Pick<Store, 'lists'>,
  library: string,
): Promise<(path: string) => readonly string[]> {
  const labels = new Map<string, Set<string>>();
  for (const { label, playlistFile } of lists.withPlaylist(library)) {
    const content = playlistFile === undefined ? undefined : await readPlainFile(playlistFile);
    if (playlistFile === undefined || content === undefined) continue;
    for (const entry of pathsIn(content.toString())) {
      const path = resolve(dirname(playlistFile), entry);
      labels.set(path, (labels.get(path) ?? new Set()).add(label));
    }
  }
  return (path) => [...(labels.get(path) ?? [])];
}
