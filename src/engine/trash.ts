import { rm } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import type { Config } from '../config/schema.ts';
import { rewritePlaylists } from '../downloads/rewrite-playlists.ts';
import { isCoverName, lrcOf } from '../downloads/sidecars.ts';
import { HarmoniError } from '../errors.ts';
import type { Changes } from '../history/changes.ts';
import type { Run } from '../history/runs.ts';
import { requireLibrary, settleLost } from '../history/settle.ts';
import type { Step } from '../history/steps.ts';
import type { Store } from '../history/store.ts';
import type { Clock } from '../system/clock.ts';
import { isSameFile, lookAt, mustLookAt } from '../system/file-facts.ts';
import { isBelow, publishFile } from '../system/files.ts';
import type { Log } from '../system/log.ts';
import { listTrash, removeEmptyFolders, type Trashed } from '../system/trash-folder.ts';
import { asTrashError, trashOf, wayInTrash } from '../system/trash.ts';
import { trackKeys } from '../tracks/identity.ts';
import { changeLibrary, type LibraryRunEnd } from './library-run.ts';

export interface TrashParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<Config, 'output_dir' | 'trash_days' | 'file_name_template'>;
}

/** A file in the trash, with what the history knows of it. */
export interface TrashItem extends Trashed {
  /** The step and the run that put it there; undefined for what is older than the history. */
  readonly step: Step | undefined;
  readonly run: Run | undefined;
  /** Whether the history put it there, under this path of the library or another. What it didn't is never deleted. */
  readonly isOurs: boolean;
  /** Where it goes when it's restored; absolute. */
  readonly to: string;
}

export interface RestoredItem {
  readonly item: TrashItem;
  /** Why it's still in the trash. */
  readonly obstacle?: 'taken' | 'gone';
}

export interface RestoreEnd extends LibraryRunEnd {
  readonly items: readonly RestoredItem[];
  /** Playlist files that have their songs again; absolute. */
  readonly playlists: readonly string[];
}

/** What is in the trash of the library, the newest day first. */
export async function readTrash({
  store,
  config,
}: Pick<TrashParts, 'store' | 'config'>): Promise<readonly TrashItem[]> {
  await settleLost(store);
  const library = config.output_dir;
  const ours = store.journal.keptWays();
  return (await listTrash(trashOf(library))).map((file) => {
    const step = store.journal.stepOfKept(file.path);
    const run = step === undefined ? undefined : store.journal.run(step.runId);
    // A library that moved.
    const isHere = step !== undefined && isBelow(step.path, library);
    const isOurs = ours.has(wayInTrash(file.path));
    return { ...file, step, run, isOurs, to: isHere ? step.path : join(library, file.name) };
  });
}

/**
 * Which files somebody means: by the name that they have in the list, by "artist - title", or by a part of the name. Of
 * several with one name the newest. Pure.
 * @throws HarmoniError usage, when there is none, or more than one song
 */
export function findInTrash(items: readonly TrashItem[], name: string): TrashItem {
  const wanted = name.toLowerCase();
  // Lyrics come back with their song.
  const withSong = new Set(items.flatMap((item) => lyricsOf(items, item)?.path ?? []));
  const tries: readonly ((item: TrashItem) => boolean)[] = [
    ({ path, name: known, day }) => [path, known, join(day, known)].includes(name),
    ({ to }) => parse(to).name.toLowerCase() === wanted || parse(to).base.toLowerCase() === wanted,
    ({ name: known }) => known.toLowerCase().includes(wanted),
  ];
  for (const isMeant of tries) {
    const all = items.filter(isMeant);
    const songs = all.filter(({ path }) => !withSong.has(path));
    const found = songs.length > 0 ? songs : all;
    const [first] = found;
    if (first === undefined) continue;
    if (found.every(({ to }) => to === first.to)) return first;
    const names = found.slice(0, 5).map(({ name: one }) => `"${one}"`);
    throw new HarmoniError('usage', `"${name}" could be any of ${names.join(', ')}.`, {
      fix: 'Give the whole name, as harmoni trash list shows it.',
    });
  }
  throw new HarmoniError('usage', `"${name}" isn't in the trash.`, {
    fix: "Run harmoni trash list to see what's there.",
  });
}

/**
 * Brings files back to their places, never over another file, as a run of its own. The playlist files of their lists get
 * them back, where the lists still have them.
 * @throws HarmoniError library-missing, sync-running, library-busy
 */
export async function restoreFromTrash(
  parts: TrashParts,
  items: readonly TrashItem[],
  signal: AbortSignal,
): Promise<RestoreEnd> {
  const library = parts.config.output_dir;
  await requireLibrary(library);
  const done: RestoredItem[] = [];
  let playlists: readonly string[] = [];
  const run = { kind: 'restore', title: titleOf(items), library } as const;
  const end = await changeLibrary(parts, run, async (changes) => {
    const all = await readTrash(parts);
    for (const item of items) {
      signal.throwIfAborted();
      if (done.some((one) => one.item.path === item.path)) continue;
      const restored = await restoreItem(parts, changes, item);
      done.push(restored);
      const others = restored.obstacle === undefined ? companionsOf(all, item) : [];
      for (const other of others) done.push(await restoreItem(parts, changes, other));
    }
    playlists = await followUp(parts, changes, done);
  });
  return { ...end, items: done, playlists };
}

/** What went to the trash with a song: its lyrics, and the cover of its folder. Pure. */
function companionsOf(all: readonly TrashItem[], item: TrashItem): readonly TrashItem[] {
  const isCover = ({ to, step }: TrashItem): boolean =>
    isCoverName(basename(to)) && dirname(to) === dirname(item.to) && step?.runId === item.step?.runId;
  return [lyricsOf(all, item) ?? [], item.step === undefined ? [] : all.filter(isCover)].flat();
}

/** The lyrics that went to the trash with a song; undefined where there are none. Pure. */
function lyricsOf(all: readonly TrashItem[], { step, to }: TrashItem): TrashItem | undefined {
  const path = lrcOf(to);
  if (step === undefined || path === to) return undefined;
  const went = all.filter((item) => item.to === path && item.step?.runId === step.runId);
  const idOf = (item: TrashItem): number => item.step?.id ?? 0;
  // Of several in one run those that went just before the song.
  const before = went.filter((item) => idOf(item) < step.id).toSorted((x, y) => idOf(x) - idOf(y));
  return before.at(-1) ?? went[0];
}

const titleOf = (items: readonly TrashItem[]): string =>
  items.length === 1 ? parse(items[0]?.to ?? '').name : `${items.length} files`;

async function restoreItem(
  { store, config }: TrashParts,
  changes: Changes,
  item: TrashItem,
): Promise<RestoredItem> {
  const { path: kept, to, step } = item;
  if (typeof (await lookAt(kept)) === 'string') return { item, obstacle: 'gone' };
  const after = await mustLookAt(kept);
  const there = await lookAt(to);
  // It came back, and a kill left its name in the trash.
  if (typeof there !== 'string' && (await isSameFile(kept, to))) {
    await rm(kept).catch((error: unknown) => {
      throw asTrashError(error, kept);
    });
    return { item };
  }
  if (there !== 'nothing') return { item, obstacle: 'taken' };
  const isDone = await changes.make(
    { kind: 'restore', path: to, after, entry: step?.entry },
    () => publishFile(kept, to),
    () => {
      if (step?.kind === 'trash') store.journal.setUndone(step.runId, step.path);
    },
  );
  if (!isDone) return { item, obstacle: 'taken' };
  await removeEmptyFolders(dirname(kept), config.output_dir);
  return { item };
}

/** The lists that have one of the songs get it back into their playlist files. */
async function followUp(
  { store, clock, log, config }: TrashParts,
  changes: Changes,
  done: readonly RestoredItem[],
): Promise<readonly string[]> {
  const keys = new Set(
    done.flatMap(({ item, obstacle }) => (obstacle === undefined ? (item.step?.entry?.keys ?? []) : [])),
  );
  if (keys.size === 0) return [];
  const settings = { outputDir: config.output_dir, fileNameTemplate: config.file_name_template };
  return rewritePlaylists({ store, clock, log, changes, settings }, (_record, tracks) =>
    tracks.some((track) => trackKeys(track).some((key) => keys.has(key))),
  );
}
