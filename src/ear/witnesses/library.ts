import type { IndexedFile } from '../../history/indexed-file.ts';
import type { Store } from '../../history/store.ts';
import { readIsrc } from '../../tracks/isrc.ts';
import type { Track } from '../../tracks/track.ts';
import { msPerValue } from '../align.ts';
import type { Reference, SongToHear } from '../ear.ts';
import type { ReferenceSource } from './reference-source.ts';

export interface LibraryParts {
  readonly store: {
    readonly files: Pick<Store['files'], 'findByKeys' | 'factsOf' | 'get'>;
    readonly sounds: Pick<Store['sounds'], 'ofFile'>;
  };
}

/** How much of a file is compared: its middle, without fades and what stands before and after the music. */
const comparedMs = 60_000;

/**
 * Files of the library that are proven to be the recording, by its ISRC or Spotify URI. One that was proven by the library
 * itself is no witness: small differences would add up from file to file.
 */
export function createLibraryWitness({ store }: LibraryParts): ReferenceSource {
  const { files, sounds } = store;
  const isProven = ({ path, fault }: IndexedFile): boolean => {
    const heard = files.factsOf(path)?.heard;
    return fault === undefined && heard?.verdict === 'proven' && heard.by !== 'library';
  };
  const referenceIn = (file: IndexedFile): Reference | undefined => {
    const { fingerprint, lengthMs, fault } = sounds.ofFile(file) ?? {};
    if (fingerprint === undefined || fault !== undefined) return undefined;
    const length = lengthMs === undefined ? {} : { lengthMs };
    return { by: 'library', fingerprint: middleOf(fingerprint), ...length };
  };
  const referencesFor = (track: Track, song?: SongToHear): readonly Reference[] =>
    files
      .findByKeys(keysOf(track))
      .filter((file) => isProven(file) && !isSameFile(file, song, files.get))
      .flatMap((file) => referenceIn(file) ?? []);
  return {
    by: 'library',
    has: (track) => Promise.resolve(referencesFor(track).length > 0),
    find(song) {
      const [reference] = referencesFor(song.track, song);
      return Promise.resolve(reference === undefined ? 'none' : { reference });
    },
  };
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

function middleOf(fingerprint: Uint32Array): Uint32Array {
  const count = Math.min(fingerprint.length, Math.round(comparedMs / msPerValue));
  const from = Math.floor((fingerprint.length - count) / 2);
  return fingerprint.subarray(from, from + count);
}
