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
  readonly sync: (trigger: SyncTrigger, ids: readonly number[] | undefined) => Promise<'done' | 'busy'>;
  /** Called with each look. @param nextMs when the next scheduled run begins, since the epoch */
  readonly onLook: (nextMs: number | undefined) => Promise<void>;
}

/**
 * Syncs by the schedule, and when files change, until it's aborted. However many runs were missed, and whatever becomes of
 * the clock, one run makes up for them: a run is due when its time lies between two looks at the clock.
 * @param sinceMs runs that were due after this were missed and are made up for
 */
export async function keepWatch(ports: WatchPorts, sinceMs: number, signal: AbortSignal): Promise<void> {
  const { clock } = ports;
  const files = new Set<number>();
  let whole: { readonly trigger: SyncTrigger; readonly atMs: number } | undefined;
  let notBeforeMs = 0;
  let seenMs = sinceMs;
  let first = true;
  while (!signal.aborted) {
    const nowMs = clock.now();
    const atMs = clock.monotonicMs();
    const dueMs = ports.schedule()?.next(Math.min(seenMs, nowMs)) ?? Number.POSITIVE_INFINITY;
    if (dueMs <= nowMs) {
      whole ??= first
        ? { trigger: 'catch-up', atMs }
        : { trigger: 'schedule', atMs: atMs + jitterOf(ports, dueMs) };
    }
    seenMs = nowMs;
    first = false;
    for (const id of await ports.files.look()) files.add(id);
    await ports.onLook(whole === undefined ? ports.schedule()?.next(nowMs) : nowMs + whole.atMs - atMs);
    if (atMs >= notBeforeMs && !isAborted(signal)) {
      if (whole !== undefined && whole.atMs <= atMs) {
        const end = await ports.sync(whole.trigger, undefined);
        if (end === 'busy') notBeforeMs = clock.monotonicMs() + tryAgainMs;
        else {
          whole = undefined;
          files.clear();
          ports.files.forgetSeen();
          // What was due while it ran has been done.
          seenMs = clock.now();
        }
      } else if (files.size > 0) {
        const end = await ports.sync('file', [...files]);
        if (end === 'busy') notBeforeMs = clock.monotonicMs() + tryAgainMs;
        else files.clear();
      }
    }
    await clock.sleep(lookEveryMs, signal).catch(() => undefined);
  }
}

/** It may be aborted during any wait. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

function jitterOf({ random, schedule }: WatchPorts, dueMs: number): number {
  const pauseMs = (schedule()?.next(dueMs) ?? dueMs) - dueMs;
  return random() * Math.min(mostJitterMs, pauseMs * jitterPart);
}
