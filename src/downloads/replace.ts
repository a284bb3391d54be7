import { randomBytes } from 'node:crypto';
import { realpath, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { IndexedFile } from '../history/file-index.ts';
import type { ListRecords } from '../history/lists.ts';
import type { Override } from '../history/overrides.ts';
import {
  linkOrCopy,
  listNames,
  readPlainFile,
  replaceFile,
  sha256,
  writeFileAtomic,
} from '../system/files.ts';
import { keepInTrash } from '../system/trash.ts';
import { isSameMedia } from '../tracks/media.ts';
import { numberedName } from '../tracks/numbered-name.ts';
import { originIn } from './m3u8.ts';
import { renamePaths } from './playlist-bytes.ts';
import type { JobParts } from './job-parts.ts';
import type { Work } from './work.ts';

/** What it takes to put one file in the place of others. */
export type ReplaceParts = Pick<
  JobParts,
  'store' | 'clock' | 'log' | 'trashDir' | 'settings' | 'workFolder' | 'signal' | 'commit'
>;

/**
 * Whether a file of the library is not what the user chose for its track. A file that does not say which video or upload it
 * is from may be the user's own: it is replaced only when that was asked for. Pure.
 */
export function isOtherVideo(
  file: Pick<IndexedFile, 'media'>,
  decided: Pick<Override, 'media'> | undefined,
  replaceUnknown: boolean,
): boolean {
  if (decided === undefined || decided.media === null) return false;
  return file.media === undefined ? replaceUnknown : !isSameMedia(file.media, decided.media);
}

/**
 * Puts a whole and checked file in the place of others of the same track, under their names where the format is the
 * same. Each old one is in the trash before anything touches it and goes in one step, so whatever fails in between loses
 * nothing: the next run finds the places that are left.
 * @param right the file; its path is not of the library, or one of those that are right already
 */
export async function replaceFiles(
  parts: ReplaceParts,
  work: Work,
  right: IndexedFile,
  wrong: readonly IndexedFile[],
): Promise<void> {
  const { store, clock, log, trashDir, settings } = parts;
  const trash = { dir: trashDir, root: settings.outputDir, nowMs: clock.now() };
  const kept = new Set<number>();
  const renamed = new Map<string, string>();
  for (const old of wrong) {
    const inode = await stat(old.path).then(
      ({ ino }) => ino,
      () => undefined,
    );
    // Hard links are one file: it is kept once.
    if (inode !== undefined && !kept.has(inode)) {
      await keepInTrash(old.path, trash);
      kept.add(inode);
    }
    if (inode === undefined) {
      store.files.remove(old.path);
      continue;
    }
    const path = await putInPlace(parts, right, old.path);
    const now = await stat(path).catch(() => undefined);
    const { sizeBytes, modifiedMs } = right;
    const stamp =
      now === undefined ? { sizeBytes, modifiedMs } : { sizeBytes: now.size, modifiedMs: now.mtimeMs };
    parts.commit(() => {
      store.files.remove(old.path);
      store.files.put({ ...right, path, ...stamp, downloaded: true }, work.keys);
    });
    if (path !== old.path) renamed.set(old.path, path);
    log.write('info', 'A file was replaced.', { path, old: old.path });
  }
  if (renamed.size > 0) await inTurn(() => renameInPlaylists(renamed, trash, store.lists));
}

async function putInPlace(parts: ReplaceParts, right: IndexedFile, oldPath: string): Promise<string> {
  const { workFolder, settings } = parts;
  const how = settings.sameTrackInSecondList === 'copy' ? 'copy' : 'link';
  const oldExtension = extname(oldPath);
  const stem = oldPath.slice(0, oldPath.length - oldExtension.length);
  const extension = `.${right.format ?? extname(right.path).slice(1)}`;
  if (extension === oldExtension) {
    const next = join(workFolder, `replace-${randomBytes(6).toString('hex')}`);
    await linkOrCopy(right.path, next, how, workFolder);
    await replaceFile(next, oldPath);
    return oldPath;
  }
  for (let attempt = 1; ; attempt += 1) {
    parts.signal.throwIfAborted();
    const path = numberedName(stem, attempt, extension);
    if (!(await linkOrCopy(right.path, path, how, workFolder))) continue;
    await rm(oldPath, { force: true });
    return path;
  }
}

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: two songs that are replaced at the same time may stand in one playlist file. */
function inTurn(step: () => Promise<void>): Promise<void> {
  const mine = turn.then(step);
  turn = mine.catch(() => undefined);
  return mine;
}

/**
 * Playlist files name files with their extension. Those of other lists and of the user's own follow, too; what is not as
 * HARMONI wrote it is kept in the trash first.
 */
async function renameInPlaylists(
  renamed: ReadonlyMap<string, string>,
  trash: Parameters<typeof keepInTrash>[1],
  lists: ListRecords,
): Promise<void> {
  const written = lists.playlistFiles(trash.root);
  const folders = new Set([trash.root, ...[...renamed.keys(), ...written].map((path) => dirname(path))]);
  for (const folder of folders) {
    for (const name of await listNames(folder)) {
      if (!/\.m3u8?$/i.test(name)) continue;
      const file = join(folder, name);
      const content = await readPlainFile(file);
      const next = content === undefined ? undefined : renamePaths(content, folder, renamed);
      if (content === undefined || next === undefined) continue;
      const origin = originIn(content.toString());
      const record = origin === undefined ? undefined : lists.get(trash.root, origin);
      const isAsWritten = record?.playlistFile === file && record.playlistSha256 === sha256(content);
      if (!isAsWritten) await keepInTrash(file, trash);
      // A link stays one.
      await writeFileAtomic(await realpath(file), next);
      if (isAsWritten) lists.setPlaylist(trash.root, record.origin, file, sha256(next));
    }
  }
}
