import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { trashFile, type TrashParts } from '../history/trash-file.ts';
import { mustLookAt } from '../system/file-facts.ts';
import {
  exists,
  linkOrCopy,
  publishFile,
  readPlainFile,
  replaceFile,
  sha256,
  writeFileAtomic,
} from '../system/files.ts';
import { keepInTrash } from '../system/trash.ts';
import { trashCover } from './album-cover.ts';
import type { JobParts } from './job-parts.ts';
import { isShared, lrcOf } from './sidecars.ts';

/** What it takes to put lyrics beside a song. */
export type LyricsFileParts = Pick<JobParts, 'changes' | 'clock' | 'log' | 'workFolder'>;

/** The field for the program that made the file, and of what is below it. */
const mark = /^\[re:HARMONI ([0-9a-f]{16})\]\n/m;

function markOf(text: string): string {
  return `[re:HARMONI ${sha256(text).slice(0, 16)}]\n`;
}

/**
 * The text of an .lrc file with HARMONI's mark, by which it's known again wherever it goes, as long as nobody changed it.
 * Pure.
 */
export function withMark(text: string): string {
  return `${markOf(text)}${text}`;
}

/** Whether HARMONI wrote this text, and nobody changed it since. Pure. */
export function isOwnText(text: string): boolean {
  const found = mark.exec(text);
  return found?.index === 0 && markOf(text.slice(found[0].length)) === found[0];
}

/** The text of an .lrc file that HARMONI wrote and nobody changed; undefined for all others. */
export async function readOwnLyrics(path: string): Promise<string | undefined> {
  const text = (await readPlainFile(path))?.toString();
  return text !== undefined && isOwnText(text) ? text : undefined;
}

/**
 * Puts lyrics beside a song, or beside where it's going to be. A file of the user's own stays; one of HARMONI's goes to the
 * trash first. Never fails: lyrics are no reason to lose a song.
 * @param lrc without the mark
 * @returns whether a file was written
 */
export async function putLyrics(parts: LyricsFileParts, song: string, lrc: string): Promise<boolean> {
  const { changes, clock, workFolder } = parts;
  const path = lrcOf(song);
  const text = withMark(lrc);
  return orTell(parts, path, async () => {
    const before = (await exists(path)) ? await readOwnLyrics(path) : 'none';
    if (before === undefined || before === text) return false;
    const finished = join(workFolder, `lyrics-${randomBytes(6).toString('hex')}`);
    try {
      await writeFileAtomic(finished, text);
      const after = await mustLookAt(finished);
      if (before === 'none') {
        return await changes.make({ kind: 'lyrics', path, after }, () => publishFile(finished, path));
      }
      const kept = await keepInTrash(path, { library: changes.run.library, nowMs: clock.now() });
      return await changes.make({ kind: 'lyrics', path, kept, after }, async () => {
        await replaceFile(finished, path);
        return true;
      });
    } finally {
      await rm(finished, { force: true });
    }
  });
}

/** Links or copies the lyrics beside a song to the place that the song is going to have in another list. Never fails. */
export async function linkLyrics(
  parts: LyricsFileParts,
  from: string,
  to: string,
  how: 'link' | 'copy',
): Promise<void> {
  const [source, path] = [lrcOf(from), lrcOf(to)];
  await orTell(parts, path, async () => {
    if ((await readOwnLyrics(source)) === undefined || (await exists(path))) return false;
    const after = await mustLookAt(source);
    return parts.changes.make({ kind: 'lyrics', path, after }, () =>
      linkOrCopy(source, path, how, parts.workFolder),
    );
  });
}

/**
 * Moves a song of HARMONI's to the trash with what HARMONI wrote beside it, first that: a song that is still there is seen
 * again. The cover of a folder goes with its last song. Returns where the song lies now, as trashFile does.
 */
export async function trashSong(parts: TrashParts, song: string): Promise<string | undefined> {
  await trashLyrics(parts, song);
  await trashCover(parts, song);
  return trashFile(parts, song);
}

/** Moves the lyrics that HARMONI wrote beside a song to the trash, unless another song of its name needs them. */
export async function trashLyrics(parts: TrashParts, song: string): Promise<void> {
  const path = lrcOf(song);
  if ((await readOwnLyrics(path)) === undefined || (await isShared(song))) return;
  await trashFile(parts, path);
}

async function orTell(
  { log }: Pick<LyricsFileParts, 'log'>,
  path: string,
  act: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await act();
  } catch (error) {
    log.write('info', "Couldn't write lyrics.", { path, error: String(error) });
    return false;
  }
}
