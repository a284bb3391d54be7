import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileOfList, placeLists } from '../downloads/list-places.ts';
import type { JobSettings } from '../downloads/settings.ts';
import { trashSong } from '../downloads/lyrics-file.ts';
import { pathsIn } from '../downloads/m3u8.ts';
import { errnoOf } from '../errors.ts';
import type { IndexedFile } from '../history/file-index.ts';
import type { Store } from '../history/store.ts';
import type { TrashParts } from '../history/trash-file.ts';
import { asFileError } from '../system/file-errors.ts';
import { isBelow } from '../system/files.ts';
import type { Track, TrackList } from '../tracks/track.ts';

/** What became of the file of a song that left its list. */
export type Removal = 'trashed' | 'not there' | 'yours' | 'changed' | 'in another playlist' | 'elsewhere';

export interface RemoveParts extends TrashParts {
  readonly store: Pick<Store, 'files' | 'lists'>;
  readonly settings: Pick<JobSettings, 'outputDir' | 'fileNameTemplate'>;
}

/**
 * Moves the files of songs that left a list to the trash: only what HARMONI made, what is unchanged since, what no other
 * playlist file of HARMONI's leads to, and what is in the list's place. Elsewhere it may be there for another reason. To be called when the playlist files are as the lists are now.
 */
export async function removeLeft(
  parts: RemoveParts,
  list: TrackList,
  left: readonly Track[],
): Promise<readonly Removal[]> {
  const { store, settings } = parts;
  const { name, folder, skipped, origin } = list;
  const job = [{ name, folder, skipped, ...(origin === undefined ? {} : { origin }) }];
  const [place] = await placeLists(job, settings, store.lists);
  const inLists = await pathsInPlaylists(store.lists.playlistFiles(settings.outputDir));
  const removals: Removal[] = [];
  for (const track of left) {
    const files = store.files.find(track).filter(({ path }) => isBelow(path, settings.outputDir));
    const file = place === undefined ? undefined : await fileOfList(files, place, track, settings);
    const removal = await standingOf(file ?? files[0], inLists);
    removals.push(removal === 'trashed' && file === undefined ? 'elsewhere' : removal);
    if (removal === 'trashed' && file !== undefined) await trashSong(parts, file.path);
  }
  return removals;
}

async function standingOf(file: IndexedFile | undefined, inLists: ReadonlySet<string>): Promise<Removal> {
  if (file === undefined) return 'not there';
  const now = await stat(file.path).catch(() => undefined);
  if (now === undefined) return 'not there';
  if (!file.downloaded) return 'yours';
  const isUnchanged = now.size === file.sizeBytes && Math.round(now.mtimeMs) === Math.round(file.modifiedMs);
  if (!isUnchanged || file.isChanged === true) return 'changed';
  return inLists.has(file.path) ? 'in another playlist' : 'trashed';
}

/**
 * Every file that a playlist file of HARMONI's leads to, absolute. One that can't be read may name any of them.
 * @throws HarmoniError, when one is there and can't be read
 */
async function pathsInPlaylists(playlistFiles: readonly string[]): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const file of playlistFiles) {
    const content = await readFile(file, 'utf8').catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return '';
      throw asFileError(error, file);
    });
    for (const path of pathsIn(content)) paths.add(resolve(dirname(file), path));
  }
  return paths;
}
