import { dirname, join, resolve } from 'node:path';
import { pathsIn } from '../../downloads/m3u8.ts';
import { isAsWritten } from '../../downloads/rewrite-playlists.ts';
import type { Store } from '../../history/store.ts';
import { exists, listNames, readPlainFile } from '../../system/files.ts';
import { songs } from '../../tracks/song-count.ts';
import type { Finding } from './findings.ts';

/**
 * Playlist files with lines that lead nowhere: HARMONI's, and others beside songs. Addresses and what can't be read are left
 * out.
 * @param folders with songs, absolute
 */
export async function findDeadLines(
  { lists }: Pick<Store, 'lists'>,
  library: string,
  folders: Iterable<string>,
): Promise<readonly Finding[]> {
  const written = lists.playlistFiles(library);
  const rewritable = new Set<string>();
  for (const record of lists.withPlaylist(library)) {
    if (record.playlistFile !== undefined && (await isAsWritten(record))) rewritable.add(record.playlistFile);
  }
  const files = new Set(written);
  for (const folder of new Set([library, ...folders, ...written.map((path) => dirname(path))])) {
    for (const name of await listNames(folder)) if (/\.m3u8?$/i.test(name)) files.add(join(folder, name));
  }
  const found: Finding[] = [];
  for (const path of [...files].toSorted()) {
    const content = (await readPlainFile(path))?.toString();
    // In another encoding the names can't be told from here.
    if (content === undefined || content.includes('\ufffd')) continue;
    let dead = 0;
    for (const line of pathsIn(content)) {
      const isAddress = /^[a-z][a-z0-9+.-]+:\/\//i.test(line.trim());
      if (!isAddress && !(await exists(resolve(dirname(path), line.trim().replaceAll('\\', '/'))))) dead += 1;
    }
    if (dead === 0) continue;
    const own = rewritable.has(path) ? {} : { isOwn: true };
    found.push({ cause: 'playlist', path, detail: `${songs(dead)} of it missing`, ...own });
  }
  return found;
}
