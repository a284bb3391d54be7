import type { Removal } from '../automation/remove-left.ts';
import type { HarmoniError } from '../errors.ts';
import type { SyncSummary, SyncTrigger } from '../history/syncs.ts';
import type { JobReport } from '../tracks/outcome.ts';
import type { SyncedList } from './sync.ts';

/** What is known of a sync at its end; of one that failed early, less. */
export interface SyncFacts {
  readonly trigger: SyncTrigger;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly lists: readonly SyncedList[];
  readonly report: Pick<JobReport, 'summary'>;
  readonly removals: Iterable<readonly Removal[]>;
  readonly error: HarmoniError | undefined;
}

/** The end of a sync in figures. Pure. */
export function summaryOfSync(facts: SyncFacts): SyncSummary {
  const { trigger, startedMs, endedMs, lists, report, removals, error } = facts;
  const { done, failed, none, unsure } = report.summary;
  const plans = lists.flatMap((one) => (one.kind === 'planned' ? [one.plan] : []));
  const isWaiting = (row: string): boolean => row === 'review';
  const waiting = plans.reduce((sum, { rows }) => sum + rows.filter(isWaiting).length, 0);
  return {
    trigger,
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(endedMs).toISOString(),
    lists: lists.length,
    downloaded: done,
    failed: failed + none,
    review: unsure + waiting,
    removed: plans.reduce((sum, { held, left }) => sum + (held === undefined ? left.length : 0), 0),
    trashed: [...removals].flat().filter((removal) => removal === 'trashed').length,
    held: plans.flatMap(({ held, followed }) => (held === undefined ? [] : [followed.name])),
    failedLists: lists.flatMap((one) => {
      if (one.kind !== 'failed') return [];
      const { code, message, fix } = one.error;
      return [{ name: one.followed.name, code, message, fix }];
    }),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message, fix: error.fix } }),
  };
}

/** Whether a sync has news that somebody who isn't there may want to know. Pure. */
export function hasNews(summary: SyncSummary): boolean {
  const { downloaded, failed, removed, held, failedLists, error } = summary;
  return downloaded + failed + removed + held.length + failedLists.length > 0 || error !== undefined;
}
