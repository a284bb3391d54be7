import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { createTagger } from '../downloads/tag.ts';
import { pathsIn } from '../downloads/m3u8.ts';
import { inWorkFolder, workFolderOf } from '../downloads/work-folder.ts';
import { HarmoniError, scopeOf, toHarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import { renderCopyLists } from '../library/copy/car-text.ts';
import { copyLyrics } from '../library/copy/copy-lyrics.ts';
import {
  copySong,
  lookInCopy,
  removeFormer,
  type CopyParts,
  type CopyWish,
} from '../library/copy/copy-song.ts';
import { openManifest } from '../library/copy/manifest.ts';
import type { CopyItem, CopyList } from '../library/copy/plan.ts';
import { createSmallCovers } from '../library/copy/small-cover.ts';
import { parseQuery } from '../library/query.ts';
import { nameOf, songsOf, type LibrarySong } from '../library/songs.ts';
import { atOnce } from '../system/at-once.ts';
import { asFileError } from '../system/file-errors.ts';
import { isBelow, readPlainFile, sha256, writeFileAtomic } from '../system/files.ts';
import { foldName } from '../tracks/fold.ts';
import { nearestName } from '../tracks/nearest-name.ts';
import type { ConvertDeps, ConvertEvent, ConvertHooks } from './convert.ts';

export interface CopyEnd {
  readonly done: readonly { readonly song: LibrarySong; readonly path: string }[];
  /** Copied before. */
  readonly present: number;
  readonly failed: readonly { readonly song: LibrarySong; readonly error: HarmoniError }[];
  /** Playlist files that were written, and those that somebody changed since; below the copy. */
  readonly playlists: readonly string[];
  readonly changed: readonly string[];
  readonly stoppedBy: HarmoniError | undefined;
}

/**
 * The playlists of these names, or those that a query means, with their songs that it means, in their order. Without
 * names, a query without `list:` means none.
 * @param library absolute
 * @throws HarmoniError usage, when a name isn't the one of a playlist
 */
export async function findCopyLists(
  store: Pick<Store, 'files' | 'lists'>,
  library: string,
  words: readonly string[],
  names: readonly string[],
): Promise<readonly CopyList[]> {
  const query = parseQuery(words, library);
  if (!query.asksForLists && names.length === 0) return [];
  const records = store.lists.withPlaylist(library);
  checkNames(
    names,
    records.map(({ name }) => name),
  );
  const wanted = new Set(names.map(foldName));
  const byPath = new Map(songsOf(store, library).map((song) => [song.file.path, song]));
  const found: CopyList[] = [];
  for (const { name, label, playlistFile } of records) {
    if (playlistFile === undefined || (names.length > 0 && !wanted.has(foldName(name)))) continue;
    const lines = pathsIn((await readPlainFile(playlistFile))?.toString() ?? '');
    const songs = lines.flatMap((line) => byPath.get(resolve(dirname(playlistFile), line)) ?? []);
    const meant = songs.filter(
      (song) => song.file.fault === undefined && query.matches({ ...song, lists: [name] }),
    );
    if (meant.length > 0) found.push({ name, label, songs: meant });
  }
  return found;
}

/** @throws HarmoniError usage */
function checkNames(names: readonly string[], known: readonly string[]): void {
  const folded = new Map(known.map((name) => [foldName(name), name]));
  const unknown = names.find((name) => !folded.has(foldName(name)));
  if (unknown === undefined) return;
  const near = folded.get(nearestName(foldName(unknown), [...folded.keys()]) ?? '');
  throw new HarmoniError('usage', `Your library has no playlist called "${unknown}".`, {
    fix: near === undefined ? 'Check the name of the playlist.' : `Did you mean "${near}"?`,
  });
}

/** A copy in the library would be songs of it. @throws HarmoniError usage */
export async function checkTarget(target: string, library: string): Promise<void> {
  const [to, from] = [await realPlace(target), await realPlace(library)];
  if (to !== from && !isBelow(to, from) && !isBelow(from, to)) return;
  throw new HarmoniError('usage', `${target} is your library, or shares a folder with it.`, {
    fix: 'Choose a folder elsewhere, for example on a USB stick.',
  });
}

/** Where a path leads by links, as far as it is there. */
async function realPlace(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  const above = dirname(path);
  return real ?? (above === path ? path : join(await realPlace(above), basename(path)));
}

/**
 * Copies songs into a folder outside of the library, in another format. A second run adds what is new, moves what has another
 * place in its playlist, and touches nothing that HARMONI didn't make there.
 */
export async function exportCopy(
  deps: ConvertDeps,
  items: readonly CopyItem[],
  where: { readonly target: string; readonly wish: CopyWish },
  hooks: ConvertHooks,
): Promise<CopyEnd> {
  const { store } = deps;
  const workFolder = workFolderOf(where.target, store.instance.id);
  const folders = { settings: { outputDir: where.target }, workFolder, store };
  return inWorkFolder(folders, () => copyAll({ ...deps, workFolder }, items, where, hooks));
}

async function copyAll(
  deps: ConvertDeps & { readonly workFolder: string },
  items: readonly CopyItem[],
  { target, wish }: { readonly target: string; readonly wish: CopyWish },
  { signal, emit }: ConvertHooks,
): Promise<CopyEnd> {
  const stopper = new AbortController();
  const make = {
    ...deps,
    extraArgs: deps.ffmpegExtraArgs,
    tagger: createTagger(),
    signal: AbortSignal.any([signal, stopper.signal]),
  };
  const manifest = await openManifest(target);
  const parts: CopyParts = {
    make,
    store: deps.store,
    wish,
    target,
    manifest,
    smallCover: createSmallCovers(make),
  };
  const done: { song: LibrarySong; path: string }[] = [];
  const failed: { song: LibrarySong; error: HarmoniError }[] = [];
  let present = 0;
  let fault: HarmoniError | undefined;
  await atOnce(items, deps.cores, async (item) => {
    if (make.signal.aborted) return;
    const { song } = item;
    emit({ type: 'begun', song });
    try {
      const { file, isRight } = await lookInCopy(item, parts);
      const path = isRight ? undefined : await copySong(item, file, parts, (ms) => emit(partOf(song, ms)));
      await copyLyrics(item, parts).catch((error: unknown) => unlessAll(error, target, deps.log));
      if (path === undefined) present += 1;
      else done.push({ song, path });
      emit({ type: 'ended', song });
    } catch (thrown) {
      const error = toHarmoniError(asFileError(thrown, target));
      if (signal.aborted || stopper.signal.aborted || scopeOf(error.code) === 'job') {
        fault ??= error;
        stopper.abort(error);
        return;
      }
      failed.push({ song, error });
      emit({ type: 'ended', song, error });
    }
  });
  const written = await finish(items, parts).catch((error: unknown) => {
    fault ??= toHarmoniError(error);
    return nothing;
  });
  return { done, present, failed, ...written, stoppedBy: fault };
}

/** Lyrics are no reason to lose a song; only what ends the whole copy goes on. */
function unlessAll(thrown: unknown, target: string, log: ConvertDeps['log']): void {
  const error = toHarmoniError(asFileError(thrown, target));
  if (scopeOf(error.code) === 'job') throw error;
  log.write('warn', "Couldn't copy lyrics.", { error: error.message });
}

const nothing = { playlists: [], changed: [] };

async function finish(
  items: readonly CopyItem[],
  parts: CopyParts,
): Promise<Pick<CopyEnd, 'playlists' | 'changed'>> {
  const written = await writeLists(items, parts);
  await removeFormer(parts);
  return written;
}

function partOf(song: LibrarySong, doneMs: number): ConvertEvent {
  return {
    type: 'part',
    song,
    fraction: Math.min(1, doneMs / (song.file.durationMs ?? Number.POSITIVE_INFINITY)),
  };
}

/** The playlist files of the copy, with what is there. */
async function writeLists(
  items: readonly CopyItem[],
  { manifest, target }: CopyParts,
): Promise<Pick<CopyEnd, 'playlists' | 'changed'>> {
  const playlists: string[] = [];
  const changed: string[] = [];
  for (const [label, ofList] of Map.groupBy(items, ({ list }) => list?.label)) {
    if (label === undefined) continue;
    const entries = ofList.flatMap(({ key, song }) => {
      const file = manifest.files.get(key);
      if (file === undefined) return [];
      return [{ fileName: basename(file.path), name: nameOf(song), durationMs: song.file.durationMs }];
    });
    const folder = ofList[0]?.parts[0] ?? label;
    const texts = renderCopyLists(ofList[0]?.list?.name ?? label, entries);
    for (const [extension, bytes] of Object.entries(texts)) {
      const path = `${folder}/${folder}.${extension}`;
      const before = await readPlainFile(join(target, path));
      if (before?.equals(bytes) === true) continue;
      if (before !== undefined && !manifest.isOwnPlaylist(path, sha256(before))) changed.push(path);
      else {
        await manifest.addPlaylist(path, sha256(bytes));
        await writeFileAtomic(join(target, path), bytes);
        playlists.push(path);
      }
    }
  }
  return { playlists, changed };
}
