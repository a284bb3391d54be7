import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Store } from '../history/store.ts';
import { writePlaylistFile } from '../history/write-playlist.ts';
import { listNames, readPlainFile, sha256 } from '../system/files.ts';
import { keepInTrash } from '../system/trash.ts';
import type { JobParts } from './job-parts.ts';
import { originIn } from './m3u8.ts';
import { renamePaths } from './playlist-bytes.ts';

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: two songs that are replaced at the same time may stand in one playlist file. */
function inTurn(step: () => Promise<void>): Promise<void> {
  const mine = turn.then(step);
  turn = mine.catch(() => undefined);
  return mine;
}

/** What it takes to have playlist files follow. */
export interface RenameParts extends Pick<JobParts, 'changes'> {
  readonly store: { readonly lists: Store['lists'] };
  readonly clock: Pick<JobParts['clock'], 'now'>;
  readonly settings: { readonly outputDir: string };
  /** Beside those in the folders of the files and of HARMONI's own lists; absolute. */
  readonly playlistFiles?: readonly string[];
}

/**
 * Playlist files name files with their extension. Those of other lists and of the user's own follow, too; what is not as
 * HARMONI wrote it is kept in the trash first.
 * @param renamed new paths by old ones, all absolute
 */
export function renameInPlaylists(parts: RenameParts, renamed: ReadonlyMap<string, string>): Promise<void> {
  return inTurn(() => renameAll(parts, renamed));
}

async function renameAll(parts: RenameParts, renamed: ReadonlyMap<string, string>): Promise<void> {
  const { lists } = parts.store;
  const library = parts.settings.outputDir;
  const written = lists.playlistFiles(library);
  const folders = new Set([library, ...[...renamed.keys(), ...written].map((path) => dirname(path))]);
  const files = new Set(parts.playlistFiles);
  for (const folder of folders) {
    for (const name of await listNames(folder)) if (/\.m3u8?$/i.test(name)) files.add(join(folder, name));
  }
  for (const file of files) {
    const content = await readPlainFile(file);
    const next = content === undefined ? undefined : renamePaths(content, dirname(file), renamed);
    if (content === undefined || next === undefined) continue;
    const origin = originIn(content.toString());
    const record = origin === undefined ? undefined : lists.get(library, origin);
    const isAsWritten = record?.playlistFile === file && record.playlistSha256 === sha256(content);
    const kept = isAsWritten ? undefined : await keepInTrash(file, { library, nowMs: parts.clock.now() });
    // A link stays one.
    await writePlaylistFile(parts, await realpath(file), { before: content, next, kept }, () => {
      if (isAsWritten) lists.setPlaylist(library, record.origin, file, sha256(next));
    });
  }
}
