import type { Config } from '../config/schema.ts';
import { isAsWritten, rewritePlaylists } from '../downloads/rewrite-playlists.ts';
import { createAhead } from '../history/ahead.ts';
import type { Changes } from '../history/changes.ts';
import type { Run } from '../history/runs.ts';
import { requireLibrary, settleLost } from '../history/settle.ts';
import type { IndexEntry } from '../history/steps.ts';
import type { Store } from '../history/store.ts';
import { lookForWayBack, takeBack } from '../history/take-back.ts';
import { entryOf } from '../history/trash-file.ts';
import { changesOf, type Change, type WayBack } from '../history/way-back.ts';
import { changeLibrary, type LibraryRunEnd } from './library-run.ts';
import { followUndone, withTheirSongs } from './undo-moves.ts';
import { HarmoniError } from '../errors.ts';
import { atOnce } from '../system/at-once.ts';
import type { Clock } from '../system/clock.ts';
import { exists } from '../system/files.ts';
import type { Log } from '../system/log.ts';
import { trackKeys } from '../tracks/identity.ts';
import { isSameMedia } from '../tracks/media.ts';

export interface UndoParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Pick<Config, 'trash_days' | 'file_name_template'>;
  readonly log: Log;
}

/** What becomes of one change of a run; `from` is where a moved file was before, `kept` where a file is in the trash. */
export type Undone = WayBack & Pick<Change, 'id' | 'path' | 'from' | 'isPlaylist' | 'kept'>;

export interface UndoPlan {
  readonly run: Run;
  /** The last one first. */
  readonly changes: readonly Undone[];
}

/** The undo is a run, and can be taken back itself. */
export interface UndoEnd extends LibraryRunEnd {
  readonly changes: readonly Undone[];
}

/** Files that are looked at at the same time. */
const filesAtOnce = 8;
/** How far back the last run is looked for that can be taken back. */
const mostRuns = 100;

/**
 * What taking back a run would do.
 * @throws HarmoniError usage, when there is no such run or it is still going on; library-missing
 */
export async function planUndo({ store }: Pick<UndoParts, 'store'>, id: number): Promise<UndoPlan> {
  await settleLost(store);
  const run = store.journal.run(id);
  if (run === undefined) {
    throw new HarmoniError('usage', `There's no run ${id}.`, { fix: 'Run harmoni history to see all runs.' });
  }
  if (run.isRunning) {
    throw new HarmoniError('usage', `Run ${id} hasn't finished yet.`, {
      fix: 'Wait until it has, then try again.',
    });
  }
  await requireLibrary(run.library);
  const changes = await lookAll(changesOf(store.journal.steps(id)));
  return { run, changes: await withRenewals(store, run, changes) };
}

async function lookAll(changes: readonly Change[]): Promise<readonly Undone[]> {
  const paths = new Set(changes.map(({ path }) => path));
  if (paths.size === changes.length && !changes.some(({ from }) => from !== undefined)) {
    return atOnce(changes, filesAtOnce, async (change) => asUndone(change, await lookForWayBack(change)));
  }
  const ahead = createAhead();
  const all: Undone[] = [];
  for (const change of changes) {
    const found = await lookForWayBack(change, ahead);
    if (found.way !== undefined) ahead.note(change, found.way);
    all.push(asUndone(change, found));
  }
  return withTheirSongs(all);
}

/** Which changes were made to one file with several names. */
function createOtherNames(changes: readonly Change[]): (change: Change) => readonly string[] {
  const keyOf = ({ after, sha256 = '' }: Change): string => `${sha256} ${after?.inode}`;
  const names = Map.groupBy(
    changes.filter(({ isRetag }) => isRetag === true),
    keyOf,
  );
  return (change) =>
    (names.get(keyOf(change)) ?? []).flatMap(({ path }) => (path === change.path ? [] : [path]));
}

const asUndone = (
  { id, path, from, isPlaylist, kept }: Change,
  found: WayBack & Pick<Change, 'kept'>,
): Undone => ({
  ...(found.obstacle === 'taken' ? { kept } : {}),
  ...found,
  id,
  path,
  from,
  isPlaylist,
});

/** A playlist file that only HARMONI has written or moved since then can follow the songs. */
async function withRenewals(
  { lists, journal }: Pick<Store, 'lists' | 'journal'>,
  { library }: Run,
  changes: readonly Undone[],
): Promise<readonly Undone[]> {
  if (!changes.some(({ way }) => way !== undefined)) return changes;
  const records = lists.withPlaylist(library);
  return Promise.all(
    changes.map(async (change): Promise<Undone> => {
      const { id, from, isPlaylist, obstacle } = change;
      if (!isPlaylist || (obstacle !== 'changed' && obstacle !== 'gone')) return change;
      const path = obstacle === 'gone' ? journal.movedTo(change.path, id) : change.path;
      const record = records.find(({ playlistFile }) => playlistFile === path);
      // What the user deleted isn't made again.
      const isOurs = record !== undefined && (await exists(path));
      return isOurs && (await isAsWritten(record)) ? { id, path, from, isPlaylist, way: 'renew' } : change;
    }),
  );
}

/** The plan for the last run of a library that can be taken back, and that is no undo; undefined when there is none. */
export async function planLastUndo(
  parts: Pick<UndoParts, 'store'>,
  library: string,
): Promise<UndoPlan | undefined> {
  await settleLost(parts.store);
  for (const run of parts.store.journal.runs(mostRuns)) {
    if (run.kind === 'undo' || run.library !== library || run.open === 0 || run.isRunning) continue;
    const plan = await planUndo(parts, run.id);
    if (plan.changes.some(({ way }) => way !== undefined)) return plan;
  }
  return undefined;
}

/**
 * Takes a run back, as far as it was planned and is still possible. It is a run of its own, and one that was killed is
 * gone on with by doing it again. An interrupted download that is taken back isn't resumed anymore.
 * @throws HarmoniError sync-running, library-busy
 */
export async function undo(
  parts: UndoParts,
  { run, changes: planned }: UndoPlan,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<UndoEnd> {
  const { store } = parts;
  const { library, title, id: undoes } = run;
  const wanted = new Set(
    planned.filter(({ way }) => way !== undefined && way !== 'renew').map((change) => change.id),
  );
  const renewed = planned.filter(({ way }) => way === 'renew');
  const done: Undone[] = [];
  const end = await changeLibrary(parts, { kind: 'undo', title, library, undoes }, async (changes) => {
    if (run.jobId !== undefined && store.jobs.adopt(run.jobId) !== undefined) store.jobs.end(run.jobId);
    const all = changesOf(store.journal.steps(run.id));
    const otherNames = createOtherNames(all);
    for (const change of all) {
      if (!wanted.has(change.id)) continue;
      signal.throwIfAborted();
      const entry = entryOf(store, change.path);
      const found = await takeBack({ ...parts, changes, otherNames }, change);
      if (run.kind === 'redo' && found.way !== undefined) forgetChoice(store, entry);
      done.push(asUndone(change, found));
      onProgress(done.length);
    }
    done.push(...(await renew({ ...parts, changes }, library, renewed)));
    const settings = { outputDir: library, fileNameTemplate: parts.config.file_name_template };
    await followUndone({ ...parts, changes, settings }, run.id, done);
  });
  const left = planned.filter(({ way }) => way === undefined);
  return { ...end, changes: [...done, ...left] };
}

async function renew(
  parts: UndoParts & { readonly changes: Changes },
  library: string,
  planned: readonly Undone[],
): Promise<readonly Undone[]> {
  if (planned.length === 0) return [];
  const paths = new Set(planned.map(({ path }) => path));
  const settings = { outputDir: library, fileNameTemplate: parts.config.file_name_template };
  const written = await rewritePlaylists({ ...parts, settings }, ({ playlistFile = '' }) =>
    paths.has(playlistFile),
  );
  const done = new Set(written);
  return planned.map(({ id, path, from }) => {
    const way: WayBack = done.has(path) ? { way: 'renew' } : { obstacle: 'changed' };
    return { ...way, id, path, from, isPlaylist: true };
  });
}

/** The user's choice led to this file: without it the next download would make it again. */
function forgetChoice({ overrides }: Pick<Store, 'overrides'>, entry: IndexEntry | undefined): void {
  const media = entry?.file.media;
  if (media === undefined) return;
  const keys = new Set(entry?.keys);
  for (const choice of overrides.all()) {
    const isOfFile = choice.media !== null && isSameMedia(choice.media, media);
    if (isOfFile && trackKeys(choice.track).some((key) => keys.has(key))) overrides.remove(choice.track);
  }
}
