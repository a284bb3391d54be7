import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { safeName } from '../downloads/file-names.ts';
import { pathsIn, renderOwnM3u } from '../downloads/m3u8.ts';
import type { Store } from '../history/store.ts';
import { readKnownLists } from '../library/known-lists.ts';
import { readListMembers } from '../library/list-members.ts';
import { parseQuery } from '../library/query.ts';
import { songOfTrack, trackOf } from '../library/song-track.ts';
import type { LibrarySong } from '../library/songs.ts';
import { renderSongsCsv, songInJson, type SongRow } from '../sources/write-songs.ts';
import { writeNewFile } from '../system/new-file.ts';
import { dropDoubles } from '../tracks/identity.ts';
import { readExportWish, type ExportFlags, type ExportWish } from './export-wish.ts';
import { findSongs } from './library-songs.ts';

type ExportStore = Pick<Store, 'files' | 'followed' | 'failures' | 'jobs' | 'lists'>;

export interface ExportPlace {
  /** Absolute. */
  readonly library: string;
  /** Where files go that were not given a place; absolute. */
  readonly folder: string;
  readonly nowMs: number;
}

export interface Exported extends Pick<ExportWish, 'what' | 'as'> {
  readonly files: readonly { readonly path: string; readonly songs: number }[];
}

/**
 * Writes the songs that a query means into files for other programs, and for HARMONI's own sources. Nothing is overwritten,
 * and where no song is meant there is no file. Scan first.
 * @throws HarmoniError usage, and what writing a file throws
 */
export async function exportSongs(
  store: ExportStore,
  place: ExportPlace,
  flags: ExportFlags,
  words: readonly string[],
): Promise<Exported> {
  const to = resolve(flags.to ?? place.folder);
  const isFolder = flags.to === undefined || /[/\\]$/.test(flags.to) || (await isDirectory(to));
  const wish = readExportWish(flags, isFolder, dayOf(place.nowMs));
  const target = wish.nameInFolder === undefined ? to : join(to, wish.nameInFolder);
  const { what, as } = wish;
  if (as === 'm3u') {
    const songs = await findSongs(store, place.library, words);
    if (songs.length === 0) return { what, as, files: [] };
    const files =
      wish.nameInFolder === undefined
        ? [await writePlaylist(target, basename(target, extname(target)), songs)]
        : await writePlaylists(store, place.library, flags.to === undefined ? target : to, songs);
    return { what, as, files };
  }
  const rows =
    what === 'library'
      ? await rowsOfLibrary(store, place.library, words)
      : rowsOfLists(store, place.library, what, words);
  if (rows.length === 0) return { what, as, files: [] };
  const text = as === 'csv' ? renderSongsCsv(rows) : inJson(rows, what, place);
  return { what, as, files: [{ path: await writeNewFile(target, text), songs: rows.length }] };
}

/** "2026-11-30", where the user is. */
function dayOf(ms: number): string {
  const day = new Date(ms);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function rowsOfLibrary(
  store: ExportStore,
  library: string,
  words: readonly string[],
): Promise<readonly SongRow[]> {
  const listsOf = await readListMembers(store, library);
  return (await findSongs(store, library, words)).map((song) =>
    rowOf(song, library, listsOf(song.file.path)),
  );
}

function rowOf(song: LibrarySong, library: string, lists: readonly string[]): SongRow {
  const { path, format, bitrateKbps, sizeBytes, fault } = song.file;
  return {
    track: trackOf(song),
    about: {
      ...(lists.length === 0 ? {} : { playlists: lists }),
      file: relative(library, path).split(sep).join('/'),
      ...(format === undefined ? {} : { format }),
      ...(bitrateKbps === undefined ? {} : { bitrateKbps }),
      sizeBytes,
      ...(song.facts.heard === undefined ? {} : { heard: song.facts.heard }),
      ...(fault === undefined ? {} : { status: 'broken', reason: fault }),
    },
  };
}

/** A query looks at songs that are missing by all that their source knew. */
function rowsOfLists(
  store: ExportStore,
  library: string,
  what: 'missing' | 'playlists',
  words: readonly string[],
): readonly SongRow[] {
  const query = parseQuery(words, library);
  const rows = readKnownLists(store, library).flatMap((list) =>
    list.rows
      .filter(({ track, lack }) => {
        const isMeant = what === 'playlists' || lack !== undefined;
        return isMeant && query.matches(songOfTrack(track, list.name));
      })
      .map(({ track, lack }): SongRow => ({ track, list: list.name, about: lack ?? {} })),
  );
  if (what === 'missing') return rows;
  // A track list has each song once, whatever playlists it's in.
  const once = new Set(dropDoubles(rows.map(({ track }) => track)));
  return rows.filter(({ track }) => once.has(track)).map(({ track, about }) => ({ track, about }));
}

/** Each shape is one that HARMONI's sources know: a list of tracks, and playlists with their items. */
function inJson(rows: readonly SongRow[], what: ExportWish['what'], { nowMs, library }: ExportPlace): string {
  const exportedAt = new Date(nowMs).toISOString();
  const lists = Map.groupBy(rows, ({ list }) => list ?? '');
  const content =
    what === 'missing'
      ? { playlists: [...lists].map(([name, items]) => ({ name, items: items.map(songInJson) })) }
      : { tracks: rows.map(songInJson) };
  return `${JSON.stringify({ exportedAt, library, ...content }, null, 2)}\n`;
}

/** One for each playlist of the library, in its order, with those of its songs that the query means. */
async function writePlaylists(
  store: Pick<Store, 'lists'>,
  library: string,
  folder: string,
  songs: readonly LibrarySong[],
): Promise<Exported['files']> {
  const byPath = new Map(songs.map((song) => [song.file.path, song]));
  const files: { path: string; songs: number }[] = [];
  for (const { name, playlistFile } of store.lists.withPlaylist(library)) {
    if (playlistFile === undefined) continue;
    const content = await readFile(playlistFile, 'utf8').catch(() => '');
    const inList = pathsIn(content).flatMap(
      (entry) => byPath.get(resolve(dirname(playlistFile), entry)) ?? [],
    );
    if (inList.length === 0) continue;
    files.push(await writePlaylist(join(folder, `${safeName(name, 230)}.m3u`), name, inList));
  }
  return files;
}

async function writePlaylist(
  file: string,
  name: string,
  songs: readonly LibrarySong[],
): Promise<Exported['files'][number]> {
  const entries = songs.map((song) => {
    const { artist, track, durationMs } = trackOf(song);
    const way = relative(dirname(file), song.file.path);
    // On another drive there's no way from here.
    const path = isAbsolute(way) ? way : way.split(sep).join('/');
    return { path, durationMs, artist, track };
  });
  const text = renderOwnM3u(name, entries);
  // A file whose name has a line break can't be named.
  return { path: await writeNewFile(file, text), songs: pathsIn(text).length };
}
