import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { layoutOf } from '../../downloads/layout.ts';
import { safeName } from '../../downloads/file-names.ts';
import { pathsIn } from '../../downloads/m3u8.ts';
import { renamePaths } from '../../downloads/playlist-bytes.ts';
import { isAsWritten, rewritePlaylists, type RewriteParts } from '../../downloads/rewrite-playlists.ts';
import type { ListRecord } from '../../history/lists.ts';
import { moveInLibrary } from '../../history/move-in-library.ts';
import type { Store } from '../../history/store.ts';
import { writePlaylistFile } from '../../history/write-playlist.ts';
import { exists, isBelow, readPlainFile, sha256 } from '../../system/files.ts';
import { keepInTrash } from '../../system/trash.ts';
import { numberedName } from '../../tracks/numbered-name.ts';
import type { Track } from '../../tracks/track.ts';

export type FollowParts = Omit<RewriteParts, 'store'> & {
  readonly store: Pick<Store, 'jobs' | 'lists' | 'files' | 'journal'>;
};

/** Moves of earlier runs that one file may have gone through since its playlist file was written. */
const mostHops = 20;

/**
 * Brings every playlist file of a library to where the songs are now, the user's own as well: only the paths change, and
 * what HARMONI didn't write is kept in the trash first. Entries that lead nowhere follow the moves of runs that were
 * killed. Returns the files that changed.
 * @param renamed the files that were moved or gave way to others, with where they are now; absolute
 */
export async function followPlaylists(
  parts: FollowParts,
  renamed: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const { store, settings } = parts;
  const changed: string[] = [];
  const records = new Map(
    store.lists.withPlaylist(settings.outputDir).map((record) => [record.playlistFile, record]),
  );
  const dead = new Set<string>();
  for (const file of await playlistsBelow(settings.outputDir)) {
    const content = await readPlainFile(file);
    if (content === undefined) continue;
    const lost = lostEntries(content.toString(), dirname(file), renamed);
    const known = new Map([...renamed, ...lost.flatMap((path) => followed(store, path))]);
    const entries = pathsIn(content.toString()).length;
    // A list that a killed run was about to move: its paths are of its other place.
    if (entries > 0 && lost.filter((path) => !known.has(path)).length === entries) dead.add(file);
    const next = renamePaths(content, dirname(file), known);
    if (next === undefined) continue;
    await write(parts, file, { content, next, record: records.get(file) });
    changed.push(file);
  }
  // What the moves don't explain, the index knows.
  const isThere = (track: Track): boolean =>
    store.files.find(track).some(({ path }) => isBelow(path, settings.outputDir) && existsSync(path));
  const rewritten = await rewritePlaylists(
    parts,
    ({ playlistFile = '' }, tracks) => dead.has(playlistFile) && tracks.some(isThere),
  );
  return [...new Set([...changed, ...rewritten])];
}

async function write(
  { store, settings, clock, changes }: FollowParts,
  file: string,
  {
    content,
    next,
    record,
  }: { readonly content: Buffer; readonly next: Buffer; readonly record: ListRecord | undefined },
): Promise<void> {
  const isOurs = record?.playlistSha256 === sha256(content);
  const place = { library: settings.outputDir, nowMs: clock.now() };
  const kept = isOurs ? undefined : await keepInTrash(file, place);
  // A link stays one.
  await writePlaylistFile({ changes }, await realpath(file), { before: content, next, kept }, () => {
    if (isOurs) {
      store.lists.setPlaylist(settings.outputDir, record.origin, file, sha256(next));
    }
  });
}

/** The entries of a playlist file that lead nowhere, and that this run didn't move. */
function lostEntries(text: string, folder: string, renamed: ReadonlyMap<string, string>): readonly string[] {
  return pathsIn(text)
    .map((entry) => resolve(folder, entry.trim()))
    .filter((path) => !renamed.has(path) && !existsSync(path));
}

/** Where a file went by the moves of earlier runs, if it's there. */
function followed({ journal }: FollowParts['store'], path: string): readonly (readonly [string, string])[] {
  let now: string | undefined = path;
  for (let hop = 0; hop < mostHops && now !== undefined; hop += 1) {
    now = journal.movedTo(now);
    if (now !== undefined && existsSync(now)) return [[path, now]];
  }
  return [];
}

async function playlistsBelow(library: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await visit(path);
      else if (/\.m3u8?$/i.test(entry.name)) found.push(path);
    }
  };
  await visit(library);
  return found;
}

/**
 * Moves the playlist files that HARMONI wrote to where the template has them. Those that somebody edited stay.
 * Returns their new paths.
 */
export async function movePlaylists(parts: FollowParts): Promise<readonly string[]> {
  const { store, settings, changes } = parts;
  const library = settings.outputDir;
  const moved: string[] = [];
  for (const record of store.lists.withPlaylist(library)) {
    const { playlistFile: file, label, name } = record;
    const { kind, playlistFolder } = layoutOf(settings.fileNameTemplate, label);
    const folder = join(library, ...playlistFolder);
    if (file === undefined || dirname(file) === folder || !(await isAsWritten(record))) continue;
    const content = await readPlainFile(file);
    if (content === undefined) continue;
    const to = await freeIn(folder, kind === 'folder' ? safeName(name, 230) : label);
    const next = renamePaths(content, dirname(file), new Map(), folder) ?? content;
    await writePlaylistFile({ changes }, file, { before: content, next }, () => {
      store.lists.setPlaylist(library, record.origin, file, sha256(next));
    });
    if (await moveInLibrary(changes, file, to, 'playlist')) moved.push(to);
  }
  return moved;
}

async function freeIn(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${numberedName(name, number)}.m3u8`);
    if (!(await exists(path))) return path;
  }
}
