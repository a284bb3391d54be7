import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { IndexedFile } from '../history/file-index.ts';
import type { Override } from '../history/overrides.ts';
import { entryOf } from '../history/trash-file.ts';
import { mustLookAt, type FileFacts } from '../system/file-facts.ts';
import { linkOrCopy, replaceFile } from '../system/files.ts';
import { keepInTrash, type TrashPlace } from '../system/trash.ts';
import { isSameMedia } from '../tracks/media.ts';
import { numberedName } from '../tracks/numbered-name.ts';
import { linkLyrics, putLyrics, trashLyrics, trashSong } from './lyrics-file.ts';
import type { JobParts } from './job-parts.ts';
import { renameInPlaylists } from './rename-in-playlists.ts';
import type { Work } from './work.ts';

/** What it takes to put one file in the place of others. */
export type ReplaceParts = Pick<
  JobParts,
  'store' | 'clock' | 'log' | 'changes' | 'settings' | 'workFolder' | 'signal' | 'commit'
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
  const { store, log } = parts;
  const renamed = new Map<string, string>();
  for (const old of wrong) {
    const isThere = await stat(old.path).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      store.files.remove(old.path);
      continue;
    }
    const path = await putInPlace(parts, work, right, old.path);
    await putLyricsOf(parts, work, { right, old, path });
    if (path !== old.path) renamed.set(old.path, path);
    log.write('info', 'A file was replaced.', { path, old: old.path });
  }
  if (renamed.size > 0) await renameInPlaylists(parts, renamed);
}

/** Lyrics beside a file that is this much longer or shorter were for another recording. */
const mostLyricsMs = 3_000;

/** Its new lyrics, or those that lie beside it. Old ones go where they can't fit. */
async function putLyricsOf(
  parts: ReplaceParts,
  work: Work,
  { right, old, path }: { readonly right: IndexedFile; readonly old: IndexedFile; readonly path: string },
): Promise<void> {
  const lrc = work.made.additions?.lrc;
  const how = parts.settings.sameTrackInSecondList === 'copy' ? 'copy' : 'link';
  const offMs = Math.abs((right.durationMs ?? 0) - (old.durationMs ?? right.durationMs ?? 0));
  if (lrc !== undefined) await putLyrics(parts, path, lrc);
  else if (offMs > mostLyricsMs) await trashLyrics(parts, path);
  if (lrc === undefined && right.path !== path) await linkLyrics(parts, right.path, path, how);
}

/** Returns the path of the right file there. */
async function putInPlace(
  parts: ReplaceParts,
  work: Work,
  right: IndexedFile,
  oldPath: string,
): Promise<string> {
  const { workFolder, settings, store, changes } = parts;
  const how = settings.sameTrackInSecondList === 'copy' ? 'copy' : 'link';
  const oldExtension = extname(oldPath);
  const stem = oldPath.slice(0, oldPath.length - oldExtension.length);
  const extension = `.${right.format ?? extname(right.path).slice(1)}`;
  const put = (path: string, now: FileFacts | undefined): void => {
    const stamp = now === undefined ? {} : { sizeBytes: now.sizeBytes, modifiedMs: now.modifiedMs };
    store.files.put({ ...right, path, ...stamp, downloaded: true }, work.keys, work.made.found?.facts);
  };
  if (extension === oldExtension) {
    const next = join(workFolder, `replace-${randomBytes(6).toString('hex')}`);
    await linkOrCopy(right.path, next, how, workFolder);
    const after = await mustLookAt(next);
    const kept = await keepInTrash(oldPath, placeOf(parts));
    await changes.make(
      { kind: 'replace', path: oldPath, kept, after, entry: entryOf(store, oldPath) },
      async () => {
        await replaceFile(next, oldPath);
        return true;
      },
      (now) => put(oldPath, now),
    );
    return oldPath;
  }
  const after = await mustLookAt(right.path);
  for (let attempt = 1; ; attempt += 1) {
    parts.signal.throwIfAborted();
    const path = numberedName(stem, attempt, extension);
    const isPut = await changes.make(
      { kind: 'replace', path, after },
      () => linkOrCopy(right.path, path, how, workFolder),
      (now) => put(path, now),
    );
    if (!isPut) continue;
    await trashSong(parts, oldPath);
    return path;
  }
}

function placeOf({ settings, clock }: Pick<ReplaceParts, 'settings' | 'clock'>): TrashPlace {
  return { library: settings.outputDir, nowMs: clock.now() };
}
