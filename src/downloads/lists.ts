import { lstat, readFile } from 'node:fs/promises';
import { dirname, join, parse, relative, resolve, sep } from 'node:path';
import type { ListRecord } from '../history/lists.ts';
import { countsFor } from '../history/indexed-file.ts';
import { writePlaylistFile } from '../history/write-playlist.ts';
import { exists, isBelow, sha256 } from '../system/files.ts';
import { keepInTrash } from '../system/trash.ts';
import { isNamedByLink } from '../tracks/link-name.ts';
import { numberedName } from '../tracks/numbered-name.ts';
import type { Track } from '../tracks/track.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import { safeName } from './file-names.ts';
import { fileOfList, type ListPlace } from './list-places.ts';
import { entriesOfUnmarked, isMarkOf, originIn, pathsIn, renderM3u8, type PlaylistEntry } from './m3u8.ts';
import type { JobParts } from './job-parts.ts';
import type { JobSettings } from './settings.ts';

type PlaylistParts = Pick<JobParts, 'job' | 'places' | 'clock' | 'log' | 'changes'> & {
  readonly store: Pick<JobParts['store'], 'lists' | 'files'>;
  readonly settings: Pick<JobSettings, 'outputDir' | 'fileNameTemplate'>;
};

/**
 * Writes the m3u8 of every list that is one, in the list's order, with all of its tracks that are in the library (chosen
 * this time or not). Returns the paths by list.
 */
export async function writePlaylists(
  parts: PlaylistParts,
  outcomes: ReadonlyMap<number, TrackOutcome>,
): Promise<ReadonlyMap<number, string>> {
  const written = new Map<number, string>();
  for (const [number, list] of parts.job.lists.entries()) {
    const place = parts.places[number];
    if (place?.label === undefined) continue;
    try {
      const songs = await songsOf(parts, number, place, outcomes);
      if (songs.length > 0 || (await isEmptied(parts, number, place)))
        written.set(number, await writePlaylist(parts, list.name, place, songs));
    } catch (error) {
      parts.log.write('warn', "Couldn't write a playlist file.", {
        list: place.label,
        error: String(error),
      });
    }
  }
  return written;
}

/**
 * A list that has no songs anymore, or whose files are all gone. One whose songs couldn't be had keeps the playlist file
 * that it has, as long as that leads to any.
 */
async function isEmptied(
  { job, store, settings }: PlaylistParts,
  list: number,
  { origin }: ListPlace,
): Promise<boolean> {
  const file = store.lists.get(settings.outputDir, origin)?.playlistFile;
  if (file === undefined) return false;
  if (!job.tracks.some((row) => row.list === list)) return true;
  const paths = pathsIn(await readFile(file, 'utf8').catch(() => ''));
  const areThere = await Promise.all(paths.map((path) => exists(resolve(dirname(file), path))));
  return paths.length > 0 && !areThere.includes(true);
}

/** The list's songs with their paths, absolute. */
async function songsOf(
  parts: PlaylistParts,
  list: number,
  place: ListPlace,
  outcomes: ReadonlyMap<number, TrackOutcome>,
): Promise<readonly PlaylistEntry[]> {
  const songs: PlaylistEntry[] = [];
  for (const row of parts.job.tracks) {
    if (row.list !== list) continue;
    const made = outcomes.get(row.position)?.path;
    // It may have been moved since.
    const isThere = made !== undefined && parts.store.files.get(made) !== undefined;
    const path = isThere ? made : ((await pathInLibrary(parts, row.track, place)) ?? made);
    if (path === undefined) continue;
    const { artist, track, durationMs } = row.track;
    // A song that its list knows by a link alone has its name in the library.
    const names = isNamedByLink(row.track) ? { artist: '', track: parse(path).name } : { artist, track };
    songs.push({ path, durationMs, ...names });
  }
  return songs;
}

async function writePlaylist(
  { settings, store, clock, changes }: PlaylistParts,
  name: string,
  place: ListPlace,
  songs: readonly PlaylistEntry[],
): Promise<string> {
  const { lists, files } = store;
  const known = lists.get(settings.outputDir, place.origin);
  const isOurs = (path: string): boolean => files.get(path)?.downloaded === true;
  const list = { name, origin: place.origin, lastSha256: known?.playlistSha256, isOurs };
  const file = await fileFor(list, placesFor(settings.outputDir, name, place, known));
  const entries = songs.map((song) => ({
    ...song,
    path: relative(dirname(file), song.path).split(sep).join('/'),
  }));
  const content = renderM3u8({ name, origin: place.origin }, entries);
  const before = await readFile(file).catch(() => undefined);
  const isKept = before !== undefined && isWorthKeeping(before, content, { origin: place.origin, known });
  const trash = { library: settings.outputDir, nowMs: clock.now() };
  const kept = isKept ? await keepInTrash(file, trash) : undefined;
  await writePlaylistFile({ changes }, file, { before, next: content, kept }, () => {
    lists.setPlaylist(settings.outputDir, place.origin, file, sha256(content));
  });
  return file;
}

/** Where the playlist file of a list may be; absolute. */
interface PlaylistPlaces {
  readonly library: string;
  /** Where one goes that is new. */
  readonly folder: string;
  /** Its name there, without extension, unless that is taken. */
  readonly wanted: string;
  /** Where HARMONI wrote it last. */
  readonly last: string | undefined;
  /** Where HARMONI 2.0 had it by another template. */
  readonly older: readonly string[];
}

function placesFor(
  library: string,
  name: string,
  { label = '', layout }: ListPlace,
  known: ListRecord | undefined,
): PlaylistPlaces {
  const folder = join(library, ...layout.playlistFolder);
  const ownName = safeName(name, 230);
  return {
    library,
    folder,
    wanted: layout.kind === 'folder' ? ownName : label,
    last: known?.playlistFile,
    older: [join(library, label, `${ownName}.m3u8`), join(library, `${label}.m3u8`)].filter(
      (file) => dirname(file) !== folder,
    ),
  };
}

/** Somebody edited it, it is of a HARMONI that left no mark, or of a list of this name whose source is gone. */
function isWorthKeeping(
  before: Buffer,
  next: string,
  { origin, known }: { origin: string; known: ListRecord | undefined },
): boolean {
  const text = before.toString();
  return text !== next && (sha256(before) !== known?.playlistSha256 || !isMarkOf(originIn(text), origin));
}

interface OwnList {
  readonly name: string;
  readonly origin: string;
  /** Of what HARMONI last wrote for it. */
  readonly lastSha256: string | undefined;
  /** Whether HARMONI made the file at a path. */
  readonly isOurs: (path: string) => boolean;
}

/**
 * The list's own playlist file, wherever an older template had it, or the first name that nothing else has. What HARMONI
 * did not write stays as it is.
 */
async function fileFor(list: OwnList, places: PlaylistPlaces): Promise<string> {
  const { library, folder, wanted, last, older } = places;
  if (last !== undefined && isBelow(last, library)) {
    const owner = await ownerOf(last, list);
    if (owner === 'list' || owner === 'unmarked') return last;
    if (owner === 'nobody' && isBelow(last, folder)) return last;
  }
  for (const file of older) {
    const owner = await ownerOf(file, list);
    if (owner === 'list' || owner === 'unmarked') return file;
  }
  let unmarked: string | undefined;
  for (let number = 1; ; number += 1) {
    const file = join(folder, `${numberedName(wanted, number)}.m3u8`);
    const owner = await ownerOf(file, list);
    if (owner === 'list') return file;
    if (owner === 'unmarked') unmarked ??= file;
    if (owner === 'nobody') return unmarked ?? file;
  }
}

async function ownerOf(file: string, list: OwnList): Promise<'nobody' | 'list' | 'unmarked' | 'other'> {
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return 'nobody';
  if (!found.isFile()) return 'other';
  const content = await readFile(file, 'utf8').catch(() => '');
  // Also under the origin that the list had before its file was moved.
  if (sha256(content) === list.lastSha256) return 'list';
  const origin = originIn(content);
  if (origin !== undefined) return isMarkOf(origin, list.origin) ? 'list' : 'other';
  const entries = entriesOfUnmarked(content, list.name);
  const isOurs = entries?.every((path) => list.isOurs(resolve(dirname(file), path))) === true;
  return isOurs ? 'unmarked' : 'other';
}

async function pathInLibrary(
  { store, settings }: PlaylistParts,
  track: Track,
  place: ListPlace,
): Promise<string | undefined> {
  const whole = store.files
    .find(track)
    .filter((file) => file.fault === undefined && countsFor(file, settings.outputDir));
  return ((await fileOfList(whole, place, track, settings)) ?? whole[0])?.path;
}
