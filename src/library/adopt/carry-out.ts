import { mkdir, realpath } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { songPath, type ListPlace } from '../../downloads/list-places.ts';
import type { JobSettings } from '../../downloads/settings.ts';
import type { Adopted } from '../../history/adopted.ts';
import type { Changes } from '../../history/changes.ts';
import type { IndexedFile } from '../../history/indexed-file.ts';
import type { Store } from '../../history/store.ts';
import { soundKeyOf } from '../../sound/sound-key.ts';
import { isSameFile, isUnchanged, mustLookAt } from '../../system/file-facts.ts';
import { isBelow, linkOrCopy } from '../../system/files.ts';
import { isSameContent } from '../../system/move-file.ts';
import { hiddenFolderName } from '../../system/trash.ts';
import type { Track } from '../../tracks/track.ts';
import { trackOf } from '../song-track.ts';
import type { OwnedMatch } from './match-owned.ts';
import { missingKeys } from './plan-adoption.ts';

/** What becomes of a file that is taken for a song. */
export const adoptWays = ['link', 'copy', 'leave'] as const;
export type AdoptWay = (typeof adoptWays)[number];

export interface PlaceParts {
  readonly store: Pick<Store, 'files'>;
  readonly changes: Changes;
  readonly settings: Pick<JobSettings, 'outputDir' | 'fileNameTemplate'>;
  readonly way: AdoptWay;
  /** The folder that is adopted from; absolute. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A song of a list, and the file that it's to have. */
export interface Placement {
  readonly track: Track;
  readonly match: OwnedMatch;
  readonly place: ListPlace | undefined;
}

/** Where the song is now; or that its file has changed or gone since it was looked at. */
export type Placed =
  | { readonly path: string; readonly by: 'leave' | 'link' | 'copy' | 'was there' }
  | { readonly path?: never; readonly by: 'changed' };

/**
 * Gives one song its file, as a step of the run: nothing is overwritten, and the user's file isn't touched.
 * @throws the signal's reason; HarmoniError output-not-writable, disk-full or file-gone; what the journal throws
 */
export async function placeOwned(parts: PlaceParts, placement: Placement): Promise<Placed> {
  const { file } = placement.match.owned.song;
  const now = await mustLookAt(file.path).catch(() => undefined);
  if (now === undefined || !isUnchanged(now, { ...file, modifiedMs: Math.round(file.modifiedMs) }))
    return { by: 'changed' };
  return parts.way === 'leave' ? leave(parts, placement) : put(parts, placement);
}

/** The file stays where it is, and counts as the song. */
async function leave(parts: PlaceParts, { track, match }: Placement): Promise<Placed> {
  const { store, changes } = parts;
  const { file } = match.owned.song;
  const before = store.files.adopted.get(file.path);
  const given = await givenKeys(match, missingKeys(track, match));
  const keys = [...new Set([...(before?.keys ?? []), ...given.keys])];
  const isKnown = before?.stays === true && before.library === parts.settings.outputDir;
  if (isKnown && keys.length === before.keys.length) return { path: file.path, by: 'was there' };
  const { path, sizeBytes } = file;
  const { outputDir: library } = parts.settings;
  const root = isBelow(path, library) ? undefined : parts.folder;
  const adopted = { ...before, ...given, path, library, root, keys, stays: true, sizeBytes };
  const entry = entryOf(parts, file, adopted);
  await changes.make({ kind: 'adopt', path, after: await mustLookAt(path), entry }, async () => true);
  return { path, by: 'leave' };
}

/** Links or copies it to where the template has this list's songs. */
async function put(parts: PlaceParts, { track, match, place }: Placement): Promise<Placed> {
  const { settings, changes, signal, way } = parts;
  const { song } = match.owned;
  const source = await realpath(song.file.path);
  const extension = extname(song.file.path).slice(1);
  // Under another name, a file without tags says nothing of itself.
  const isTagged = song.facts.title !== undefined && song.facts.artist !== undefined;
  const missing = missingKeys(track, match);
  const given = await givenKeys(match, isTagged ? missing : [...match.owned.keys, ...missing]);
  const workFolder = join(settings.outputDir, hiddenFolderName);
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const path = songPath(settings, place, { ...trackOf(song), ...track }, extension, attempt);
    const after = await mustLookAt(source);
    const adopted = { ...given, path, library: settings.outputDir, stays: false, sizeBytes: after.sizeBytes };
    const entry = entryOf(parts, song.file, adopted);
    if (await isThere(source, path)) {
      parts.store.files.adopt(adopted);
      parts.store.files.put({ ...entry.file, path, ...(await mustLookAt(path)) }, entry.keys, entry.facts);
      return { path, by: 'was there' };
    }
    await mkdir(workFolder, { recursive: true });
    const isPut = await changes.make({ kind: 'link', path, after, entry }, () =>
      linkOrCopy(source, path, way === 'copy' ? 'copy' : 'link', workFolder),
    );
    if (isPut) return { path, by: (await isSameFile(source, path)) ? 'link' : 'copy' };
  }
}

/** The same file, by its name or a link, or a copy of it that is whole. */
async function isThere(source: string, path: string): Promise<boolean> {
  if (await isSameFile(source, path)) return true;
  return isSameContent(source, path).catch(() => false);
}

/** Keys that the tags don't say hold for the sound alone, because tags may change. */
async function givenKeys(
  { owned }: OwnedMatch,
  keys: readonly string[],
): Promise<Pick<Adopted, 'keys' | 'soundKey'>> {
  if (keys.length === 0) return { keys };
  return { keys, soundKey: await soundKeyOf(owned.song.file.path).catch(() => undefined) };
}

function entryOf({ store }: PlaceParts, file: IndexedFile, adopted: Adopted) {
  const { files } = store;
  return {
    file: { ...file, downloaded: false },
    keys: files.keysOf(file.path),
    facts: files.factsOf(file.path),
    adopted,
  };
}
