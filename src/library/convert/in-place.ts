import { randomBytes } from 'node:crypto';
import { extname, join } from 'node:path';
import type { JobParts } from '../../downloads/job-parts.ts';
import { renameInPlaylists } from '../../downloads/rename-in-playlists.ts';
import { lrcOf } from '../../downloads/sidecars.ts';
import type { IndexedFile } from '../../history/file-index.ts';
import { entryOf, trashFile } from '../../history/trash-file.ts';
import { factsAt, isSameFile, isUnchanged, mustLookAt, type FileFacts } from '../../system/file-facts.ts';
import { exists, linkOrCopy, replaceFile } from '../../system/files.ts';
import { keepInTrash } from '../../system/trash.ts';
import { numberedName } from '../../tracks/numbered-name.ts';
import type { LibrarySong } from '../songs.ts';
import type { Made } from './make-file.ts';

export type InPlaceParts = Pick<JobParts, 'store' | 'clock' | 'log' | 'changes' | 'workFolder'> & {
  readonly settings: { readonly outputDir: string };
  /** All of the library. */
  readonly playlistFiles: readonly string[];
};

/** New paths by old ones, all absolute: both files are there, and playlist files still name the old one. */
export type Renamed = ReadonlyMap<string, string>;

/** One file, under all the names that it has in the library. */
export interface SongGroup {
  readonly song: LibrarySong;
  readonly names: readonly string[];
}

/**
 * The other names of songs in the library: hard links of one file in the folders of several playlists are one song, and are
 * converted once. Each file is in one group only.
 * @param all the songs of the library
 */
export async function groupLinks(
  songs: readonly LibrarySong[],
  all: readonly Pick<LibrarySong, 'file'>[],
): Promise<readonly SongGroup[]> {
  const byInode = Map.groupBy(
    all.filter(({ file }) => file.inode !== undefined),
    ({ file }) => `${file.sizeBytes} ${file.inode ?? ''}`,
  );
  const seen = new Set<string>();
  const groups: SongGroup[] = [];
  for (const song of songs) {
    const { path, sizeBytes, inode = '' } = song.file;
    if (seen.has(path)) continue;
    const names = [path];
    for (const { file } of byInode.get(`${sizeBytes} ${inode}`) ?? []) {
      if (file.path !== path && (await isSameFile(file.path, path))) names.push(file.path);
    }
    for (const name of names) seen.add(name);
    groups.push({ song, names });
  }
  return groups;
}

/** Whether a song is the file that the index knows, and no link. */
export async function isAsIndexed({ path, sizeBytes, modifiedMs }: IndexedFile): Promise<boolean> {
  const now = await factsAt(path);
  return now !== undefined && isUnchanged(now, { ...now, sizeBytes, modifiedMs: Math.round(modifiedMs) });
}

/**
 * Puts a new file under each name of a song. Where the format is the same, it takes the old one's place in one step, and the
 * old one is in the trash; else it has a name beside it, and `finishRenames` does the rest.
 * @throws HarmoniError output-not-writable, disk-full; what the journal throws
 */
export async function putMade(
  parts: InPlaceParts,
  { names }: SongGroup,
  made: Made,
  extension: string,
): Promise<Renamed> {
  const renamed = new Map<string, string>();
  let first: string | undefined;
  for (const old of names) {
    const indexed = parts.store.files.get(old);
    if (indexed === undefined) continue;
    const from = first ?? made.path;
    const isSame = extname(old).toLowerCase() === `.${extension}`;
    const path = isSame
      ? await putOver(parts, from, indexed, made)
      : await putBeside(parts, from, indexed, { made, extension });
    first ??= path;
    if (path !== old) renamed.set(old, path);
  }
  return renamed;
}

async function putOver(parts: InPlaceParts, from: string, old: IndexedFile, made: Made): Promise<string> {
  const { changes, store, workFolder } = parts;
  const { path } = old;
  const next = join(workFolder, `replace-${randomBytes(6).toString('hex')}`);
  await linkOrCopy(from, next, 'link', workFolder);
  const after = await mustLookAt(next);
  const kept = await keepInTrash(path, placeOf(parts));
  const entry = entryOf(store, path);
  await changes.make(
    { kind: 'replace', path, kept, after, entry },
    async () => {
      await replaceFile(next, path);
      return true;
    },
    (now) => store.files.put(indexedAs(old, path, made, now), entry?.keys ?? [], made.found.facts),
  );
  return path;
}

async function putBeside(
  parts: InPlaceParts,
  from: string,
  old: IndexedFile,
  { made, extension }: { readonly made: Made; readonly extension: string },
): Promise<string> {
  const { changes, store, workFolder } = parts;
  const stem = old.path.slice(0, old.path.length - extname(old.path).length);
  const keys = store.files.keysOf(old.path);
  const after = await mustLookAt(from);
  for (let attempt = 1; ; attempt += 1) {
    const path = numberedName(stem, attempt, `.${extension}`);
    const isPut = await changes.make(
      { kind: 'replace', path, after },
      () => linkOrCopy(from, path, 'link', workFolder),
      (now) => store.files.put(indexedAs(old, path, made, now), keys, made.found.facts),
    );
    if (isPut) return path;
  }
}

/** What the index knows of the new file; that it's HARMONI's, and what it was made from, is as before. */
function indexedAs(old: IndexedFile, path: string, { found }: Made, now: FileFacts | undefined): IndexedFile {
  const { media, trackMs, downloaded, isChanged } = old;
  return {
    path,
    sizeBytes: now?.sizeBytes ?? 0,
    modifiedMs: now?.modifiedMs ?? 0,
    ...(now === undefined ? {} : { inode: now.inode }),
    format: extname(path).slice(1).toLowerCase(),
    durationMs: found.durationMs,
    downloaded,
    ...(found.bitrateKbps === undefined ? {} : { bitrateKbps: found.bitrateKbps }),
    ...(media === undefined ? {} : { media }),
    ...(trackMs === undefined ? {} : { trackMs }),
    ...(isChanged === undefined ? {} : { isChanged }),
  };
}

/**
 * Has playlist files name the new files, and then moves the old ones to the trash: whenever it is stopped, each line of a
 * playlist file leads to a file that is there. Lyrics beside a song have its name, and are found by it as before; where the
 * new name is another one, they are there too.
 */
export async function finishRenames(parts: InPlaceParts, renamed: Renamed): Promise<void> {
  if (renamed.size === 0) return;
  await renameInPlaylists(parts, renamed);
  for (const [old, path] of renamed) {
    await linkLyrics(parts, old, path);
    await trashFile(parts, old);
    parts.log.write('info', 'A song was converted.', { path, old });
  }
}

async function linkLyrics({ changes, workFolder }: InPlaceParts, old: string, path: string): Promise<void> {
  const [from, to] = [lrcOf(old), lrcOf(path)];
  if (from === to || !(await exists(from)) || (await exists(to))) return;
  const after = await mustLookAt(from);
  await changes.make({ kind: 'link', path: to, after }, () => linkOrCopy(from, to, 'link', workFolder));
}

function placeOf({ settings, clock }: InPlaceParts): { library: string; nowMs: number } {
  return { library: settings.outputDir, nowMs: clock.now() };
}
