import { Cron } from 'croner';
import { cronOfWords } from './schedule-words.ts';

/** When syncs run. Times are milliseconds since the epoch. */
export interface Schedule {
  /** Five fields. */
  readonly cron: string;
  /** The first run after a time. */
  next(afterMs: number): number;
}

/** No L, W, # or ?: the same expression may go into a crontab. */
const everyCronKnows = /^(?:[\d*,/ -]|[a-z]{3})+$/i;

/**
 * Reads a schedule. At a change of the clocks, what is planned for an hour that doesn't exist runs right after it, and
 * what is planned for an hour that comes twice runs once, unless it's every so many minutes or hours.
 * @param timeZone IANA; the machine's, unless a test says so
 * @returns 'off' where there's none, undefined where it isn't understood or never comes
 */
export function readSchedule(
  words: string,
  timeZone: string = Intl.DateTimeFormat().resolvedOptions().timeZone,
): Schedule | 'off' | undefined {
  const cron = cronOfWords(words);
  if (cron === '') return 'off';
  if (cron === undefined || !everyCronKnows.test(cron)) return undefined;
  try {
    const fixedTimeRule = 'no-wildcard';
    const job = new Cron(cron, { mode: '5-part', fixedTimeRule, timezone: timeZone, paused: true });
    const next = (afterMs: number): number | undefined => job.nextRun(new Date(afterMs))?.getTime();
    // February 30 never comes.
    if (next(Date.UTC(2000, 0)) === undefined) return undefined;
    return { cron, next: remembering((afterMs) => next(afterMs) ?? Number.POSITIVE_INFINITY) };
  } catch {
    return undefined;
  }
}

/** Until the next run has come, it's the same for every time before it. */
function remembering(next: (afterMs: number) => number): (afterMs: number) => number {
  let [fromMs, atMs] = [0, 0];
  return (afterMs) => {
    if (afterMs < fromMs || afterMs >= atMs) [fromMs, atMs] = [afterMs, next(afterMs)];
    return atMs;
  };
}

/** Whether a text is a schedule, or says that there's none. */
export function isSchedule(words: string): boolean {
  return readSchedule(words) !== undefined;
}
