import type { Removal } from '../automation/remove-left.ts';
import type { ListPlan } from '../automation/sync-plan.ts';
import { errorInJson, type HarmoniError } from '../errors.ts';
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
  const isAllRead = lists.every(({ kind }) => kind === 'planned');
  // Files that wait for a list that couldn't be read leave with a later sync, which plans them anew, as one does after an
  // early end. Told with each, they would be news every night.
  const hasLeft = ({ held, followed }: ListPlan): boolean =>
    held === undefined && error === undefined && (followed.whenRemoved === 'keep' || isAllRead);
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
    removed: plans.reduce((sum, plan) => sum + (hasLeft(plan) ? plan.left.length : 0), 0),
    trashed: [...removals].flat().filter((removal) => removal === 'trashed').length,
    held: plans.flatMap(({ held, followed }) => (held === undefined ? [] : [followed.name])),
    failedLists: lists.flatMap((one) => {
      if (one.kind !== 'failed') return [];
      return [{ name: one.followed.name, ...errorInJson(one.error) }];
    }),
    ...(error === undefined ? {} : { error: errorInJson(error) }),
  };
}

/** Whether somebody who isn't there may want to know of a sync. What failed the last time too is no news. Pure. */
export function hasNews(summary: SyncSummary, before: SyncSummary | undefined): boolean {
  if (summary.downloaded + summary.removed > 0) return true;
  const troubles = troublesOf(summary);
  return troubles.length > 0 && troubles.join() !== troublesOf(before).join();
}

function troublesOf(summary: SyncSummary | undefined): readonly string[] {
  if (summary === undefined) return [];
  const { failed, held, failedLists, error } = summary;
  return [
    ...(failed > 0 ? [`failed ${failed}`] : []),
    ...held.map((name) => `held ${name}`),
    ...failedLists.map(({ name, code }) => `${code} ${name}`),
    ...(error === undefined ? [] : [error.code]),
  ];
}
