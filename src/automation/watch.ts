import type { Schedule } from '../config/schedule.ts';
import type { SyncTrigger } from '../history/syncs.ts';
import type { Clock } from '../system/clock.ts';
import type { WatchedFiles } from './watched-files.ts';

/** How often the clock and the files are looked at. Also the longest that a clock that was set goes unnoticed. */
const lookEveryMs = 2_000;
/** Scheduled runs begin up to so much later, so that not everybody asks at the same minute ... */
const mostJitterMs = 10 * 60_000;
/** ... and never by more than this part of the time between two runs. */
const jitterPart = 0.1;
/** Where another HARMONI is syncing, it's tried again after so long. */
const tryAgainMs = 60_000;
/** A sync of changed files that failed is tried again after so long: no schedule may come to make up for it. */
const retryFilesMs = 3_600_000;

export type SyncedHow = 'done' | 'failed' | 'busy';

export interface WatchPorts {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  /** undefined where there's none. It may change meanwhile. */
  readonly schedule: () => Schedule | undefined;
  readonly files: WatchedFiles;
  /**
   * Syncs these followed lists, or all. Never throws: what fails is told, and the next run tries again. 'busy' where
   * another HARMONI is syncing.
   */
  readonly sync: (trigger: SyncTrigger, ids: readonly number[] | undefined) => Promise<SyncedHow>;
  /** Called with each look. @param nextMs when the next scheduled run begins, since the epoch */
  readonly onLook: (nextMs: number | undefined) => Promise<void>;
  /** A look failed: the store is busy, say. The next one may do better. */
  readonly onFault: (thrown: unknown) => void;
}

/** What is to be done, and since when it has been. Times are monotonic. */
interface Todo {
  whole: { readonly trigger: SyncTrigger; readonly atMs: number } | undefined;
  readonly files: Set<number>;
  filesNotBeforeMs: number;
  notBeforeMs: number;
  /** Until here the schedule has been looked at; since the epoch. */
  seenMs: number;
}

/**
 * Syncs by the schedule, and when files change, until it's aborted. However many runs were missed, and whatever becomes of
 * the clock, one run makes up for them: a run is due when its time lies between two looks at the clock.
 * @param sinceMs runs that were due after this were missed and are made up for
 */
export async function keepWatch(ports: WatchPorts, sinceMs: number, signal: AbortSignal): Promise<void> {
  const todo: Todo = {
    whole: undefined,
    files: new Set(),
    filesNotBeforeMs: 0,
    notBeforeMs: 0,
    seenMs: sinceMs,
  };
  let isFirst = true;
  while (!signal.aborted) {
    try {
      await look(ports, todo, isFirst);
      if (!isAborted(signal)) await doIt(ports, todo);
    } catch (thrown) {
      ports.onFault(thrown);
    }
    isFirst = false;
    await ports.clock.sleep(lookEveryMs, signal).catch(() => undefined);
  }
}

async function look(ports: WatchPorts, todo: Todo, isFirst: boolean): Promise<void> {
  const nowMs = ports.clock.now();
  const atMs = ports.clock.monotonicMs();
  const schedule = ports.schedule();
  const dueMs = schedule?.next(Math.min(todo.seenMs, nowMs)) ?? Number.POSITIVE_INFINITY;
  todo.seenMs = nowMs;
  if (dueMs <= nowMs) {
    todo.whole ??= isFirst
      ? { trigger: 'catch-up', atMs }
      : { trigger: 'schedule', atMs: atMs + jitterOf(ports, dueMs) };
  }
  for (const id of await ports.files.look()) {
    todo.files.add(id);
    todo.filesNotBeforeMs = 0;
  }
  await ports.onLook(todo.whole === undefined ? schedule?.next(nowMs) : nowMs + todo.whole.atMs - atMs);
}

async function doIt({ clock, sync, files }: WatchPorts, todo: Todo): Promise<void> {
  const atMs = clock.monotonicMs();
  const isWhole = todo.whole !== undefined && todo.whole.atMs <= atMs;
  const areFilesDue = todo.files.size > 0 && todo.filesNotBeforeMs <= atMs;
  if (atMs < todo.notBeforeMs || (!isWhole && !areFilesDue)) return;
  const end = isWhole
    ? await sync(todo.whole?.trigger ?? 'schedule', undefined)
    : await sync('file', [...todo.files]);
  if (end === 'busy') {
    todo.notBeforeMs = clock.monotonicMs() + tryAgainMs;
    return;
  }
  if (end === 'failed') todo.filesNotBeforeMs = clock.monotonicMs() + retryFilesMs;
  else todo.files.clear();
  if (!isWhole) return;
  todo.whole = undefined;
  if (end === 'done') files.forgetSeen();
  // What was due while it ran has been done.
  todo.seenMs = clock.now();
}

/** It may be aborted during any wait. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

function jitterOf({ random, schedule }: WatchPorts, dueMs: number): number {
  const pauseMs = (schedule()?.next(dueMs) ?? dueMs) - dueMs;
  return random() * Math.min(mostJitterMs, pauseMs * jitterPart);
}
