import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { mustLookAt } from '../system/file-facts.ts';
import { exists, linkOrCopy, listNames, readPlainFile } from '../system/files.ts';
import type { FileIndex, IndexedFile } from '../history/file-index.ts';
import { countsFor } from '../history/indexed-file.ts';
import { mediaInJson } from '../tracks/media.ts';
import { unlessBlocked } from './blocked-place.ts';
import { linkLyrics } from './lyrics-file.ts';
import { fileOfList, songPath, type ListPlace } from './list-places.ts';
import { presenceOf } from './presence.ts';
import { replaceFiles, type ReplaceParts } from './replace.ts';
import type { JobParts } from './job-parts.ts';
import type { Ending } from './stage.ts';
import type { Work } from './work.ts';

/** What it takes to see whether a song is there, and to put it right. */
export type PresenceParts = ReplaceParts & Pick<JobParts, 'places' | 'tellBroken'>;

/**
 * Looks for the track in the library, whatever its format, folder or name. When it is there but not where the template
 * has this list's songs, it is put there too, as the settings say. Files that are not what is wanted do not count (see
 * `presence.ts`): where a right one is there it takes their place, else they are noted in `work.replaces` for the one that
 * comes.
 */
export async function findPresent(parts: PresenceParts, work: Work): Promise<Ending | undefined> {
  const { store } = parts;
  const there: IndexedFile[] = [];
  for (const file of store.files.find(work.track)) {
    // Another library may lie on a disk that does not answer.
    if (!countsFor(file, parts.settings.outputDir)) continue;
    if ((await isFile(file.path)) || (await isAway(store.files, file))) there.push(file);
    else store.files.remove(file.path);
  }
  const found = presenceOf(there, store.overrides.find(work.track), parts.settings);
  const files = found.filter(({ standing }) => standing === 'right').map(({ file }) => file);
  const wrong = found.filter(({ standing }) => standing === 'gives way').map(({ file }) => file);
  for (const { file, standing } of found) {
    if (file.fault !== undefined) parts.tellBroken(file, standing);
  }
  work.replaces = wrong;
  const [right] = files;
  if (right !== undefined && wrong.length > 0) {
    await replaceFiles(parts, work, right, wrong);
    return findPresent(parts, work);
  }
  return right === undefined ? undefined : putIntoList(parts, work, files);
}

/** The outcome of a track whose files are there; one is put where the list has its songs, where none lies. */
async function putIntoList(
  parts: PresenceParts,
  work: Work,
  files: readonly IndexedFile[],
): Promise<Ending | undefined> {
  const place = parts.places[work.list];
  if (place === undefined) return undefined;
  const inList = await fileOfList(files, place, work.track, parts.settings);
  const here = inList ?? files[0];
  if (here === undefined) return undefined;
  const outcome = {
    status: 'present',
    ...(here.media === undefined ? {} : mediaInJson(here.media)),
    ...(here.format === undefined ? {} : { format: here.format }),
    ...(here.bitrateKbps === undefined ? {} : { bitrateKbps: here.bitrateKbps }),
  } as const;
  const stays = parts.settings.sameTrackInSecondList === 'skip';
  if (stays || inList !== undefined) return { ...outcome, path: here.path };
  return unlessBlocked(parts.settings.outputDir, async () => ({
    ...outcome,
    path: await putInto(parts, work, place, here),
  }));
}

/** Links or copies a file to the place that it has in a list. Returns its path there. */
async function putInto(
  parts: PresenceParts,
  work: Work,
  place: ListPlace,
  here: IndexedFile,
): Promise<string> {
  const how = parts.settings.sameTrackInSecondList === 'copy' ? 'copy' : 'link';
  const extension = extname(here.path).slice(1);
  for (let attempt = 1; ; attempt += 1) {
    parts.signal.throwIfAborted();
    const path = songPath(parts.settings, place, work.track, extension, attempt);
    if (await isSameFile(here.path, path)) return path;
    if (!(await exists(path))) await linkLyrics(parts, here.path, path, how);
    const isPut = await parts.changes.make(
      { kind: 'link', path, after: await mustLookAt(here.path) },
      () => linkOrCopy(here.path, path, how, parts.workFolder),
      (now) => {
        const { files } = parts.store;
        const own = files.adopted.get(here.path);
        // Another place of what is the user's own is it, too.
        if (own !== undefined) files.adopt({ ...own, path, root: undefined, stays: false });
        files.put({ ...here, path, ...now }, work.keys, files.factsOf(here.path));
      },
    );
    // Another HARMONI, which says so in the index itself, may have put it there meanwhile.
    if (isPut || (await isSameContent(here.path, path))) return path;
  }
}

/** Whether two paths lead to one file, by a link of either kind. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((path) => stat(path).catch(() => undefined)));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** Whether the files are the same, byte by byte. */
async function isSameContent(a: string, b: string): Promise<boolean> {
  const sizes = await Promise.all(
    [a, b].map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => undefined,
      ),
    ),
  );
  if (sizes[0] === undefined || sizes[0] !== sizes[1]) return false;
  const [one, other] = await Promise.all([a, b].map(readPlainFile));
  return one !== undefined && other !== undefined && one.equals(other);
}

/** Whether the disk of a file isn't connected that was adopted where it lies: that says nothing about its files. */
export async function isAway(
  files: Pick<FileIndex, 'adopted'>,
  { path, adoptedInto }: IndexedFile,
): Promise<boolean> {
  const root = adoptedInto === undefined ? undefined : files.adopted.get(path)?.root;
  return root !== undefined && (await listNames(root)).length === 0;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
