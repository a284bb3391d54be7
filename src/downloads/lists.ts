import { lstat, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isBelow, sha256, writeFileAtomic } from '../system/files.ts';
import type { ListRecord } from '../history/lists.ts';
import { keepInTrash } from '../system/trash.ts';
import type { Track } from '../tracks/track.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import { numberedName, safeName } from './file-names.ts';
import type { ListPlace } from './list-places.ts';
import { entriesOfUnmarked, isMarkOf, originIn, renderM3u8, type PlaylistEntry } from './m3u8.ts';
import type { JobParts } from './job-parts.ts';

type PlaylistParts = Pick<JobParts, 'job' | 'settings' | 'places' | 'store' | 'clock' | 'log' | 'trashDir'>;

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
    if (list.folder !== 'own' || place === undefined) continue;
    try {
      const songs = songsOf(parts, number, place, outcomes);
      if (songs.length > 0) written.set(number, await writePlaylist(parts, list.name, place, songs));
    } catch (error) {
      const { folder } = place;
      parts.log.write('warn', 'A playlist file could not be written.', {
        folder,
        error: String(error),
      });
    }
  }
  return written;
}

/** The list's songs with their paths, absolute. */
function songsOf(
  parts: PlaylistParts,
  list: number,
  place: ListPlace,
  outcomes: ReadonlyMap<number, TrackOutcome>,
): readonly PlaylistEntry[] {
  return parts.job.tracks
    .filter((row) => row.list === list)
    .flatMap((row) => {
      const path = outcomes.get(row.position)?.path ?? pathInLibrary(parts, row.track, place.folder);
      if (path === undefined) return [];
      const { artist, track, durationMs } = row.track;
      return [{ path, durationMs, artist, track }];
    });
}

async function writePlaylist(
  { settings, store, clock, trashDir }: PlaylistParts,
  name: string,
  place: ListPlace,
  songs: readonly PlaylistEntry[],
): Promise<string> {
  const { lists, files } = store;
  const known = lists.get(settings.outputDir, place.origin);
  const isOurs = (path: string): boolean => files.get(path)?.downloaded === true;
  const wanted = place.folder === settings.outputDir ? place.label : safeName(name, 230);
  const list = { name, origin: place.origin, lastSha256: known?.playlistSha256, isOurs };
  const file = await fileFor(list, { folder: place.folder, wanted, last: known?.playlistFile });
  const entries = songs.map((song) => ({
    ...song,
    path: relative(dirname(file), song.path).split(sep).join('/'),
  }));
  const content = renderM3u8({ name, origin: place.origin }, entries);
  const before = await readFile(file).catch(() => undefined);
  if (before !== undefined && isWorthKeeping(before, content, { origin: place.origin, known })) {
    await keepInTrash(file, { dir: trashDir, root: settings.outputDir, nowMs: clock.now() });
  }
  await writeFileAtomic(file, content);
  lists.setPlaylist(settings.outputDir, place.origin, file, sha256(content));
  return file;
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

/** The list's own playlist file, or the first name that nothing else has. What HARMONI did not write stays as it is. */
async function fileFor(
  list: OwnList,
  { folder, wanted, last }: { folder: string; wanted: string; last: string | undefined },
): Promise<string> {
  if (last !== undefined && isBelow(last, folder) && (await ownerOf(last, list)) !== 'other') return last;
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

function pathInLibrary(parts: PlaylistParts, track: Track, folder: string): string | undefined {
  const whole = parts.store.files.find(track).filter((file) => file.fault === undefined);
  return (
    whole.find(({ path }) => isBelow(path, folder)) ??
    whole.find(({ path }) => isBelow(path, parts.settings.outputDir))
  )?.path;
}
