import { dirname, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { linkLyrics } from '../../downloads/lyrics-file.ts';
import { sidecarAt, sidecarsOf, stemOf } from '../../downloads/sidecars.ts';
import type { Changes } from '../../history/changes.ts';
import { moveInLibrary } from '../../history/move-in-library.ts';
import type { Store } from '../../history/store.ts';
import { trashFile } from '../../history/trash-file.ts';
import type { Clock } from '../../system/clock.ts';
import type { Log } from '../../system/log.ts';
import { exists, linkOrCopy } from '../../system/files.ts';
import { factsAt, isOneEntry, mustLookAt } from '../../system/file-facts.ts';
import { isSameContent } from '../../system/move-file.ts';
import { removeEmptyFolders } from '../../system/trash-folder.ts';
import { hiddenFolderName } from '../../system/trash.ts';
import type { Move } from './order.ts';
import type { Left, OrganisePlan } from './plan.ts';
import { refusalOf } from './refusal.ts';

export interface CarryOutParts {
  readonly store: Pick<Store, 'files'>;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
  /** How a song gets into a second list. */
  readonly how: 'link' | 'copy';
}

/** What was done; paths are absolute. */
export interface CarriedOut {
  /** Old and new paths of the songs. */
  readonly renamed: Map<string, string>;
  readonly moved: string[];
  readonly merged: string[];
  readonly linked: string[];
  readonly left: Left[];
}

export const nothingDone = (): CarriedOut => ({
  renamed: new Map(),
  moved: [],
  merged: [],
  linked: [],
  left: [],
});

/**
 * Carries a plan out, step by step; what was done until it failed or was stopped is in `done`.
 * @throws the signal's reason; HarmoniError disk-full or file-gone; what the journal throws
 */
export async function carryOut(parts: CarryOutParts, plan: OrganisePlan, done: CarriedOut): Promise<void> {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    parts.onProgress(steps);
    parts.signal.throwIfAborted();
  };
  // Where each song is that is on its way; one that stopped on it is known by where it began.
  const began = new Map<string, string>();
  const sidecars = new Map(plan.sidecars.map((move) => [move.to, move]));
  const isSong = new Set(plan.songs.map(({ to }) => to));
  for (const { from, to } of plan.moves) {
    step();
    const obstacle = await tryMove(parts.changes, { from, to });
    if (obstacle === undefined) {
      const start = began.get(from) ?? from;
      began.set(to, start);
      done.renamed.set(start, to);
    } else if (obstacle !== 'there') {
      done.left.push({ path: from, ...obstacle });
      if (isSong.has(to)) await bringBack(parts.changes, to, sidecars, done);
    }
  }
  done.moved.push(...plan.songs.flatMap(({ from, to }) => (done.renamed.get(from) === to ? [to] : [])));
  for (const { from, to } of plan.links) {
    step();
    try {
      if (await linkInto(parts, plan.library, { from, to })) done.linked.push(to);
      else done.left.push({ path: to, reason: 'taken' });
    } catch (error) {
      done.left.push({ path: to, reason: 'unwritable', message: refusalOf(error) });
    }
  }
}

/** Moves a file. Returns why not; one that can't be written doesn't keep the others where they are. */
async function tryMove(
  changes: Changes,
  { from, to }: Move,
): Promise<Omit<Left, 'path'> | 'there' | undefined> {
  try {
    if (await moveInLibrary(changes, from, to)) return undefined;
  } catch (error) {
    return { reason: 'unwritable', message: refusalOf(error) };
  }
  if (await isOneEntry(from, to)) return 'there';
  return { reason: (await factsAt(from)) === undefined ? 'gone' : 'taken' };
}

/** What was moved in front of a song that can't follow is beside it again. */
async function bringBack(
  changes: Changes,
  song: string,
  sidecars: ReadonlyMap<string, Move>,
  done: CarriedOut,
): Promise<void> {
  for (const { from, to } of sidecars.values()) {
    if (stemOf(to) !== stemOf(song) || done.renamed.get(from) !== to) continue;
    if ((await tryMove(changes, { from: to, to: from })) === undefined) done.renamed.delete(from);
  }
}

/**
 * Which second links and copies may go: those whose song is in its place now, and the same. Playlists follow it before
 * they go, so that a kill in between leaves none without its song.
 */
export async function confirmMerges(plan: OrganisePlan, done: CarriedOut): Promise<OrganisePlan['merges']> {
  const sure: OrganisePlan['merges'][number][] = [];
  for (const { path, into } of plan.merges) {
    const isSame = await isSameContent(path, into).catch(() => false);
    if (isSame && !(await isOneEntry(path, into))) sure.push({ path, into });
    else done.left.push({ path, reason: 'gone' });
  }
  return sure;
}

/** Moves second links and copies to the trash, with the lyrics next to them that their song has, too. */
export async function trashMerged(
  parts: CarryOutParts,
  merges: OrganisePlan['merges'],
  done: CarriedOut,
): Promise<void> {
  for (const { path, into } of merges) {
    parts.signal.throwIfAborted();
    const sidecars = await sidecarsOf(path);
    if ((await trashFile(parts, path)) !== undefined) done.merged.push(path);
    await trashTwinSidecars(parts, { path, into }, sidecars);
    await removeEmptyFolders(dirname(path), parts.changes.run.library);
  }
}

async function trashTwinSidecars(
  parts: CarryOutParts,
  { into }: OrganisePlan['merges'][number],
  sidecars: readonly string[],
): Promise<void> {
  for (const own of sidecars) {
    const other = sidecarAt(into, own);
    if (own !== other && (await isSameContent(own, other).catch(() => false))) await trashFile(parts, own);
  }
}

/** With the lyrics that HARMONI wrote, as a download into the list would. */
async function linkInto(
  parts: CarryOutParts,
  library: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { store, changes, how } = parts;
  const file = store.files.get(from);
  if (file === undefined || (await factsAt(from)) === undefined) return false;
  const workFolder = join(library, hiddenFolderName);
  if (!(await exists(workFolder))) await mkdir(workFolder, { recursive: true });
  const keys = store.files.keysOf(from);
  if (!(await exists(to))) await linkLyrics({ ...parts, workFolder }, from, to, how);
  return changes.make(
    { kind: 'link', path: to, after: await mustLookAt(from) },
    () => linkOrCopy(from, to, how, workFolder),
    () => store.files.put({ ...file, path: to }, keys, store.files.factsOf(from)),
  );
}
