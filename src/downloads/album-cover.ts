import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import type { Cover } from '../enrich/enricher.ts';
import { trashFile, type TrashParts } from '../history/trash-file.ts';
import { mustLookAt } from '../system/file-facts.ts';
import { listNames, publishFile, readPlainFile, writeFileAtomic } from '../system/files.ts';
import { audioExtensions } from '../tracks/audio-extensions.ts';
import type { Track } from '../tracks/track.ts';
import { isOwnCover, withCoverMark } from './cover-mark.ts';
import type { JobParts } from './job-parts.ts';
import { albumFolderOf } from './layout.ts';
import { isCoverName } from './sidecars.ts';

/** What it takes to put a cover into an album's folder. */
export interface AlbumCoverParts extends Pick<JobParts, 'changes' | 'log' | 'workFolder'> {
  readonly settings: Pick<JobParts['settings'], 'outputDir' | 'fileNameTemplate'>;
}

/** A song where it lies, with what the template says of it. */
export interface PlacedSong {
  /** Absolute. */
  readonly path: string;
  readonly track: Track;
  /** Of its list, in the library. */
  readonly label: string | undefined;
}

/**
 * Puts a cover into the folder of a song's album, unless that has one: players and media servers look for it there. Only
 * where the template gives albums folders of their own, and the song lies in that folder. Never fails.
 * @returns whether a file was written
 */
export async function putAlbumCover(
  { changes, log, workFolder, settings }: AlbumCoverParts,
  { path: song, track, label }: PlacedSong,
  cover: Cover,
): Promise<boolean> {
  const { outputDir: library, fileNameTemplate: template } = settings;
  const wanted = albumFolderOf(template, track, label, extname(song).slice(1));
  const folder = dirname(song);
  if (wanted === undefined || relative(library, folder).normalize('NFC') !== wanted.join(sep)) return false;
  const path = join(folder, cover.mimeType === 'image/png' ? 'cover.png' : 'cover.jpg');
  const finished = join(workFolder, `cover-${randomBytes(6).toString('hex')}`);
  try {
    if ((await listNames(folder)).some(isCoverName)) return false;
    await writeFileAtomic(finished, withCoverMark(cover));
    const after = await mustLookAt(finished);
    return await changes.make({ kind: 'cover', path, after }, () => publishFile(finished, path));
  } catch (error) {
    log.write('info', "Couldn't write a cover.", { path, error: String(error) });
    return false;
  } finally {
    await rm(finished, { force: true });
  }
}

/** Moves the cover that HARMONI wrote to the trash, if this is the only song of its folder. */
export async function trashCover(parts: TrashParts, song: string): Promise<void> {
  const names = await listNames(dirname(song));
  const isOther = (name: string): boolean => name !== basename(song) && isSongName(name);
  if (names.some(isOther)) return;
  for (const name of names.filter(isCoverName)) {
    const path = join(dirname(song), name);
    if (await isOwnCoverFile(path)) await trashFile(parts, path);
  }
}

/** Whether HARMONI wrote the cover at a path, and no song is beside it anymore. */
export async function isOrphanedCover(path: string): Promise<boolean> {
  if (!isCoverName(basename(path)) || !(await isOwnCoverFile(path))) return false;
  return !(await listNames(dirname(path))).some(isSongName);
}

const isSongName = (name: string): boolean => audioExtensions.has(extname(name).toLowerCase());

async function isOwnCoverFile(path: string): Promise<boolean> {
  const picture = await readPlainFile(path);
  return picture !== undefined && isOwnCover(picture);
}
