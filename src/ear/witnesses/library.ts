import type { IndexedFile } from '../../history/indexed-file.ts';
import type { Store } from '../../history/store.ts';
import { readIsrc } from '../../tracks/isrc.ts';
import { factsAt } from '../../system/file-facts.ts';
import type { Track } from '../../tracks/track.ts';
import { disagreement } from '../agreement.ts';
import { clipFingerprints, clipOfFile, type ClipParts } from '../clip.ts';
import type { Reference, SongToHear } from '../ear.ts';
import type { ReferenceSource } from './reference-source.ts';

export interface LibraryParts {
  readonly store: { readonly files: Pick<Store['files'], 'findByKeys' | 'factsOf' | 'get'> };
  /** An ffmpeg that makes fingerprints. */
  readonly ffmpegPath: () => Promise<string>;
}

export interface LibraryWitness extends ReferenceSource {
  /** Whether it has a file for a track, which may turn out to be one that can't be read. */
  has(track: Track): boolean;
}

/**
 * Files of the library that are proven to be the recording, by its ISRC or Spotify URI, and agree with the track in title,
 * artist and length: an ISRC may be that of two songs. One that was proven by the library itself is no witness: small
 * differences would add up from file to file.
 */
export function createLibraryWitness({ store: { files }, ffmpegPath: pathOf }: LibraryParts): LibraryWitness {
  const isProven = ({ path, fault, durationMs: lengthMs }: IndexedFile, track: Track): boolean => {
    const { heard, title = '', artists = [] } = files.factsOf(path) ?? {};
    if (fault !== undefined || heard?.verdict !== 'proven' || heard.by === 'library') return false;
    return disagreement(track, { title, artists, lengthMs }) === undefined;
  };
  const filesFor = (track: Track, song?: SongToHear): readonly IndexedFile[] =>
    files
      .findByKeys(keysOf(track))
      .filter((file) => isProven(file, track) && !isSameFile(file, song, files.get));
  return {
    by: 'library',
    has: (track) => filesFor(track).length > 0,
    async find(song, signal) {
      for (const file of filesFor(song.track, song)) {
        const reference = await referenceIn(file, { ffmpegPath: await pathOf(), signal });
        if (reference !== undefined) return { reference };
      }
      return 'none';
    },
  };
}

/**
 * A clip of it. Undefined for what can't be read, or has changed since
 * it was scanned.
 */
async function referenceIn(
  { path, sizeBytes, modifiedMs, durationMs: lengthMs }: IndexedFile,
  parts: ClipParts,
): Promise<Reference | undefined> {
  const now = await factsAt(path);
  if (now?.sizeBytes !== sizeBytes || now.modifiedMs !== modifiedMs) return undefined;
  const sound = await clipOfFile(path, lengthMs, parts);
  const fingerprints = sound && (await clipFingerprints(sound, parts));
  if (sound === undefined || fingerprints === undefined) return undefined;
  return { by: 'library', sound, fingerprints, ...(lengthMs === undefined ? {} : { lengthMs }) };
}

/** What no other recording has: a name, or the upload that it's from, isn't enough. Pure. */
function keysOf({ spotifyUri = '', isrc = '' }: Track): readonly string[] {
  const code = readIsrc(isrc);
  return [
    ...(spotifyUri === '' ? [] : [`uri:${spotifyUri}`]),
    ...(code === undefined ? [] : [`isrc:${code}`]),
  ];
}

/** Whether a song is that file, under this name or another one. */
function isSameFile(
  { path, inode, sizeBytes }: IndexedFile,
  song: SongToHear | undefined,
  get: (path: string) => IndexedFile | undefined,
): boolean {
  if (song === undefined) return false;
  const own = get(song.path);
  return path === song.path || (inode !== undefined && own?.inode === inode && own.sizeBytes === sizeBytes);
}
