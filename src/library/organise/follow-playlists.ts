import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { layoutOf } from '../../downloads/layout.ts';
import { safeName } from '../../downloads/file-names.ts';
import { renamePaths } from '../../downloads/playlist-bytes.ts';
import { isAsWritten, type RewriteParts } from '../../downloads/rewrite-playlists.ts';
import type { ListRecord } from '../../history/lists.ts';
import { moveInLibrary } from '../../history/move-in-library.ts';
import type { Store } from '../../history/store.ts';
import { writePlaylistFile } from '../../history/write-playlist.ts';
import { exists, readPlainFile, sha256 } from '../../system/files.ts';
import { keepInTrash } from '../../system/trash.ts';
import { numberedName } from '../../tracks/numbered-name.ts';
import { refusalOf } from './refusal.ts';
import { playlistsBelow } from '../links.ts';
import { composed, dueRun, type Renames } from './renames.ts';

export type FollowParts = Pick<RewriteParts, 'clock' | 'changes' | 'settings'> & {
  readonly store: Pick<Store, 'lists' | 'journal'>;
  /** A playlist file that can't be written or moved; the others go on. */
  readonly onRefused: (path: string, message: string) => void;
};

interface Follow {
  /** The files that were moved or gave way to others, with where they are now. */
  readonly renamed: Renames;
  /** Playlist files that were moved, with where they were. */
  readonly moved?: Renames;
  /** Which playlist files are looked at. */
  readonly isWanted?: (file: string) => boolean;
  /** What a list has a link of its own for, by its label: its playlist file names that. */
  readonly linksOf?: (label: string) => Renames;
}

/**
 * Brings every playlist file of a library to where the songs are now, the user's own as well: only the paths change, and
 * what HARMONI didn't write is kept in the trash first. Moves of runs that were killed are followed, too. Returns the
 * files that changed.
 */
export async function followPlaylists(
  parts: FollowParts,
  { renamed, moved, isWanted, linksOf }: Follow,
): Promise<readonly string[]> {
  const { store, settings } = parts;
  const library = settings.outputDir;
  const changed: string[] = [];
  const records = new Map(store.lists.withPlaylist(library).map((record) => [record.playlistFile, record]));
  const due = store.journal
    .dueRuns(library)
    .filter((id) => id !== parts.changes.id())
    .map((id) => dueRun(store.journal.steps(id)));
  const written = store.journal.playlistSteps();
  for (const file of await playlistsBelow(library)) {
    if (isWanted?.(file) === false) continue;
    const content = await readPlainFile(file);
    if (content === undefined) continue;
    const before = moved?.get(file) ?? file;
    const lastStep = Math.max(written.get(file) ?? 0, written.get(before) ?? 0);
    const open = due.filter(({ firstStep }) => lastStep < firstStep);
    const origin = open.reduce((path, { playlists }) => playlists.get(path) ?? path, before);
    const record = records.get(file);
    const links = record === undefined ? undefined : linksOf?.(record.label);
    const known = composed([
      ...open.map((run) => run.renamed),
      renamed,
      ...(links === undefined ? [] : [links]),
    ]);
    const next = renamePaths(content, dirname(origin), known, dirname(file));
    if (next === undefined) continue;
    const write = (): Promise<void> => rewrite(parts, file, { content, next, record });
    if (await unlessRefused(parts, file, write)) changed.push(file);
  }
  return changed;
}

async function unlessRefused(
  { onRefused }: FollowParts,
  path: string,
  act: () => Promise<void>,
): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    onRefused(path, refusalOf(error));
    return false;
  }
}

async function rewrite(
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

/**
 * Moves the playlist files that HARMONI wrote to where the template has them; `followPlaylists` then writes their paths
 * anew. Those that somebody edited stay. Returns their new and old paths.
 */
export async function movePlaylists(parts: FollowParts): Promise<Renames> {
  const { store, settings, changes } = parts;
  const library = settings.outputDir;
  const moved = new Map<string, string>();
  for (const record of store.lists.withPlaylist(library)) {
    const { playlistFile: file, label, name } = record;
    const { kind, playlistFolder } = layoutOf(settings.fileNameTemplate, label);
    const folder = join(library, ...playlistFolder);
    if (file === undefined || dirname(file) === folder || !(await isAsWritten(record))) continue;
    const to = await freeIn(folder, kind === 'folder' ? safeName(name, 230) : label);
    await unlessRefused(parts, file, async () => {
      if (await moveInLibrary(changes, file, to, 'playlist')) moved.set(to, file);
    });
  }
  return moved;
}

async function freeIn(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${numberedName(name, number)}.m3u8`);
    if (!(await exists(path))) return path;
  }
}
