import type { Config } from '../config/schema.ts';
import { renameInPlaylists } from '../downloads/rename-in-playlists.ts';
import { trashCover } from '../downloads/album-cover.ts';
import { sidecarsOf } from '../downloads/sidecars.ts';
import type { Changes } from '../history/changes.ts';
import { settleLost } from '../history/settle.ts';
import type { Store } from '../history/store.ts';
import { trashFile } from '../history/trash-file.ts';
import { findSameContent } from '../library/duplicates/by-content.ts';
import { compareSounds } from '../library/duplicates/by-sound.ts';
import {
  copiesOf,
  groupCopies,
  identityPairs,
  withLinks,
  type Copy,
  type DuplicateGroup,
} from '../library/duplicates/group.ts';
import { linksAmong, playlistsBelow } from '../library/links.ts';
import { readListMembers } from '../library/list-members.ts';
import { parseQuery } from '../library/query.ts';
import { songsOf } from '../library/songs.ts';
import type { Clock } from '../system/clock.ts';
import { factsAt, isUnchanged } from '../system/file-facts.ts';
import { isNameKey } from '../tracks/identity.ts';
import { changeLibrary, type LibraryRunEnd } from './library-run.ts';

export interface DuplicateParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Pick<Config, 'output_dir' | 'trash_days'>;
}

export interface FoundDuplicates {
  readonly groups: readonly DuplicateGroup[];
  /** Files that were looked at, and those of them that were compared by sound. */
  readonly copies: number;
  readonly heard: number;
  /** Those that can be listened to, and weren't yet. */
  readonly unheard: number;
}

/**
 * Finds copies of one recording among the songs of the library, by what they say and by how they sound. Scan first.
 * @param words of a query: groups with one of its songs
 * @throws HarmoniError usage; the signal's reason
 */
export async function findDuplicates(
  { store, config }: Pick<DuplicateParts, 'store' | 'config'>,
  words: readonly string[],
  signal: AbortSignal,
): Promise<FoundDuplicates> {
  const query = parseQuery(words, config.output_dir);
  await settleLost(store);
  const library = config.output_dir;
  const copies = copiesOf(songsOf(store, library, await readListMembers(store, library)));
  const bySound = compareSounds(copies, store, signal);
  const same = await findSameContent(copies, store, signal);
  const pairs = [...identityPairs(copies), ...same, ...bySound.pairs];
  const groups = groupCopies(copies, pairs, (one, other) => bySound.soundsOther(one, other)).filter(
    ({ keep, others }) => [keep, ...others.map(({ copy }) => copy)].some(({ song }) => query.matches(song)),
  );
  const links = await linksAmong(
    groups
      .flatMap(({ keep, others }) => [keep, ...others.map(({ copy }) => copy)])
      .flatMap(({ paths }) => paths),
  );
  return {
    groups: groups.map((group) => withLinks(group, links)),
    copies: copies.length,
    heard: bySound.heard,
    unheard: copies.filter(
      ({ song: { file } }) => file.fault === undefined && store.sounds.ofFile(file) === undefined,
    ).length,
  };
}

/** A copy to remove, and the one that stays. */
export interface Removal {
  readonly keep: Copy;
  readonly copy: Copy;
}

export interface RemovalEnd extends LibraryRunEnd {
  /** Paths that are in the trash now. */
  readonly removed: readonly string[];
  /** Left alone, because a file has changed since it was looked at. */
  readonly left: readonly string[];
}

/**
 * Moves copies to the trash, as a run that can be undone. Playlist files lead to the ones that stay before anything goes, so
 * a kill in between leaves none that leads nowhere.
 * @throws HarmoniError sync-running, library-busy
 */
export async function removeDuplicates(
  parts: DuplicateParts,
  removals: readonly Removal[],
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<RemovalEnd> {
  const { store, clock, config } = parts;
  const library = config.output_dir;
  const removed: string[] = [];
  const left: string[] = [];
  const run = { kind: 'duplicates', title: titleOf(removals), library } as const;
  const end = await changeLibrary(parts, run, async (changes) => {
    const sure: Removal[] = [];
    for (const removal of removals) {
      if ((await isAsSeen(removal.keep)) && (await isAsSeen(removal.copy))) sure.push(removal);
      else left.push(...removal.copy.paths);
    }
    const renamed = new Map(
      sure.flatMap(({ keep, copy }) => copy.paths.map((path) => [path, keep.song.file.path] as const)),
    );
    signal.throwIfAborted();
    if (renamed.size > 0) {
      const settings = { outputDir: library };
      const playlistFiles = await playlistsBelow(library);
      await renameInPlaylists({ store, clock, changes, settings, playlistFiles }, renamed);
    }
    for (const removal of sure) {
      signal.throwIfAborted();
      removed.push(...(await removeCopy({ store, clock, changes }, removal)));
      onProgress(removed.length);
    }
  });
  return { ...end, removed, left };
}

const titleOf = (removals: readonly Removal[]): string =>
  removals.length === 1 ? '1 song' : `${removals.length} songs`;

/** Nobody has changed, moved or replaced it since. */
async function isAsSeen({ song: { file }, paths }: Copy): Promise<boolean> {
  for (const path of paths) {
    const now = await factsAt(path);
    if (now === undefined || !isUnchanged(now, { ...file, modifiedMs: Math.round(file.modifiedMs) }))
      return false;
  }
  return true;
}

/** All names of a copy, with the lyrics beside them. The one that stays is found as this one was: a sync fetches neither again. */
async function removeCopy(
  parts: Pick<DuplicateParts, 'store' | 'clock'> & { readonly changes: Changes },
  { keep, copy }: Removal,
): Promise<readonly string[]> {
  const { files } = parts.store;
  const kept = files.get(keep.song.file.path);
  if (kept !== undefined) {
    const own = files.keysOf(kept.path);
    const others = copy.paths.flatMap((path) => files.keysOf(path)).filter((key) => !isNameKey(key));
    files.put(kept, [...new Set([...own, ...others])], files.factsOf(kept.path));
  }
  const removed: string[] = [];
  for (const path of copy.paths) {
    const sidecars = await sidecarsOf(path);
    await trashCover(parts, path);
    if ((await trashFile(parts, path)) !== undefined) removed.push(path);
    for (const sidecar of sidecars) await trashFile(parts, sidecar);
  }
  return removed;
}
