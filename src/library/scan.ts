import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { FileIndex } from '../history/file-index.ts';
import { fileNameKeys, tagKeys, trackKeys } from '../tracks/identity.ts';

/** What counts as music. */
const audioExtensions: ReadonlySet<string> = new Set([
  '.mp3',
  '.m4a',
  '.opus',
  '.flac',
  '.ogg',
  '.wav',
  '.aac',
  '.webm',
]);

export interface ScanResult {
  readonly files: number;
  /** New or changed since the last scan. */
  readonly read: number;
  /** In the index, and gone from the disk. */
  readonly gone: number;
}

/**
 * Brings the index up to date with the library: files that are new, changed or moved are read for their tags, those
 * that are gone are forgotten. An unchanged file costs one stat. Hidden folders are left out, links are not followed.
 */
export async function scanLibrary(
  root: string,
  index: FileIndex,
  options: { signal: AbortSignal; onProgress?: (read: number) => void },
): Promise<ScanResult> {
  const missing = new Set(index.pathsBelow(root));
  let files = 0;
  let read = 0;
  const unread: string[] = [];
  for await (const path of audioFilesBelow(root, unread)) {
    options.signal.throwIfAborted();
    // It may go while the folder is being read.
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined) continue;
    files += 1;
    missing.delete(path);
    const known = index.get(path);
    if (known?.sizeBytes === facts.size && known.modifiedMs === Math.round(facts.mtimeMs)) continue;
    await readInto(index, path, facts.size, facts.mtimeMs);
    read += 1;
    options.onProgress?.(read);
  }
  // A folder that cannot be read (a disk that is not mounted) says nothing about its files.
  const gone = [...missing].filter((path) => !unread.some((folder) => path.startsWith(folder)));
  for (const path of gone) index.remove(path);
  return { files, read, gone: gone.length };
}

async function* audioFilesBelow(folder: string, unread: string[]): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) unread.push(folder);
    return [];
  });
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* audioFilesBelow(path, unread);
    else if (entry.isFile() && audioExtensions.has(extname(entry.name).toLowerCase())) yield path;
  }
}

/** Tags first; a file without them is known by its name. */
async function readInto(
  index: FileIndex,
  path: string,
  sizeBytes: number,
  modifiedMs: number,
): Promise<void> {
  const { parseFile } = await import('music-metadata');
  const extension = extname(path);
  const base = { path, sizeBytes, modifiedMs, format: extension.slice(1).toLowerCase(), downloaded: false };
  const nameKeys = fileNameKeys(basename(path, extension));
  try {
    const { common, format, native } = await parseFile(path, { skipCovers: true });
    const own = ownTags(native);
    const { title, artist, isrc } = common;
    const keys = [
      ...(own.spotifyUri === undefined ? [] : [`uri:${own.spotifyUri}`]),
      ...(isrc ?? []).map((code) => `isrc:${code.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase()}`),
      ...(title === undefined || artist === undefined ? nameKeys : tagKeys(artist, title)),
      ...(title === undefined
        ? []
        : trackKeys({ artists: common.artists ?? [], artist: artist ?? '', track: title })),
      ...(own.videoId === undefined ? [] : [`youtube:${own.videoId}`]),
    ];
    index.put(
      {
        ...base,
        ...(format.bitrate === undefined ? {} : { bitrateKbps: Math.round(format.bitrate / 1000) }),
        ...(format.duration === undefined ? {} : { durationMs: Math.round(format.duration * 1000) }),
        ...(own.videoId === undefined ? {} : { videoId: own.videoId }),
        // Only HARMONI writes its own tag.
        downloaded: own.videoId !== undefined,
      },
      keys,
    );
  } catch {
    // No tags that can be read: the name is all there is.
    index.put(base, nameKeys);
  }
}

/** HARMONI's own tags, whatever the format wraps their names in. */
export function ownTags(native: Readonly<Record<string, readonly { id: string; value: unknown }[]>>): {
  spotifyUri: string | undefined;
  videoId: string | undefined;
} {
  const find = (name: string): string | undefined => {
    const tag = Object.values(native)
      .flat()
      .find(({ id }) => id.toUpperCase().endsWith(name));
    return typeof tag?.value === 'string' && tag.value !== '' ? tag.value : undefined;
  };
  return { spotifyUri: find('SPOTIFY_URI'), videoId: find('YOUTUBE_ID') };
}
